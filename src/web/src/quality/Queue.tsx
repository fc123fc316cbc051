import { useEffect, useRef, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useQueryClient } from '@tanstack/react-query'
import { keyOf, useApiQuery } from '../api/hooks'
import { send } from '../api/client'
import { summarise } from '../labels/AnswerView'
import { kindNames, type Answer, type Kind, type Schema } from '../labels/types'
import { Badge, Card } from '../ui/Card'
import { Field, Select } from '../ui/Field'
import { formatCount, formatShare } from '../ui/format'
import { ProblemList } from '../ui/ProblemList'
import { PageHeader } from '../ui/PageHeader'
import { Empty, Loaded } from '../ui/States'
import { toast } from '../ui/toast'
import { RelativeTime } from '../ui/Values'
import { graphql } from './gql'
import type { ReviewCause, ReviewQueueQuery } from './gql/graphql'
import { JobPicker } from './JobPicker'
import { SettleForm } from './SettleForm'
import { JobOfTaskOperation, ReviewedTaskOperation, shortId } from './task'
import { Answers, Instructions, Posterior, TaskInput, Votes } from './TaskView'

const ReviewQueueOperation = graphql(`
  query ReviewQueue($job: ID, $cause: ReviewCause, $kind: LabelKind, $raisedBefore: DateTime, $confidenceBelow: Float) {
    reviewQueue(job: $job, cause: $cause, kind: $kind, raisedBefore: $raisedBefore, confidenceBelow: $confidenceBelow, first: 50) {
      totalCount
      nodes {
        taskId
        cause
        kind
        jobTitle
        confidence
        raisedAt
      }
    }
  }
`)

type Waiting = ReviewQueueQuery['reviewQueue']['nodes'][number]

const causes: Record<ReviewCause, string> = { ESCALATED: 'Escalated', LOW_CONFIDENCE: 'Low confidence', JOB_CLOSED: 'Open when its job closed' }

const ages: [string, string, number][] = [
  ['', 'Any', 0],
  ['hour', 'More than an hour', 3_600_000],
  ['day', 'More than a day', 86_400_000],
  ['week', 'More than a week', 604_800_000],
]

/** What the crowd could not settle: one task at a time, the next at once. */
export default function Queue() {
  const [search, setSearch] = useSearchParams()
  const [opened] = useState(() => Date.now())
  const filter = (name: string) => search.get(name) ?? ''
  const change = (name: string, value: string) => {
    const next = new URLSearchParams(search)
    if (value) next.set(name, value)
    else next.delete(name)
    setSearch(next, { replace: true })
  }
  const age = ages.find(([id]) => id === filter('age'))?.[2] ?? 0
  const query = useApiQuery(ReviewQueueOperation, {
    job: filter('job') || null,
    cause: (filter('cause') || null) as ReviewCause | null,
    kind: (filter('kind') || null) as Kind | null,
    raisedBefore: age > 0 ? new Date(opened - age).toISOString() : null,
    confidenceBelow: filter('below') ? Number(filter('below')) : null,
  })
  const isFiltered = ['job', 'cause', 'kind', 'age', 'below'].some((name) => filter(name))
  return (
    <>
      <PageHeader title="Queue" subtitle="Escalated tasks and labels of low confidence, the longest waiting first." />
      <div className="filters">
        <JobPicker value={filter('job')} onChange={(job) => change('job', job)} none="All jobs" />
        <Field label="Why it waits">
          <Select value={filter('cause')} onChange={(e) => change('cause', e.target.value)}>
            <option value="">Any cause</option>
            {Object.entries(causes).map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Kind of label">
          <Select value={filter('kind')} onChange={(e) => change('kind', e.target.value)}>
            <option value="">Any kind</option>
            {Object.entries(kindNames).map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Waiting">
          <Select value={filter('age')} onChange={(e) => change('age', e.target.value)}>
            {ages.map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Confidence">
          <Select value={filter('below')} onChange={(e) => change('below', e.target.value)}>
            <option value="">Any</option>
            {['0.9', '0.8', '0.7', '0.6'].map((value) => (
              <option key={value} value={value}>
                Below {formatShare(Number(value))}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <Loaded query={query}>
        {({ reviewQueue }) =>
          reviewQueue.nodes.length === 0 ? (
            <Empty title={isFiltered ? 'Nothing matches' : 'Nothing waits'}>
              <p className="muted">{isFiltered ? 'No task that waits fits these filters.' : 'Every task was settled by the crowd or by you. New disagreements appear here.'}</p>
            </Empty>
          ) : (
            <Settling key={search.toString()} waiting={reviewQueue.nodes} total={reviewQueue.totalCount ?? reviewQueue.nodes.length} onEmpty={() => void query.refetch()} />
          )
        }
      </Loaded>
    </>
  )
}

/** The first of the waiting tasks that was neither settled nor skipped here; the one after it is read ahead. */
function Settling({ waiting, total, onEmpty }: { waiting: Waiting[]; total: number; onEmpty: () => void }) {
  const client = useQueryClient()
  const [done, setDone] = useState<readonly { id: string; label: string }[]>([])
  const [skipped, setSkipped] = useState<readonly string[]>([])
  const open = waiting.filter((w) => !done.some((d) => d.id === w.taskId))
  const left = [...open.filter((w) => !skipped.includes(w.taskId)), ...open.filter((w) => skipped.includes(w.taskId))]
  const current = left[0]
  const next = left[1]?.taskId
  useEffect(() => {
    if (next) void client.prefetchQuery({ queryKey: keyOf(ReviewedTaskOperation, { id: next }), queryFn: ({ signal }) => send(ReviewedTaskOperation, { id: next }, signal) })
  }, [client, next])
  const isEmpty = current === undefined
  const latest = useRef(onEmpty)
  latest.current = onEmpty
  useEffect(() => {
    if (isEmpty) latest.current()
  }, [isEmpty])
  const settledOfThese = done.filter((d) => waiting.some((w) => w.taskId === d.id)).length
  return (
    <div className="stack">
      <div className="row between" role="status">
        <span>
          <strong>{formatCount(Math.max(0, total - settledOfThese))}</strong> waiting{done.length > 0 && <>, {formatCount(done.length)} settled now</>}
        </span>
        {done.length > 0 && (
          <span className="muted">
            Last: <Link to={`/quality/tasks/${done[done.length - 1]!.id}`}>{done[done.length - 1]!.label}</Link>
          </span>
        )}
      </div>
      {current && (
        <Current
          key={current.taskId}
          waiting={current}
          onSettled={(label) => setDone([...done, { id: current.taskId, label }])}
          onSkip={left.length > 1 ? () => setSkipped([...skipped.filter((id) => id !== current.taskId), current.taskId]) : undefined}
        />
      )}
    </div>
  )
}

function Current({ waiting, onSettled, onSkip }: { waiting: Waiting; onSettled: (label: string) => void; onSkip?: () => void }) {
  const task = useApiQuery(ReviewedTaskOperation, { id: waiting.taskId })
  const job = useApiQuery(JobOfTaskOperation, { id: task.data?.task.job ?? '' }, { enabled: task.data !== undefined, staleTime: 60_000 })
  return (
    <Loaded query={task}>
      {({ task: shown }) => (
        <Loaded query={job}>
          {({ job: of }) => {
            const schema = of.schema as Schema
            return (
              <article className={schema.kind === 'BOXES' ? 'review wide' : 'review'} aria-label={`Task ${shown.externalId}`}>
                <div className="review-main">
                  <Card
                    title={of.title}
                    end={
                      <span className="row">
                        <Badge tone={waiting.cause === 'ESCALATED' ? 'warning' : 'neutral'}>{causes[waiting.cause]}</Badge>
                        <span className="muted">
                          <RelativeTime at={waiting.raisedAt} />
                        </span>
                      </span>
                    }
                  >
                    <Instructions job={of} />
                    <TaskInput task={shown} schema={schema} />
                  </Card>
                  <Card title="Answers">
                    <Answers task={shown} schema={schema} />
                  </Card>
                  {shown.problemReports.length > 0 && (
                    <Card title="Problems that workers reported">
                      <ProblemList reports={shown.problemReports} nameOf={shortId} />
                    </Card>
                  )}
                </div>
                <div className="review-side">
                  <Card title="Settle as">
                    <SettleForm
                      key={`${shown.id}:${shown.version}`}
                      task={shown}
                      schema={schema}
                      onOutdated={() => void task.refetch()}
                      onSettled={(label: Answer) => {
                        toast(`Settled as ${summarise(schema, label)}.`)
                        onSettled(summarise(schema, label))
                      }}
                      onSkip={onSkip}
                    />
                  </Card>
                  <Card title="What the votes say">
                    <Posterior task={shown} schema={schema} />
                    <Votes task={shown} schema={schema} />
                    <p>
                      <Link to={`/quality/tasks/${shown.id}`}>All about this task</Link>
                    </p>
                  </Card>
                </div>
              </article>
            )
          }}
        </Loaded>
      )}
    </Loaded>
  )
}
