import { Link } from 'react-router'
import { useApiQuery } from '../../api/hooks'
import { Button } from '../../ui/Button'
import { Card } from '../../ui/Card'
import { Field, Input, Select } from '../../ui/Field'
import { formatShare } from '../../ui/format'
import { graphql } from '../gql'
import type { PayFor, WhenUnsettled } from '../gql/graphql'
import type { StepProps } from '../EditJob'

const payTexts: Record<PayFor, [string, string]> = {
  AGREEING: ['Answers that agree with the decided label', 'Paid when the task is decided.'],
  ALL: ['Every valid answer', 'Paid at once.'],
  REVIEWED: ['Answers that you approve', 'What you do not review in time counts as approved.'],
}

/** How sure a label has to be, who may work, and which answers are paid. */
export function QualityStep({ draft, change, errorOf, job, requester }: StepProps) {
  const running = job !== null && job.status !== 'DRAFT'
  const value = (event: { target: HTMLInputElement }) => event.target.valueAsNumber || 0
  return (
    <div className="grid two">
      <Card title="How many answers?">
        <p className="muted">
          A task is decided once it has {draft.minAnswers} {draft.minAnswers === 1 ? 'answer' : 'answers'} and a label reaches {formatShare(draft.targetConfidence, 1)}. Until then one more worker is asked, up to {draft.maxAnswers}.
        </p>
        <div className="grid two">
          <Field label="Fewest answers" error={errorOf('policies.redundancy.minAnswers')}>
            <Input type="number" min={1} max={100} value={draft.minAnswers} onChange={(e) => change({ minAnswers: value(e), maxAnswers: Math.max(draft.maxAnswers, value(e)) })} />
          </Field>
          <Field label="Most answers" error={errorOf('policies.redundancy.maxAnswers')}>
            <Input type="number" min={1} max={100} value={draft.maxAnswers} onChange={(e) => change({ maxAnswers: value(e) })} />
          </Field>
        </div>
        <Field label="Wanted confidence" hint="In percent, 50 to 99.99." error={errorOf('policies.redundancy.targetConfidence')}>
          <Input type="number" min={50} max={99.99} step={0.01} value={Math.round(draft.targetConfidence * 10_000) / 100} onChange={(e) => change({ targetConfidence: value(e) / 100 })} />
        </Field>
        <Field label="When the answers do not settle it">
          <Select value={draft.whenUnsettled} onChange={(e) => change({ whenUnsettled: e.target.value as WhenUnsettled })}>
            <option value="DECIDE">Take the likeliest label, marked as unsure</option>
            <option value="ESCALATE">Have a quality manager settle it</option>
          </Select>
        </Field>
      </Card>
      <Card title="Which answers are paid?">
        <fieldset className="choices">
          <legend className="sr-only">Which answers are paid</legend>
          {(Object.keys(payTexts) as PayFor[]).map((pay) => (
            <label key={pay} className="choice">
              <input type="radio" name="payFor" value={pay} checked={draft.payFor === pay} disabled={running && draft.payFor !== pay} onChange={() => change({ payFor: pay })} />
              <span>
                {payTexts[pay][0]}
                <small>{payTexts[pay][1]}</small>
              </span>
            </label>
          ))}
        </fieldset>
        {draft.payFor === 'REVIEWED' && (
          <Field label="Days to review" error={errorOf('policies.reviewWindow')}>
            <Input type="number" min={1} max={30} value={draft.reviewDays} onChange={(e) => change({ reviewDays: value(e) })} />
          </Field>
        )}
      </Card>
      <Card title="Who may work?">
        <Field label="Qualifications" hint="Names separated by commas; empty for everybody." error={errorOf('policies.qualifications')}>
          <Input value={draft.qualifications.join(', ')} placeholder="lang:de, medical" onChange={(e) => change({ qualifications: e.target.value.split(',').map((q) => q.trim()).filter((q, i, all) => q !== '' || i === all.length - 1) })} onBlur={() => change({ qualifications: draft.qualifications.filter(Boolean) })} />
        </Field>
        <OwnExams requester={requester} wanted={draft.qualifications} onAdd={(qualification) => change({ qualifications: [...draft.qualifications.filter(Boolean), qualification] })} />
        <div className="grid two">
          <Field label="Minutes for a task" error={errorOf('policies.leaseTime')}>
            <Input type="number" min={1} max={10_080} value={draft.leaseMinutes} onChange={(e) => change({ leaseMinutes: value(e) })} />
          </Field>
          <Field label="Most answers of one worker" hint="Empty for no limit." error={errorOf('policies.caps')}>
            <Input type="number" min={1} value={draft.answersPerWorker ?? ''} onChange={(e) => change({ answersPerWorker: value(e) || null })} />
          </Field>
        </div>
      </Card>
      <Card title="Hidden tests">
        <p className="muted">Tasks whose answer you know (a field “gold” in the import) are mixed in unmarked. They measure each worker.</p>
        <div className="grid two">
          <Field label="Share of tests" hint="In percent, 0 to 50." error={errorOf('policies.gold.share')}>
            <Input type="number" min={0} max={50} value={Math.round(draft.goldShare * 100)} onChange={(e) => change({ goldShare: value(e) / 100 })} />
          </Field>
          <Field label="Right at least" hint="In percent; below, a worker gets no more tasks." error={errorOf('policies.gold.minAccuracy')}>
            <Input type="number" min={0} max={100} value={Math.round(draft.goldMinAccuracy * 100)} onChange={(e) => change({ goldMinAccuracy: value(e) / 100 })} />
          </Field>
        </div>
        <p className="muted">Tasks can also come again, unmarked, to the worker who answered them: that shows who answers alike. Such answers are paid and have no vote.</p>
        <div className="grid two">
          <Field label="Share of repeats" hint="In percent, 0 to 20." error={errorOf('policies.repeats.share')}>
            <Input type="number" min={0} max={20} value={Math.round(draft.repeatShare * 100)} onChange={(e) => change({ repeatShare: value(e) / 100 })} />
          </Field>
          <Field label="After so many other tasks" error={errorOf('policies.repeats.distance')}>
            <Input type="number" min={1} max={1000} value={draft.repeatDistance} onChange={(e) => change({ repeatDistance: value(e) })} />
          </Field>
        </div>
      </Card>
    </div>
  )
}

const OwnExamsOperation = graphql(`
  query OwnExams($requester: ID!) {
    exams(requester: $requester, first: 100) {
      nodes {
        id
        title
        qualification
        retired
      }
    }
  }
`)

/** The qualifications that the organisation's own exams grant, one click away. */
function OwnExams({ requester, wanted, onAdd }: { requester: string; wanted: string[]; onAdd: (qualification: string) => void }) {
  const query = useApiQuery(OwnExamsOperation, { requester })
  const open = query.data?.exams.nodes.filter((exam) => !exam.retired && !wanted.includes(exam.qualification)) ?? []
  return open.length === 0 ? (
    <p className="muted">
      <Link to="/requester/exams">Your exams</Link> test workers and grant qualifications.
    </p>
  ) : (
    <div className="row" role="group" aria-label="Qualifications of your exams">
      {open.map((exam) => (
        <Button key={exam.id} small onClick={() => onAdd(exam.qualification)}>
          Want “{exam.title}” passed
        </Button>
      ))}
    </div>
  )
}
