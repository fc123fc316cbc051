import { Link } from 'react-router'
import { useApiQuery } from '../api/hooks'
import { problemNames } from '../ui/problems'
import { ProblemTable } from '../ui/ProblemTable'
import { Empty, Loaded } from '../ui/States'
import { graphql } from './gql'
import { useJob } from './JobPage'
import { shortWorker } from './Progress'

const ProblemsOperation = graphql(`
  query JobProblems($id: ID!) {
    job(id: $id) {
      problemReports {
        task
        assignment
        worker
        problem
        message
        reportedAt
      }
    }
  }
`)

/** What workers reported of the job's tasks: how often each thing, then each report. */
export default function Problems() {
  const { job } = useJob()
  const query = useApiQuery(ProblemsOperation, { id: job.id })
  return (
    <Loaded query={query}>
      {({ job: { problemReports: reports } }) => {
        const counts = (Object.keys(problemNames) as (keyof typeof problemNames)[]).map((problem) => ({ problem, count: reports.filter((report) => report.problem === problem).length })).filter(({ count }) => count > 0)
        return reports.length === 0 ? (
          <Empty title="No problems reported">
            <p className="muted">Workers can say that a task is broken or that no answer fits. What they say appears here.</p>
          </Empty>
        ) : (
          <div className="stack">
            <ul className="counts" aria-label="Problems by kind">
              {counts.map(({ problem, count }) => (
                <li key={problem}>
                  <strong>{count} ×</strong> {problemNames[problem]}
                </li>
              ))}
            </ul>
            <ProblemTable
              reports={reports}
              task={(report) => <Link to={`/requester/jobs/${job.id}/tasks/${report.task}`}>Look at it</Link>}
              worker={(report) => <code>{shortWorker(report.worker)}</code>}
            />
          </div>
        )
      }}
    </Loaded>
  )
}
