import { Link, useSearchParams } from 'react-router'
import { useApiMutation, useApiQuery } from '../api/hooks'
import { summarise } from '../labels/AnswerView'
import type { Answer, Schema } from '../labels/types'
import { Button } from '../ui/Button'
import { Badge, Meter } from '../ui/Card'
import { confirm } from '../ui/Confirm'
import { formatCount, formatShare } from '../ui/format'
import { PageHeader } from '../ui/PageHeader'
import { Empty, Loaded } from '../ui/States'
import { Table } from '../ui/Table'
import { Tabs } from '../ui/Tabs'
import { toast, toastError } from '../ui/toast'
import { RelativeTime } from '../ui/Values'
import { graphql } from './gql'
import type { GoldWarning } from './gql/graphql'
import { JobPicker, useNewestJob } from './JobPicker'
import { JobOfTaskOperation, ofDecisions } from './task'
import { MakeGoldOperation, RetireGoldOperation } from './goldOperations'

const GoldOfJobOperation = graphql(`
  query GoldOfJob($job: ID!) {
    goldTasks(job: $job, first: 200) {
      totalCount
      nodes {
        taskId
        known {
          ...AnswerFields
        }
        since
        madeFromDecided
        reason
        retiredAt
        retireReason
        offerCount
        answerCount
        rightCount
        hitRate
        warnings
        task {
          externalId
        }
      }
    }
  }
`)

const GoldCandidatesOperation = graphql(`
  query GoldCandidates($job: ID!) {
    job(id: $job) {
      tasks(stage: DECIDED, last: 100) {
        nodes {
          id
          externalId
          confidence
          decidedBy
          answerCount
          label {
            ...AnswerFields
          }
        }
      }
    }
    goldTasks(job: $job, first: 500) {
      nodes {
        taskId
      }
    }
  }
`)

const warnings: Record<GoldWarning, string> = { KNOWN_TO_MANY: 'Known to many', OFTEN_MISSED: 'Often missed' }

/** Tasks whose answer is known: how workers do on them, making more, retiring burnt ones. */
export default function Gold() {
  const [search, setSearch] = useSearchParams()
  const newest = useNewestJob()
  const job = search.get('job') ?? newest
  const tab = search.get('tab') ?? 'gold'
  const go = (changes: Record<string, string>) => setSearch(new URLSearchParams({ ...Object.fromEntries(search), ...changes }), { replace: true })
  const details = useApiQuery(JobOfTaskOperation, { id: job }, { enabled: job !== '', staleTime: 60_000 })
  return (
    <>
      <PageHeader title="Gold" subtitle="Tasks whose answer is known, given out unmarked to measure workers." />
      <div className="filters">
        <JobPicker value={job} onChange={(value) => go({ job: value })} />
      </div>
      {job === '' ? (
        <Empty title="There is no job yet" />
      ) : (
        <Loaded query={details}>
          {({ job: of }) => (
            <Tabs
              label="Gold"
              value={tab}
              onChange={(value) => go({ tab: value })}
              tabs={[
                { id: 'gold', label: 'Gold tasks', content: tab === 'gold' ? <List job={job} schema={of.schema as Schema} /> : null },
                { id: 'make', label: 'Make from decided', content: tab === 'make' ? <Candidates job={job} schema={of.schema as Schema} /> : null },
              ]}
            />
          )}
        </Loaded>
      )}
    </>
  )
}

function List({ job, schema }: { job: string; schema: Schema }) {
  const query = useApiQuery(GoldOfJobOperation, { job })
  const retire = useApiMutation(RetireGoldOperation, { refresh: [...ofDecisions, 'GoldOfJob'], onError: toastError, onSuccess: () => toast('It is given out no more.') })
  return (
    <Loaded query={query}>
      {({ goldTasks }) =>
        goldTasks.nodes.length === 0 ? (
          <Empty title="No gold tasks">
            <p className="muted">Import some with the job’s tasks, or make decided tasks gold. A job gives gold out at the share that its requester sets.</p>
          </Empty>
        ) : (
          <div className="stack">
            <p className="muted">{formatCount(goldTasks.totalCount ?? goldTasks.nodes.length)} in all</p>
            <Table
              caption="Gold tasks"
              rows={goldTasks.nodes}
              keyOf={(g) => g.taskId}
              columns={[
                { head: 'Task', cell: (g) => <Link to={`/quality/tasks/${g.taskId}`}>{g.task?.externalId ?? g.taskId}</Link> },
                { head: 'Known answer', cell: (g) => summarise(schema, g.known as Answer) },
                {
                  head: 'Right',
                  cell: (g) =>
                    g.hitRate == null ? (
                      <span className="muted">no answers</span>
                    ) : (
                      <span className="hit-rate">
                        <Meter value={g.hitRate} label={`Right answers to ${g.task?.externalId ?? g.taskId}`} tone={g.hitRate < 0.5 ? 'bad' : 'good'} />
                        <span className="numeric">
                          {formatShare(g.hitRate)} of {formatCount(g.answerCount)}
                        </span>
                      </span>
                    ),
                },
                { head: 'Given out', numeric: true, minor: true, cell: (g) => formatCount(g.offerCount) },
                {
                  head: 'From',
                  minor: true,
                  cell: (g) => (
                    <span title={g.reason ?? undefined}>
                      {g.madeFromDecided ? 'decided' : 'import'}, <RelativeTime at={g.since} />
                    </span>
                  ),
                },
                {
                  head: 'State',
                  cell: (g) =>
                    g.retiredAt ? (
                      <span title={g.retireReason ?? undefined}>
                        <Badge>retired</Badge>
                      </span>
                    ) : (
                      <span className="row">{g.warnings.length === 0 ? <Badge tone="good">in use</Badge> : g.warnings.map((w) => <Badge key={w} tone="warning">{warnings[w]}</Badge>)}</span>
                    ),
                },
                {
                  head: <span className="sr-only">Actions</span>,
                  cell: (g) =>
                    g.retiredAt ? null : (
                      <Button
                        small
                        aria-label={`Retire ${g.task?.externalId ?? g.taskId}`}
                        onClick={() =>
                          void confirm({
                            title: 'Retire this gold task?',
                            body: <p>It is given out no more, and answers that wait are settled by its known answer. If that was wrong and the task was made gold here, settle it anew afterwards: whom it wronged is paid.</p>,
                            action: 'Retire it',
                            reason: 'Why',
                          }).then((reply) => reply && retire.mutate({ task: g.taskId, reason: reply.reason }))
                        }
                      >
                        Retire
                      </Button>
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

function Candidates({ job, schema }: { job: string; schema: Schema }) {
  const query = useApiQuery(GoldCandidatesOperation, { job })
  const make = useApiMutation(MakeGoldOperation, { refresh: [...ofDecisions, 'GoldOfJob', 'GoldCandidates'], onError: toastError, onSuccess: () => toast('It measures workers from now on.') })
  return (
    <Loaded query={query}>
      {({ job: of, goldTasks }) => {
        const gold = new Set(goldTasks.nodes.map((g) => g.taskId))
        const candidates = of.tasks.nodes.filter((t) => !gold.has(t.id)).sort((a, b) => (b.confidence ?? 0) - (a.confidence ?? 0))
        return candidates.length === 0 ? (
          <Empty title="No decided tasks">
            <p className="muted">Tasks can be made gold once they have their label.</p>
          </Empty>
        ) : (
          <Table
            caption="Decided tasks, the surest first"
            rows={candidates}
            keyOf={(t) => t.id}
            columns={[
              { head: 'Task', cell: (t) => <Link to={`/quality/tasks/${t.id}`}>{t.externalId}</Link> },
              { head: 'Label', cell: (t) => (t.label ? summarise(schema, t.label as Answer) : '–') },
              { head: 'Confidence', numeric: true, cell: (t) => (t.confidence == null ? '–' : formatShare(t.confidence, 1)) },
              { head: 'Answers', numeric: true, minor: true, cell: (t) => t.answerCount },
              { head: 'Decided', minor: true, cell: (t) => (t.decidedBy === 'ADJUDICATION' ? 'by a manager' : t.decidedBy === 'CONSENSUS' ? 'by consensus' : 'with low confidence') },
              {
                head: <span className="sr-only">Actions</span>,
                cell: (t) => (
                  <Button
                    small
                    aria-label={`Make gold: ${t.externalId}`}
                    onClick={() =>
                      void confirm({
                        title: `Make ${t.externalId} gold?`,
                        body: <p>Its label counts as known, and workers who never had it are given it unmarked. What was answered and paid before stands.</p>,
                        action: 'Make it gold',
                        reason: 'Why this task',
                      }).then((reply) => reply && make.mutate({ task: t.id, reason: reply.reason }))
                    }
                  >
                    Make gold
                  </Button>
                ),
              },
            ]}
          />
        )
      }}
    </Loaded>
  )
}
