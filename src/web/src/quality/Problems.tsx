import { useState } from 'react'
import { Link } from 'react-router'
import { useApiQuery } from '../api/hooks'
import { Badge } from '../ui/Card'
import { Field, Select } from '../ui/Field'
import { PageHeader } from '../ui/PageHeader'
import { problemNames } from '../ui/problems'
import { Empty, Loaded } from '../ui/States'
import { Table } from '../ui/Table'
import { RelativeTime } from '../ui/Values'
import { graphql } from './gql'
import type { Problem } from './gql/graphql'
import { shortId } from './task'

const ProblemReportsOperation = graphql(`
  query ProblemReports {
    problemReports {
      task
      assignment
      worker
      problem
      message
      reportedAt
    }
  }
`)

/** What workers reported of tasks of any job, the newest first. */
export default function Problems() {
  const [problem, setProblem] = useState<Problem | ''>('')
  const query = useApiQuery(ProblemReportsOperation, {})
  return (
    <>
      <PageHeader title="Problems" subtitle="What workers reported of tasks: the latest 500." />
      <div className="filters">
        <Field label="Problem">
          <Select value={problem} onChange={(e) => setProblem(e.target.value as Problem | '')}>
            <option value="">Any</option>
            {Object.entries(problemNames).map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Loaded query={query}>
        {({ problemReports }) => {
          const rows = problemReports.filter((report) => !problem || report.problem === problem).sort((a, b) => Date.parse(b.reportedAt) - Date.parse(a.reportedAt))
          return rows.length === 0 ? (
            <Empty title={problem ? 'None of that kind' : 'No problems reported'}>
              <p className="muted">Workers can say that a task is broken, harmful or has no right answer. What they say appears here.</p>
            </Empty>
          ) : (
            <Table
              caption="Problems that workers reported"
              rows={rows}
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
                { head: 'Task', cell: (report) => <Link to={`/quality/tasks/${report.task}`}>{shortId(report.task)}</Link> },
                { head: 'Worker', minor: true, cell: (report) => <Link to={`/quality/workers/${report.worker}`}>{shortId(report.worker)}</Link> },
                { head: 'When', minor: true, cell: (report) => <RelativeTime at={report.reportedAt} /> },
              ]}
            />
          )
        }}
      </Loaded>
    </>
  )
}
