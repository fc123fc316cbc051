import { useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { useApiQuery } from '../api/hooks'
import { Button } from '../ui/Button'
import { Badge, Card, Stat, Stats } from '../ui/Card'
import { formatCount, formatSeconds, formatShare } from '../ui/format'
import { PageHeader } from '../ui/PageHeader'
import { Empty, Loaded } from '../ui/States'
import { Table } from '../ui/Table'
import { Tabs } from '../ui/Tabs'
import { Activity, Interval } from './charts'
import { graphql } from './gql'
import { History } from './History'
import { OnJob } from './OnJob'
import { shortId } from './task'
import { ActionDialog, type Action } from './WorkerActions'

const WorkerDetailOperation = graphql(`
  query WorkerDetail($id: ID!) {
    worker(id: $id) {
      id
      registeredAt
      suspendedUntil
      suspensionReason
      reliabilityOverride
      qualifications
      totals {
        answerCount
        acceptedCount
        rejectedCount
        judged
        measured
        low
        high
        meanSeconds
        jobCount
      }
      reliability {
        job
        jobTitle
        measured
        low
        high
        overridden
        answerCount
        judged
        goldJudged
        goldRight
        meanSeconds
      }
      activity(days: 60) {
        day
        answerCount
        judged
        rightCount
        meanSeconds
      }
      history {
        position
        type
        at
        actor
        data
      }
    }
  }
`)

/** One worker: how far they can be trusted and why, and everything a quality manager may do about it. */
export default function WorkerPage() {
  const { id = '' } = useParams()
  const [search, setSearch] = useSearchParams()
  const [action, setAction] = useState<Action | null>(null)
  const query = useApiQuery(WorkerDetailOperation, { id })
  const tab = search.get('tab') ?? (search.get('job') ? 'job' : 'reliability')
  const go = (changes: Record<string, string>) => setSearch(new URLSearchParams({ ...Object.fromEntries(search), ...changes }), { replace: true })
  return (
    <Loaded query={query} lines={5}>
      {({ worker }) => {
        const isSuspended = worker.suspendedUntil != null && new Date(worker.suspendedUntil) > new Date()
        const totals = worker.totals
        return (
          <>
            <PageHeader title={`Worker ${shortId(worker.id)}`} subtitle={<code className="full-id">{worker.id}</code>} back={{ to: '/quality/workers', label: 'Workers' }}>
              <Button onClick={() => setAction({ kind: 'override' })}>Set reliability</Button>
              <Button onClick={() => setAction({ kind: 'grant' })}>Grant qualification</Button>
              {isSuspended ? (
                <>
                  <Button onClick={() => setAction({ kind: 'redo' })}>Redo work</Button>
                  <Button onClick={() => setAction({ kind: 'lift' })}>Lift suspension</Button>
                </>
              ) : (
                <Button kind="danger" onClick={() => setAction({ kind: 'suspend' })}>
                  Suspend
                </Button>
              )}
            </PageHeader>
            <div className="stack">
              {isSuspended && (
                <p className="notice bad">
                  <strong>Suspended until {new Date(worker.suspendedUntil!).toLocaleString()}.</strong> {worker.suspensionReason}
                </p>
              )}
              {worker.reliabilityOverride != null && (
                <div className="notice warning">
                  <strong>Reliability set to {formatShare(worker.reliabilityOverride, 1)} for all jobs.</strong> The measured one is kept beside it.
                  <Button small onClick={() => setAction({ kind: 'clear' })}>
                    Clear
                  </Button>
                </div>
              )}
              <Stats>
                <Stat label="Reliability" value={totals ? formatShare(totals.measured) : '–'} detail={totals ? `95 %: ${formatShare(totals.low)} to ${formatShare(totals.high)}` : 'not measured'} />
                <Stat label="Answers" value={formatCount(totals?.answerCount ?? 0)} detail={totals?.jobCount === 1 ? 'on 1 job' : `on ${formatCount(totals?.jobCount ?? 0)} jobs`} />
                <Stat label="Judged" value={formatCount(totals?.judged ?? 0)} detail={totals ? `${formatCount(totals.acceptedCount)} accepted, ${formatCount(totals.rejectedCount)} rejected` : undefined} />
                <Stat label="Mean time" value={totals?.meanSeconds == null ? '–' : formatSeconds(totals.meanSeconds)} detail="from offer to answer" />
              </Stats>
              <Card title="Qualifications">
                {worker.qualifications.length === 0 ? (
                  <p className="muted">None.</p>
                ) : (
                  <ul className="row bare">
                    {worker.qualifications.map((q) => (
                      <li key={q} className="row">
                        <Badge tone="accent">{q}</Badge>
                        <Button kind="quiet" small aria-label={`Revoke ${q}`} onClick={() => setAction({ kind: 'revoke', qualification: q })}>
                          ✕
                        </Button>
                      </li>
                    ))}
                  </ul>
                )}
              </Card>
              <Tabs
                label="About the worker"
                value={tab}
                onChange={(value) => go({ tab: value })}
                tabs={[
                  {
                    id: 'reliability',
                    label: 'Reliability by job',
                    content:
                      worker.reliability.length === 0 ? (
                        <Empty title="No answers yet" />
                      ) : (
                        <Table
                          caption="Reliability by job"
                          rows={worker.reliability}
                          keyOf={(r) => r.job}
                          columns={[
                            {
                              head: 'Job',
                              cell: (r) => (
                                <button type="button" className="link" onClick={() => go({ job: r.job, tab: 'job' })}>
                                  {r.jobTitle}
                                </button>
                              ),
                            },
                            { head: 'Reliability', cell: (r) => <Interval value={r.measured} low={r.low} high={r.high} override={r.overridden} /> },
                            { head: 'Answers', numeric: true, cell: (r) => formatCount(r.answerCount) },
                            { head: 'Gold', numeric: true, minor: true, cell: (r) => (r.goldJudged === 0 ? '–' : `${r.goldRight} of ${r.goldJudged}`) },
                            { head: 'Mean time', numeric: true, minor: true, cell: (r) => (r.meanSeconds == null ? '–' : formatSeconds(r.meanSeconds)) },
                            {
                              head: <span className="sr-only">Actions</span>,
                              cell: (r) =>
                                r.overridden != null && worker.reliabilityOverride == null ? (
                                  <Button small onClick={() => setAction({ kind: 'clear', job: r.job, jobTitle: r.jobTitle })}>
                                    Clear
                                  </Button>
                                ) : (
                                  <Button small onClick={() => setAction({ kind: 'override', job: r.job, jobTitle: r.jobTitle })}>
                                    Set
                                  </Button>
                                ),
                            },
                          ]}
                        />
                      ),
                  },
                  { id: 'job', label: 'On a job', content: <OnJob worker={worker.id} jobs={worker.reliability} job={search.get('job') ?? worker.reliability[0]?.job ?? ''} onJob={(job) => go({ job, tab: 'job' })} /> },
                  {
                    id: 'activity',
                    label: 'Speed and accuracy',
                    content: worker.activity.length === 0 ? <Empty title="No answers in the last 60 days" /> : <Activity days={worker.activity} />,
                  },
                  { id: 'history', label: 'History', content: <History entries={[...worker.history].reverse()} /> },
                ]}
              />
            </div>
            <ActionDialog worker={worker.id} action={action} onClose={() => setAction(null)} />
          </>
        )
      }}
    </Loaded>
  )
}
