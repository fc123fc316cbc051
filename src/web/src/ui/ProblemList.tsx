import { problemNames } from './problems'
import { RelativeTime } from './Values'

export interface ProblemReport {
  assignment: string
  worker: string
  problem: keyof typeof problemNames
  message?: string | null
  reportedAt: string
}

/** What workers reported of one task. */
export const ProblemList = ({ reports, nameOf }: { reports: readonly ProblemReport[]; nameOf: (worker: string) => string }) => (
  <ul className="problems">
    {reports.map((report) => (
      <li key={report.assignment}>
        <strong>{problemNames[report.problem]}</strong>{' '}
        <small className="muted">
          <RelativeTime at={report.reportedAt} />, by {nameOf(report.worker)}
        </small>
        {report.message && <blockquote className="said">{report.message}</blockquote>}
      </li>
    ))}
  </ul>
)
