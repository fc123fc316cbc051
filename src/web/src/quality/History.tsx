import { Link } from 'react-router'
import { RelativeTime } from '../ui/Values'

export interface Entry {
  position: number
  type: string
  at: string
  actor: string
  data: unknown
  stream?: string
}

/** What happened, in order: each line with its data a click away. */
export function History({ entries }: { entries: readonly Entry[] }) {
  if (entries.length === 0) return <p className="muted">Nothing has happened yet.</p>
  return (
    <ol className="history">
      {entries.map((entry) => (
        <li key={entry.position}>
          <details>
            <summary>
              <span className="history-type">{nameOf(entry.type)}</span>
              <span className="muted">
                <RelativeTime at={entry.at} /> by {entry.actor === 'system' ? 'the system' : entry.actor.slice(0, 4) + '…' + entry.actor.slice(-6)}
              </span>
              {reasonOf(entry.data) && <span className="history-reason">“{reasonOf(entry.data)}”</span>}
            </summary>
            {entry.stream && <StreamLink stream={entry.stream} />}
            <pre className="input-json" tabIndex={0} aria-label="Data">
              {JSON.stringify(entry.data, null, 2)}
            </pre>
          </details>
        </li>
      ))}
    </ol>
  )
}

/** `worker.reliability-overridden` as words. */
export const nameOf = (type: string) => type.replace(/[.-]/g, ' ').replace(/^./, (first) => first.toUpperCase())

const reasonOf = (data: unknown) => (typeof data === 'object' && data !== null && 'reason' in data && typeof data.reason === 'string' ? data.reason : null)

/** Leads to the page of what an event is of, where there is one. */
export function StreamLink({ stream }: { stream: string }) {
  const to = stream.startsWith('task_') && stream.length === 31 ? `/quality/tasks/${stream}` : stream.startsWith('wrk_') ? `/quality/workers/${stream}` : null
  return to ? <Link to={to}>{stream}</Link> : <code>{stream}</code>
}
