import type { ReactNode } from 'react'
import { explain, isPassing } from '../api/errors'
import { Button } from './Button'
import { PageHeader } from './PageHeader'

/** While something is read. The shimmer begins after a moment, so that what is quick does not flicker. */
export function Loading({ lines = 3 }: { lines?: number }) {
  return (
    <div className="loading" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, i) => (
        <div key={i} className="skeleton" />
      ))}
    </div>
  )
}

/** What went wrong and what to do about it. */
export function ErrorBox({ error, retry }: { error: unknown; retry?: () => void }) {
  const { title, detail, code } = explain(error)
  return (
    <div className="notice bad" role="alert" data-code={code}>
      <strong>{title}.</strong> {detail}
      {retry && isPassing(error) && (
        <Button small onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  )
}

/** A list without items: why, and what to do. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      {children}
    </div>
  )
}

export function NotFound() {
  return (
    <>
      <PageHeader title="There is no such page" />
      <p className="muted">The address may be old, or the page may belong to a role that you do not have.</p>
    </>
  )
}

/** Shows what was read, or that it is being read, or why it could not be. */
export function Loaded<T>({ query, children, lines }: { query: { data: T | undefined; error: unknown; refetch: () => unknown }; children: (data: T) => ReactNode; lines?: number }) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.error) return <ErrorBox error={query.error} retry={() => void query.refetch()} />
  return <Loading lines={lines} />
}
