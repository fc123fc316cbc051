import type { ReactNode } from 'react'
import { Badge } from './Card'
import type { ProblemReport } from './ProblemList'
import { problemNames } from './problems'
import { Table } from './Table'
import { RelativeTime } from './Values'

/** What workers reported of several tasks, the newest first. */
export const ProblemTable = <Report extends ProblemReport>({ reports, task, worker }: { reports: readonly Report[]; task: (report: Report) => ReactNode; worker: (report: Report) => ReactNode }) => (
  <Table
    caption="Problems that workers reported"
    rows={[...reports].sort((a, b) => Date.parse(b.reportedAt) - Date.parse(a.reportedAt))}
    keyOf={(report) => report.assignment}
    columns={[
      {
        head: 'What is wrong',
        cell: (report) => (
          <div className="problem-kind">
            <Badge tone={report.problem === 'HARMFUL' || report.problem === 'PERSONAL_DATA' ? 'bad' : 'warning'}>{problemNames[report.problem]}</Badge>
            {report.message && <p className="problem-message">{report.message}</p>}
          </div>
        ),
      },
      { head: 'Task', cell: task },
      { head: 'Worker', minor: true, cell: worker },
      { head: 'When', minor: true, cell: (report) => <RelativeTime at={report.reportedAt} /> },
    ]}
  />
)
