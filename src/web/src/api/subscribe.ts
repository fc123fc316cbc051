import { createClient } from 'graphql-sse'
import { useEffect, useRef, useState } from 'react'
import type { Operation } from './client'
import { ApiError, networkError } from './errors'

const stream = createClient({ url: '/graphql', headers: { 'X-Crowd-Request': '1' }, retryAttempts: Number.MAX_SAFE_INTEGER })

/** Follows a subscription over server-sent events while the component is shown; it reconnects by itself. */
export function useSubscription<R, V>(operation: Operation<R, V>, variables: V, onNext: (result: R) => void, enabled = true) {
  const [error, setError] = useState<ApiError | null>(null)
  const latest = useRef(onNext)
  latest.current = onNext
  const key = JSON.stringify(variables)
  useEffect(() => {
    if (!enabled) return
    return stream.subscribe<R>(
      { query: operation.toString(), variables: JSON.parse(key) as Record<string, unknown> },
      {
        next: (result) => {
          const refusal = result.errors?.[0]
          if (refusal) setError(new ApiError(String(refusal.extensions?.code ?? 'INTERNAL'), refusal.message))
          else if (result.data) {
            setError(null)
            latest.current(result.data)
          }
        },
        error: () => setError(networkError()),
        complete: () => undefined,
      },
    )
  }, [operation, key, enabled])
  return error
}
