import { Link } from 'react-router'
import { AnswersView, AnswerView, summarise } from '../labels/AnswerView'
import { Examples } from '../labels/Examples'
import { InputView } from '../labels/InputView'
import { shownByEditor } from '../labels/inputs'
import type { Answer, Schema } from '../labels/types'
import { Badge, Meter, type Tone } from '../ui/Card'
import { formatSeconds, formatShare } from '../ui/format'
import { Markdown } from '../ui/Markdown'
import type { JobOfTaskQuery } from './gql/graphql'
import { shortId, type ReviewedTask } from './task'

/** Most labels whose probability is shown. */
const mostLabels = 8

/** What the task shows. */
export const TaskInput = ({ task, schema }: { task: ReviewedTask; schema: Schema }) => (
  <section className="review-input" aria-label="What is labelled">
    <InputView input={task.input} omit={schema.kind === 'PAIRWISE' || schema.kind === 'RANKING' ? [] : shownByEditor[schema.kind]} />
  </section>
)

/** The answers that workers gave, side by side, overlaid or stacked as their kind wants. */
export function Answers({ task, schema }: { task: ReviewedTask; schema: Schema }) {
  const answered = task.assignments.filter((a) => a.answer)
  if (answered.length === 0) return <p className="muted">Nobody has answered yet.</p>
  return (
    <AnswersView
      schema={schema}
      input={task.input}
      answers={answered.map((a, i) => ({
        id: a.id,
        name: `Answer ${i + 1}`,
        answer: a.answer as Answer,
        detail: [weightOf(task, a.id) != null && `weight ${weightOf(task, a.id)!.toFixed(2)}`, !a.counts && 'taken out'].filter(Boolean).join(', ') || undefined,
      }))}
    />
  )
}

/** Who answered what, how far each was trusted, and what became of it. */
export function Votes({ task, schema }: { task: ReviewedTask; schema: Schema }) {
  const answered = task.assignments.filter((a) => a.answer)
  return (
    <ul className="votes" aria-label="Votes">
      {answered.map((a, i) => (
        <li key={a.id}>
          <span className="votes-answer">
            <span className="muted">{i + 1}.</span> {summarise(schema, a.answer as Answer)}
          </span>
          <span className="muted">
            <Link to={`/quality/workers/${a.worker}?job=${task.job}`}>{shortId(a.worker)}</Link>
            {weightOf(task, a.id) != null && <> · weight {weightOf(task, a.id)!.toFixed(2)}</>}
            {a.durationMilliseconds != null && <> · {formatSeconds(a.durationMilliseconds / 1000)}</>}
          </span>
          <Badge tone={tones[a.status] ?? 'neutral'}>{a.counts ? a.status.toLowerCase() : 'taken out'}</Badge>
        </li>
      ))}
    </ul>
  )
}

/** How far the worker was trusted; on an escalated task only its votes say so. */
const weightOf = (task: ReviewedTask, assignment: string) =>
  task.votes.find((v) => v.assignment === assignment)?.weight ?? task.assignments.find((a) => a.id === assignment)?.weight

const tones: Record<string, Tone> = { ACCEPTED: 'good', REJECTED: 'bad' }

/** How likely each label is by the votes. */
export function Posterior({ task, schema }: { task: ReviewedTask; schema: Schema }) {
  if (task.posterior.length === 0)
    return task.confidence == null ? null : <p className="muted">The answers agree to {formatShare(task.confidence)}.</p>
  const shown = task.posterior.slice(0, mostLabels)
  return (
    <div className="posterior">
      {shown.map(({ label, probability }) => {
        const name = summarise(schema, label as Answer)
        return (
          <div key={name} className="posterior-row">
            <span className="posterior-name">{name}</span>
            <Meter value={probability} label={`Probability of ${name}`} />
            <span className="numeric">{formatShare(probability, 1)}</span>
          </div>
        )
      })}
      {task.posterior.length > mostLabels && <p className="muted">{task.posterior.length - mostLabels} less likely labels are not shown.</p>}
    </div>
  )
}

/** The label as it stands, if there is one. */
export const CurrentLabel = ({ task, schema }: { task: ReviewedTask; schema: Schema }) =>
  task.label ? (
    <div>
      <AnswerView schema={schema} input={task.input} answer={task.label as Answer} />
    </div>
  ) : null

export const Instructions = ({ job }: { job: JobOfTaskQuery['job'] }) =>
  job.instructions.trim() === '' && job.examples.length === 0 ? null : (
    <details className="instructions">
      <summary>Instructions{job.examples.length > 0 && ' and examples'}</summary>
      <Markdown text={job.instructions} />
      <Examples schema={job.schema as Schema} examples={job.examples} />
    </details>
  )
