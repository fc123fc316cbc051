import { QueryCache, QueryClient, useMutation, useQuery, useQueryClient, type UseMutationOptions, type UseQueryOptions } from '@tanstack/react-query'
import { send, type Operation } from './client'
import { ApiError, isPassing } from './errors'

/** One for the whole client. Passing failures are tried again; refusals are not. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    // The session has ended meanwhile: the shell asks anew who is there, and leads to the sign-in.
    onError: (error, query) => {
      if (error instanceof ApiError && error.code === 'UNAUTHENTICATED' && query.queryKey[0] !== 'Me') void queryClient.invalidateQueries({ queryKey: ['Me'] })
    },
  }),
  defaultOptions: {
    queries: { staleTime: 5_000, retry: (failures, error) => failures < 3 && isPassing(error), networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
})

type Options<Result> = Omit<UseQueryOptions<Result, ApiError>, 'queryKey' | 'queryFn'>

/** The key of an operation's result: its name, then its variables. `invalidate('Jobs')` matches all variables. */
export const keyOf = <R, V>(operation: Operation<R, V>, variables?: V) => {
  const name = /(?:query|mutation|subscription)\s+(\w+)/.exec(operation.toString())?.[1] ?? operation.toString()
  return variables === undefined ? [name] : [name, variables]
}

/** Reads something and keeps it. */
export function useApiQuery<R, V>(operation: Operation<R, V>, variables?: V, options?: Options<R>) {
  return useQuery<R, ApiError>({ queryKey: keyOf(operation, variables ?? ({} as V)), queryFn: ({ signal }) => send(operation, variables, signal), ...options })
}

/** Changes something; `refresh` names the queries (by operation name) to read again afterwards. */
export function useApiMutation<R, V>(operation: Operation<R, V>, options: Omit<UseMutationOptions<R, ApiError, V>, 'mutationFn'> & { refresh?: string[] } = {}) {
  const client = useQueryClient()
  const { refresh = [], onSuccess, ...rest } = options
  return useMutation<R, ApiError, V>({
    ...rest,
    mutationFn: (variables) => send(operation, variables),
    onSuccess: async (...args) => {
      await Promise.all(refresh.map((name) => client.invalidateQueries({ queryKey: [name] })))
      await onSuccess?.(...args)
    },
  })
}
