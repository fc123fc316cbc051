import { queryClient, useApiQuery } from '../api/hooks'
import { graphql } from './gql'
import type { MeQuery } from './gql/graphql'

export const MeOperation = graphql(`
  query Me {
    me {
      id
      name
      email
      worker
      roles
      organisations {
        id
        name
        role
      }
    }
  }
`)

export const SignOutOperation = graphql(`
  mutation SignOut {
    signOut
  }
`)

export type Me = NonNullable<MeQuery['me']>

/** The signed-in person; null when nobody is, undefined while that is not known. */
export function useMe() {
  const query = useApiQuery(MeOperation, undefined, { staleTime: 60_000 })
  return { me: query.data?.me, error: query.error, retry: query.refetch }
}

export const isQualityManager = (me: Me) => me.roles.length > 0
export const isAdministrator = (me: Me) => me.roles.includes('ADMINISTRATOR')

/** After somebody signed in or out, or changed what they may do: nothing read before holds. */
export async function sessionChanged() {
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'Me' && !query.isActive() })
  await queryClient.resetQueries({ queryKey: ['Me'] })
}
