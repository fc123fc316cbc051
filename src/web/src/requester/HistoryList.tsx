import { RelativeTime } from '../ui/Values'

interface Entry {
  position: number
  type: string
  at: string
  actor: string
  data: unknown
}

const names: Record<string, string> = {
  'job.created': 'The job was made',
  'job.changed': 'The specification was changed',
  'job.imported': 'Tasks were added',
  'job.funded': 'Money was set aside',
  'job.opened': 'The job was opened',
  'job.paused': 'The job was paused',
  'job.closing': 'The job is being closed',
  'job.closed': 'The job was closed',
  'job.hold-returned': 'Money came back',
  'job.worker-excluded': 'A worker was excluded',
  'job.worker-readmitted': 'A worker was let in again',
  'task.offered': 'Given to a worker',
  'task.submitted': 'Answered',
  'task.returned': 'Given back',
  'task.reported': 'A worker reported a problem',
  'task.made-gold': 'Made a hidden test',
  'task.gold-retired': 'No longer a hidden test',
  'task.invalidated': 'Answers no longer count',
  'task.expired': 'The time ran out',
  'task.more-wanted': 'One more answer is wanted',
  'task.decided': 'Decided',
  'task.escalated': 'Escalated',
  'task.settled': 'Answers were settled',
  'task.appealed': 'A worker appealed',
  'task.appeal-resolved': 'An appeal was answered',
  'task.revised': 'The label was revised',
  'task.closed': 'Ended without a label',
}

/** What happened, in order, with all that is known of each event. */
export const HistoryList = ({ entries }: { entries: readonly Entry[] }) => (
  <ol className="happened">
    {entries.map((entry) => (
      <li key={entry.position}>
        <details>
          <summary>
            <span>{names[entry.type] ?? entry.type}</span>
            <small className="muted">
              <RelativeTime at={entry.at} />, by {entry.actor === 'system' ? 'the system' : `…${entry.actor.slice(-6)}`}
            </small>
          </summary>
          <pre className="sample" tabIndex={0}>{JSON.stringify(entry.data, null, 2)}</pre>
        </details>
      </li>
    ))}
  </ol>
)
