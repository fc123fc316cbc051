import { Link } from 'react-router'
import { keepPreviousData } from '@tanstack/react-query'
import { useApiQuery } from '../api/hooks'
import { summarise } from '../labels/AnswerView'
import { Badge, Card, Meter, Stat, Stats } from '../ui/Card'
import { formatCount, formatMoney, formatSeconds, formatShare } from '../ui/format'
import { Loaded } from '../ui/States'
import { Table } from '../ui/Table'
import { Money } from '../ui/Values'
import { Bars } from './charts/Bars'
import { LineChart } from './charts/LineChart'
import { ForecastView } from './ForecastView'
import { graphql } from './gql'
import type { JobPartsFragment as Job, StatisticsQuery } from './gql/graphql'
import { useJob } from './JobPage'
import { StageBadge } from './StatusBadge'

const StatisticsOperation = graphql(`
  query Statistics($id: ID!) {
    job(id: $id) {
      statistics(steps: 60) {
        timeline {
          from
          until
          answerCount
          decidedCount
          escalatedCount
          agreement
          meanConfidence
          meanSeconds
          spentMicros
        }
        medianSeconds
        slowSeconds
        durations {
          fromSeconds
          untilSeconds
          answerCount
        }
        classes {
          label
          answerCount
          decidedCount
        }
        answersPerTask {
          answers
          taskCount
        }
        workerCount
        workers {
          worker
          answerCount
          share
          agreement
          acceptedCount
          rejectedCount
          goldAccuracy
          meanSeconds
          paidMicros
        }
      }
      hardTasks(first: 8) {
        id
        externalId
        stage
        answerCount
        confidence
        label {
          ...AnswerParts
        }
      }
    }
  }
`)

type Statistics = StatisticsQuery['job']['statistics']

/** How the job goes, moving with it. */
export default function Progress() {
  const { job } = useJob()
  const query = useApiQuery(StatisticsOperation, { id: job.id }, { placeholderData: keepPreviousData, refetchInterval: job.status === 'OPEN' ? 10_000 : false })
  const share = job.taskCount === 0 ? 0 : job.decidedCount / job.taskCount
  return (
    <div className="stack">
      <section className="card" aria-label="Progress">
        <div className="row between">
          <strong>
            {formatCount(job.decidedCount)} of {formatCount(job.taskCount)} tasks decided
          </strong>
          <span className="muted">{formatShare(share, 1)}</span>
        </div>
        <Meter value={share} label="Decided tasks" />
      </section>
      <Loaded query={query}>{({ job: { statistics, hardTasks } }) => <Figures job={job} statistics={statistics} hard={hardTasks} />}</Loaded>
    </div>
  )
}

function Figures({ job, statistics, hard }: { job: Job; statistics: Statistics; hard: StatisticsQuery['job']['hardTasks'] }) {
  const { timeline } = statistics
  const judged = timeline.filter((step) => step.agreement != null)
  const agreement = judged.length === 0 ? null : judged.reduce((sum, step) => sum + (step.agreement ?? 0) * step.decidedCount, 0) / judged.reduce((sum, step) => sum + step.decidedCount, 0)
  return (
    <>
      <Stats>
        <Stat label="Answers" value={formatCount(job.answerCount)} detail={job.decidedCount > 0 ? `${(job.answerCount / job.decidedCount).toFixed(1)} a decided task` : undefined} />
        <Stat label="Agreement" value={agreement === null ? '–' : formatShare(agreement)} detail="with the decided labels" />
        <Stat label="Spent" value={formatMoney(job.spentMicros, job.currency)} detail={`of ${formatMoney(job.heldMicros, job.currency)}`} />
        <Stat label="Time of an answer" value={statistics.medianSeconds == null ? '–' : formatSeconds(statistics.medianSeconds)} detail={statistics.slowSeconds == null ? undefined : `nine of ten in ${formatSeconds(statistics.slowSeconds)}`} />
        <Stat label="Workers" value={formatCount(statistics.workerCount)} detail={job.rejectedCount > 0 ? `${formatCount(job.rejectedCount)} answers rejected` : undefined} />
      </Stats>
      <div className="grid two">
        <Card title="Answers and decisions over time">
          <LineChart
            name="Answers and decisions over time"
            times={timeline.map((step) => Date.parse(step.from) / 1000)}
            series={[
              { name: 'Answers', values: timeline.map((step) => step.answerCount) },
              { name: 'Decisions', values: timeline.map((step) => step.decidedCount) },
            ]}
            format={formatCount}
            whole
          />
        </Card>
        <Card title="Agreement over time">
          <LineChart name="Agreement over time" times={judged.map((step) => Date.parse(step.from) / 1000)} series={[{ name: 'Agreement', values: judged.map((step) => step.agreement ?? 0) }]} format={(value) => formatShare(value)} range={[0, 1]} />
        </Card>
        <Card title="Spent over time">
          <LineChart name="Spent over time" times={timeline.map((step) => Date.parse(step.from) / 1000)} series={[{ name: 'Spent', values: running(timeline.map((step) => step.spentMicros / 1_000_000)) }]} format={(value) => formatMoney(Math.round(value * 1_000_000), job.currency)} />
        </Card>
        <Card title="Time of an answer">
          <Bars name="Time of an answer" empty="No answers yet." bars={joined(statistics.durations).map((d) => ({ name: `up to ${formatSeconds(d.untilSeconds)}`, value: d.answerCount }))} />
        </Card>
        {job.schema.kind !== 'TEXT' && job.schema.kind !== 'NUMBER' && job.schema.kind !== 'RANKING' && (
          <Card title="Classes">
            <Bars name="Decided labels by class" empty="No answers yet." bars={statistics.classes.slice(0, 12).map((c) => ({ name: c.label, value: c.answerCount, detail: `${formatCount(c.decidedCount)} decided` }))} />
            {statistics.classes.length > 12 && <p className="muted">The 12 most frequent of {statistics.classes.length}.</p>}
          </Card>
        )}
        <Card title="Answers a task took">
          <Bars name="Answers a task took" empty="No task is decided yet." bars={statistics.answersPerTask.map((r) => ({ name: `${r.answers} ${r.answers === 1 ? 'answer' : 'answers'}`, value: r.taskCount }))} />
        </Card>
        <Card title="Hard tasks">
          {hard.length === 0 ? (
            <p className="muted">None yet: they are listed once there are answers.</p>
          ) : (
            <Table
              caption="The hardest tasks"
              rows={hard}
              keyOf={(task) => task.id}
              columns={[
                { head: 'Task', cell: (task) => <Link to={`/requester/jobs/${job.id}/tasks/${task.id}`}>{task.externalId}</Link> },
                { head: 'So far', minor: true, cell: (task) => (task.label ? <span className="clip">{summarise(job.schema, task.label)}</span> : <span className="muted">open</span>) },
                { head: 'Sure', numeric: true, cell: (task) => (task.confidence == null ? '–' : formatShare(task.confidence)) },
                { head: 'Answers', numeric: true, minor: true, cell: (task) => task.answerCount },
                { head: 'Stage', cell: (task) => <StageBadge stage={task.stage} /> },
              ]}
            />
          )}
        </Card>
        {job.status !== 'CLOSED' && job.status !== 'CANCELLED' && (
          <Card title="Forecast for all tasks">
            <ForecastView job={job.id} tasks={null} currency={job.currency} />
          </Card>
        )}
      </div>
      <Card title="Workers">
        {statistics.workers.length === 0 ? (
          <p className="muted">Nobody has answered yet.</p>
        ) : (
          <Table
            caption="Workers by their answers"
            rows={statistics.workers}
            keyOf={(worker) => worker.worker}
            columns={[
              { head: 'Worker', cell: (worker) => <code>{shortWorker(worker.worker)}</code> },
              { head: 'Answers', numeric: true, cell: (worker) => formatCount(worker.answerCount) },
              { head: 'Share', numeric: true, minor: true, cell: (worker) => formatShare(worker.share) },
              { head: 'Agreement', numeric: true, cell: (worker) => (worker.agreement == null ? '–' : <Badge tone={worker.agreement < 0.5 ? 'bad' : worker.agreement < 0.75 ? 'warning' : 'good'}>{formatShare(worker.agreement)}</Badge>) },
              { head: 'Tests right', numeric: true, minor: true, cell: (worker) => (worker.goldAccuracy == null ? '–' : formatShare(worker.goldAccuracy)) },
              { head: 'Mean time', numeric: true, minor: true, cell: (worker) => (worker.meanSeconds == null ? '–' : formatSeconds(worker.meanSeconds)) },
              { head: 'Paid', numeric: true, cell: (worker) => <Money micros={worker.paidMicros} currency={job.currency} /> },
            ]}
          />
        )}
        {statistics.workerCount > statistics.workers.length && <p className="muted">Those with the most answers, of {formatCount(statistics.workerCount)}.</p>}
      </Card>
    </>
  )
}

/** The end of a worker's id is enough to tell one from the other. */
export const shortWorker = (id: string) => `…${id.slice(-6)}`

function running(values: number[]): number[] {
  let sum = 0
  return values.map((value) => (sum += value))
}

/** Fewer and wider steps: four of a quarter doubling make one of a doubling, and all below a second one. */
function joined(durations: Statistics['durations']): { untilSeconds: number; answerCount: number }[] {
  const wide = new Map<number, number>()
  for (const d of durations) {
    const until = Math.max(1, 2 ** Math.ceil(Math.log2(d.untilSeconds) - 1e-9))
    wide.set(until, (wide.get(until) ?? 0) + d.answerCount)
  }
  return [...wide].sort(([a], [b]) => a - b).map(([untilSeconds, answerCount]) => ({ untilSeconds, answerCount }))
}
