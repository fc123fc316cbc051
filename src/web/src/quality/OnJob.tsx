import { Link } from 'react-router'
import { useApiQuery } from '../api/hooks'
import { Badge, Card } from '../ui/Card'
import { Field, Select } from '../ui/Field'
import { formatShare } from '../ui/format'
import { Empty, Loaded } from '../ui/States'
import { Table } from '../ui/Table'
import { Confusion, Interval } from './charts'
import { graphql } from './gql'
import { suspicionNames } from './suspicions'
import { shortId } from './task'

const InspectedOperation = graphql(`
  query Inspected($worker: ID!, $job: ID!) {
    inspectedWorker(worker: $worker, job: $job) {
      answerCount
      accuracy
      low
      high
      suspicions {
        kind
        score
        evidence
        other
      }
      confusion {
        labels
        counts
      }
      agreements {
        worker
        taskCount
        agreement
        kappa
      }
    }
  }
`)

/** A worker held against all answers of one job. */
export function OnJob({ worker, jobs, job, onJob }: { worker: string; jobs: readonly { job: string; jobTitle: string }[]; job: string; onJob: (job: string) => void }) {
  const query = useApiQuery(InspectedOperation, { worker, job }, { enabled: job !== '', staleTime: 30_000 })
  if (job === '') return <Empty title="No answers yet" />
  return (
    <div className="stack">
      <div className="filters">
        <Field label="Job">
          <Select value={job} onChange={(e) => onJob(e.target.value)}>
            {jobs.map((j) => (
              <option key={j.job} value={j.job}>
                {j.jobTitle}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Loaded query={query}>
        {({ inspectedWorker: found }) =>
          found === null || found === undefined ? (
            <Empty title="No answers on this job" />
          ) : (
            <div className="stack">
              {found.accuracy != null && (
                <p className="row">
                  Estimated accuracy <Interval value={found.accuracy} low={found.low} high={found.high} />
                  <span className="muted">from all {found.answerCount} answers together with those of the others</span>
                </p>
              )}
              <Card title="Evidence of spam and collusion">
                {found.suspicions.length === 0 ? (
                  <p className="muted">Nothing beyond chance was found.</p>
                ) : (
                  <ul className="evidence">
                    {found.suspicions.map((s, i) => (
                      <li key={i}>
                        <Badge tone={s.score >= 0.9 ? 'bad' : 'warning'}>
                          {suspicionNames[s.kind]} {formatShare(s.score)}
                        </Badge>
                        <span>
                          {s.evidence} {s.other && <Link to={`/quality/workers/${s.other}?job=${job}`}>See the other</Link>}
                        </span>
                      </li>
                    ))}
                  </ul>
                )}
              </Card>
              {found.confusion && (
                <Card title="What they confuse">
                  <Confusion labels={found.confusion.labels} counts={found.confusion.counts} />
                </Card>
              )}
              <Card title="Agreement with others">
                {found.agreements.length === 0 ? (
                  <p className="muted">Nobody else answered the same tasks.</p>
                ) : (
                  <Table
                    caption="Agreement with other workers"
                    rows={found.agreements}
                    keyOf={(a) => a.worker}
                    columns={[
                      { head: 'Worker', cell: (a) => <Link to={`/quality/workers/${a.worker}?job=${job}`}>{shortId(a.worker)}</Link> },
                      { head: 'Tasks in common', numeric: true, cell: (a) => a.taskCount },
                      { head: 'Agreement', numeric: true, cell: (a) => formatShare(a.agreement) },
                      { head: 'Kappa', numeric: true, minor: true, cell: (a) => (a.kappa == null ? '–' : a.kappa.toFixed(2)) },
                    ]}
                  />
                )}
              </Card>
            </div>
          )
        }
      </Loaded>
    </div>
  )
}
