import { useDeferredValue, useState } from 'react'
import { Link } from 'react-router'
import { useInfiniteQuery } from '@tanstack/react-query'
import { send } from '../api/client'
import { summarise } from '../labels/AnswerView'
import { Button } from '../ui/Button'
import { Field, Input, Select } from '../ui/Field'
import { formatShare } from '../ui/format'
import { Empty, ErrorBox, Loading } from '../ui/States'
import { Table } from '../ui/Table'
import { Money } from '../ui/Values'
import { graphql } from './gql'
import type { AnswerInput, DecidedBy, JobPartsFragment as Job, TaskStage } from './gql/graphql'
import { useJob } from './JobPage'
import { excerptOf } from './excerpt'
import { StageBadge, stageNames } from './StatusBadge'

const TasksOperation = graphql(`
  query Tasks($id: ID!, $stage: TaskStage, $label: AnswerInput, $least: Float, $most: Float, $decidedBy: DecidedBy, $search: String, $after: String) {
    job(id: $id) {
      tasks(stage: $stage, label: $label, leastConfidence: $least, mostConfidence: $most, decidedBy: $decidedBy, search: $search, first: 30, after: $after) {
        nodes {
          id
          externalId
          stage
          answerCount
          confidence
          decidedBy
          spentMicros
          input
          gold {
            ...AnswerParts
          }
          label {
            ...AnswerParts
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`)

export const decidedNames: Record<DecidedBy, string> = { CONSENSUS: 'Consensus', LOW_CONFIDENCE: 'Unsure', ADJUDICATION: 'A quality manager', JOB_CLOSED: 'The end of the job', MACHINE: 'A model' }

interface Filter {
  stage: TaskStage | ''
  label: string
  decidedBy: DecidedBy | ''
  confidence: string
  search: string
}

const noFilter: Filter = { stage: '', label: '', decidedBy: '', confidence: '', search: '' }

/** The job's tasks with their labels, filtered, and the way to take them along. */
export default function Results() {
  const { job } = useJob()
  const [filter, setFilter] = useState(noFilter)
  const wanted = useDeferredValue(filter)
  const change = (part: Partial<Filter>) => setFilter({ ...filter, ...part })
  const labels = labelChoices(job)
  const [least, most] = wanted.confidence ? wanted.confidence.split('-').map(Number) : [null, null]
  const query = useInfiniteQuery({
    queryKey: ['Tasks', job.id, wanted],
    queryFn: ({ pageParam, signal }) =>
      send(
        TasksOperation,
        {
          id: job.id,
          stage: wanted.stage || null,
          label: labels.find((l) => l.name === wanted.label)?.answer ?? null,
          decidedBy: wanted.decidedBy || null,
          least,
          most,
          search: wanted.search.trim() || null,
          after: pageParam,
        },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.job.tasks.pageInfo.hasNextPage ? page.job.tasks.pageInfo.endCursor : null),
  })
  const tasks = query.data?.pages.flatMap((page) => page.job.tasks.nodes)
  const filtered = JSON.stringify(wanted) !== JSON.stringify(noFilter)
  return (
    <div className="stack">
        <form className="result-filters" role="search" aria-label="Filter the tasks" onSubmit={(event) => event.preventDefault()}>
          <Field label="Text or id">
            <Input type="search" maxLength={200} value={filter.search} onChange={(e) => change({ search: e.target.value })} />
          </Field>
          <Field label="Stage">
            <Select value={filter.stage} onChange={(e) => change({ stage: e.target.value as TaskStage | '' })}>
              <option value="">Every stage</option>
              {Object.entries(stageNames).map(([value, name]) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
          {labels.length > 0 && (
            <Field label="Label">
              <Select value={filter.label} onChange={(e) => change({ label: e.target.value })}>
                <option value="">Every label</option>
                {labels.map((l) => (
                  <option key={l.name}>{l.name}</option>
                ))}
              </Select>
            </Field>
          )}
          <Field label="Confidence">
            <Select value={filter.confidence} onChange={(e) => change({ confidence: e.target.value })}>
              <option value="">Any</option>
              <option value="0-0.6">up to 60 %</option>
              <option value="0.6-0.8">60 to 80 %</option>
              <option value="0.8-0.95">80 to 95 %</option>
              <option value="0.95-1">95 % and more</option>
            </Select>
          </Field>
          <Field label="Decided by">
            <Select value={filter.decidedBy} onChange={(e) => change({ decidedBy: e.target.value as DecidedBy | '' })}>
              <option value="">Anyone</option>
              {Object.entries(decidedNames).map(([value, name]) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        </form>
        <div className="row downloads">
          <a className="button plain small" href={`/jobs/${job.id}/results`} download>
            Download JSON lines
          </a>
          <a className="button plain small" href={`/jobs/${job.id}/results?format=csv`} download>
            Download CSV
          </a>
        </div>
      {query.error && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {!tasks && !query.error && <Loading />}
      {tasks?.length === 0 &&
        (filtered ? (
          <Empty title="No task is like that">
            <Button onClick={() => setFilter(noFilter)}>Show all tasks</Button>
          </Empty>
        ) : (
          <Empty title="No tasks yet">
            <p className="muted">Add some by dropping a file.</p>
          </Empty>
        ))}
      {tasks && tasks.length > 0 && (
        <Table
          caption="Tasks"
          rows={tasks}
          keyOf={(task) => task.id}
          columns={[
            {
              head: 'Task',
              cell: (task) => (
                <div className="task-cell">
                  <Link to={`/requester/jobs/${job.id}/tasks/${task.id}`}>{task.externalId}</Link>
                  <small className="clip muted">{excerptOf(task.input)}</small>
                </div>
              ),
            },
            { head: 'Label', cell: (task) => (task.gold ? <span className="clip">{summarise(job.schema, task.gold)} <small className="muted">(test)</small></span> : task.label ? <span className="clip">{summarise(job.schema, task.label)}</span> : <span className="muted">–</span>) },
            { head: 'Sure', numeric: true, cell: (task) => (task.confidence == null ? '–' : formatShare(task.confidence, 1)) },
            { head: 'Decided by', minor: true, cell: (task) => (task.decidedBy ? decidedNames[task.decidedBy] : '') },
            { head: 'Answers', numeric: true, minor: true, cell: (task) => task.answerCount },
            { head: 'Cost', numeric: true, minor: true, cell: (task) => <Money micros={task.spentMicros} currency={job.currency} /> },
            { head: 'Stage', minor: true, cell: (task) => <StageBadge stage={task.stage} /> },
          ]}
        />
      )}
      {query.hasNextPage && (
        <p className="more">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </p>
      )}
    </div>
  )
}

/** The labels that a filter can ask for. */
function labelChoices(job: Job): { name: string; answer: AnswerInput }[] {
  const { schema } = job
  if (schema.kind === 'SINGLE_CHOICE') return (schema.labels ?? []).map((name) => ({ name, answer: { choice: name } }))
  if (schema.kind === 'RATING') {
    const from = schema.least ?? 1
    return Array.from({ length: Math.min(100, (schema.most ?? 5) - from + 1) }, (_, i) => ({ name: String(from + i), answer: { rating: from + i } }))
  }
  if (schema.kind === 'PAIRWISE')
    return [
      { name: 'The left one', answer: { preferred: 'LEFT' } },
      { name: 'The right one', answer: { preferred: 'RIGHT' } },
      ...(schema.tie ? [{ name: 'Neither', answer: { preferred: 'TIE' as const } }] : []),
    ]
  return []
}
