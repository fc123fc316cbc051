import { Link, useSearchParams } from 'react-router'
import { useApiQuery } from '../api/hooks'
import { Badge } from '../ui/Card'
import { Field, Input, Select } from '../ui/Field'
import { formatCount, formatSeconds, formatShare } from '../ui/format'
import { PageHeader } from '../ui/PageHeader'
import { Button } from '../ui/Button'
import { Empty, Loaded } from '../ui/States'
import { Table } from '../ui/Table'
import { RelativeTime } from '../ui/Values'
import { Interval } from './charts'
import { graphql } from './gql'
import type { WorkerOrder } from './gql/graphql'
import { JobPicker } from './JobPicker'
import { suspicionNames, SuspicionBadges } from './suspicions'
import { shortId } from './task'

const WorkersOperation = graphql(`
  query Workers($suspended: Boolean, $qualification: String, $order: WorkerOrder!, $after: String) {
    workers(suspended: $suspended, qualification: $qualification, order: $order, first: 50, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        registeredAt
        suspendedUntil
        reliabilityOverride
        qualifications
        totals {
          answerCount
          judged
          measured
          low
          high
          meanSeconds
        }
      }
    }
  }
`)

const InspectionOperation = graphql(`
  query InspectionOfJob($job: ID!) {
    inspection(job: $job) {
      at
      answerCount
      taskCount
      workers {
        worker
        answerCount
        accuracy
        low
        high
        meanSeconds
        suspicions {
          kind
          score
          evidence
        }
      }
    }
  }
`)

/** Workers: all of them, or those of a job with what its answers say of them. */
export default function Workers() {
  const [search, setSearch] = useSearchParams()
  const change = (name: string, value: string) => {
    const next = new URLSearchParams(search)
    if (value) next.set(name, value)
    else next.delete(name)
    next.delete('after')
    setSearch(next, { replace: true })
  }
  const job = search.get('job') ?? ''
  return (
    <>
      <PageHeader title="Workers" subtitle={job ? 'Held against all answers of the job; suspicions are evidence to look at, never a verdict.' : 'How far each can be trusted, over all jobs.'} />
      <div className="filters">
        <JobPicker value={job} onChange={(value) => change('job', value)} none="All jobs" />
        {!job && (
          <>
            <Field label="Standing">
              <Select value={search.get('standing') ?? ''} onChange={(e) => change('standing', e.target.value)}>
                <option value="">Any</option>
                <option value="suspended">Suspended now</option>
                <option value="good">Not suspended</option>
              </Select>
            </Field>
            <Field label="Order">
              <Select value={search.get('order') ?? ''} onChange={(e) => change('order', e.target.value)}>
                <option value="">As they registered</option>
                <option value="LEAST_RELIABLE">Least reliable first</option>
                <option value="MOST_RELIABLE">Most reliable first</option>
                <option value="MOST_ANSWERS">Most answers first</option>
              </Select>
            </Field>
            <Field label="Qualification">
              <Input value={search.get('qualification') ?? ''} placeholder="such as lang:de" onChange={(e) => change('qualification', e.target.value)} />
            </Field>
          </>
        )}
      </div>
      {job ? <OfJob job={job} /> : <All search={search} setAfter={(after) => setSearch((now) => new URLSearchParams([...[...now].filter(([name]) => name !== 'after'), ['after', after]]))} />}
    </>
  )
}

function All({ search, setAfter }: { search: URLSearchParams; setAfter: (after: string) => void }) {
  const standing = search.get('standing')
  const query = useApiQuery(WorkersOperation, {
    suspended: standing === 'suspended' ? true : standing === 'good' ? false : null,
    qualification: search.get('qualification') || null,
    order: (search.get('order') as WorkerOrder | null) ?? 'REGISTERED',
    after: search.get('after'),
  })
  return (
    <Loaded query={query}>
      {({ workers }) =>
        workers.nodes.length === 0 ? (
          <Empty title="No workers">
            <p className="muted">Nobody fits these filters.</p>
          </Empty>
        ) : (
          <div className="stack">
            <Table
              caption="Workers"
              rows={workers.nodes}
              keyOf={(w) => w.id}
              columns={[
                { head: 'Worker', cell: (w) => <Link to={`/quality/workers/${w.id}`}>{shortId(w.id)}</Link> },
                {
                  head: 'Reliability',
                  cell: (w) =>
                    w.totals ? <Interval value={w.totals.measured} low={w.totals.low} high={w.totals.high} override={w.reliabilityOverride} /> : <span className="muted">not measured</span>,
                },
                { head: 'Answers', numeric: true, cell: (w) => formatCount(w.totals?.answerCount ?? 0) },
                { head: 'Judged', numeric: true, minor: true, cell: (w) => formatCount(w.totals?.judged ?? 0) },
                { head: 'Mean time', numeric: true, minor: true, cell: (w) => (w.totals?.meanSeconds == null ? '–' : formatSeconds(w.totals.meanSeconds)) },
                { head: 'Qualifications', minor: true, cell: (w) => <span className="row">{w.qualifications.slice(0, 4).map((q) => <Badge key={q}>{q}</Badge>)}</span> },
                {
                  head: 'Standing',
                  cell: (w) => (w.suspendedUntil && new Date(w.suspendedUntil) > new Date() ? <Badge tone="bad">suspended</Badge> : <Badge tone="good">good</Badge>),
                },
                { head: 'Since', minor: true, cell: (w) => <RelativeTime at={w.registeredAt} /> },
              ]}
            />
            <div className="row between">
              <span className="muted">{formatCount(workers.totalCount ?? 0)} in all</span>
              {workers.pageInfo.hasNextPage && workers.pageInfo.endCursor && <Button onClick={() => setAfter(workers.pageInfo.endCursor!)}>Next 50</Button>}
            </div>
          </div>
        )
      }
    </Loaded>
  )
}

function OfJob({ job }: { job: string }) {
  const query = useApiQuery(InspectionOperation, { job }, { staleTime: 30_000 })
  return (
    <Loaded query={query}>
      {({ inspection }) =>
        inspection.workers.length === 0 ? (
          <Empty title="No answers yet">
            <p className="muted">Nobody has answered a task of this job.</p>
          </Empty>
        ) : (
          <div className="stack">
            <p className="muted">
              {formatCount(inspection.answerCount)} answers to {formatCount(inspection.taskCount)} tasks, looked at <RelativeTime at={inspection.at} />.
            </p>
            <Table
              caption="Workers of the job"
              rows={inspection.workers}
              keyOf={(w) => w.worker}
              columns={[
                { head: 'Worker', cell: (w) => <Link to={`/quality/workers/${w.worker}?job=${job}`}>{shortId(w.worker)}</Link> },
                { head: 'Accuracy', cell: (w) => (w.accuracy == null ? <span className="muted">not judged</span> : <Interval value={w.accuracy} low={w.low} high={w.high} />) },
                { head: 'Answers', numeric: true, cell: (w) => formatCount(w.answerCount) },
                { head: 'Mean time', numeric: true, minor: true, cell: (w) => formatSeconds(w.meanSeconds) },
                {
                  head: 'Evidence',
                  cell: (w) => (
                    <div className="stack tight">
                      <SuspicionBadges suspicions={w.suspicions} />
                      {w.suspicions[0] && (
                        <small className="muted">
                          {suspicionNames[w.suspicions[0].kind]} {formatShare(w.suspicions[0].score)}: {w.suspicions[0].evidence}
                        </small>
                      )}
                    </div>
                  ),
                },
              ]}
            />
          </div>
        )
      }
    </Loaded>
  )
}
