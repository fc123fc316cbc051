import { useState } from 'react'
import { Link } from 'react-router'
import { useApiQuery } from '../api/hooks'
import { Field, Select } from '../ui/Field'
import { PageHeader } from '../ui/PageHeader'
import { problemNames } from '../ui/problems'
import { ProblemTable } from '../ui/ProblemTable'
import { Empty, Loaded } from '../ui/States'
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
          const rows = problemReports.filter((report) => !problem || report.problem === problem)
          return rows.length === 0 ? (
            <Empty title={problem ? 'None of that kind' : 'No problems reported'}>
              <p className="muted">Workers can say that a task is broken, harmful or has no right answer. What they say appears here.</p>
            </Empty>
          ) : (
            <ProblemTable
              reports={rows}
              task={(report) => <Link to={`/quality/tasks/${report.task}`}>{shortId(report.task)}</Link>}
              worker={(report) => <Link to={`/quality/workers/${report.worker}`}>{shortId(report.worker)}</Link>}
            />
          )
        }}
      </Loaded>
    </>
  )
}
