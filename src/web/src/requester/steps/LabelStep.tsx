import { Card } from '../../ui/Card'
import { Checkbox, Field, Input, Select, TextArea } from '../../ui/Field'
import { boundsOf, hasLabels, kinds } from '../draft'
import type { LabelKind } from '../gql/graphql'
import type { StepProps } from '../EditJob'

/** What is asked, and what an answer may be. */
export function LabelStep({ draft, change, errorOf, job }: StepProps) {
  const fixed = job !== null && job.taskCount + job.goldTaskCount > 0
  const kind = kinds.find((k) => k.kind === draft.kind)
  return (
    <Card title="What is to be labelled?">
      <Field label="Title" hint="The question, as workers see it in the marketplace." error={errorOf('title')}>
        <Input required minLength={3} maxLength={200} value={draft.title} placeholder={kind?.says} onChange={(e) => change({ title: e.target.value })} />
      </Field>
      <Field label="An answer is" hint={fixed ? 'It stays once tasks were added.' : `For example: ${kind?.says}`} error={hasLabels(draft.kind) ? (errorOf('schema.least') ?? errorOf('schema.most')) : errorOf('schema')}>
        <Select value={draft.kind} disabled={fixed} onChange={(e) => change({ kind: e.target.value as LabelKind, ...boundsOf(e.target.value as LabelKind) })}>
          {kinds.map((k) => (
            <option key={k.kind} value={k.kind}>
              {k.name}
            </option>
          ))}
        </Select>
      </Field>
      {hasLabels(draft.kind) && (
        <Field label={draft.kind === 'BOXES' || draft.kind === 'SPANS' ? 'Classes' : 'Labels'} hint="One a line. Workers choose them with the keys 1 to 9." error={errorOf('schema.labels') ?? errorOf('schema.classes')}>
          <TextArea required rows={5} disabled={fixed} value={draft.labels} placeholder={'complaint\nquestion\nspam'} onChange={(e) => change({ labels: e.target.value })} />
        </Field>
      )}
      {draft.kind === 'RATING' && (
        <div className="grid two">
          <Bound name="least" label="From" {...{ draft, change, fixed }} />
          <Bound name="most" label="To" {...{ draft, change, fixed }} />
          <Bound name="tolerance" label="Points off that still agree" {...{ draft, change, fixed }} />
        </div>
      )}
      {draft.kind === 'NUMBER' && (
        <>
          <div className="grid two">
            <Bound name="least" label="Lowest number" hint="Empty for none." {...{ draft, change, fixed }} />
            <Bound name="most" label="Highest number" hint="Empty for none." {...{ draft, change, fixed }} />
            <Bound name="tolerance" label="How far off still agrees" hint="0 for within 5 %." {...{ draft, change, fixed }} />
            <Field label="Unit">
              <Input maxLength={20} disabled={fixed} value={draft.unit} onChange={(e) => change({ unit: e.target.value })} />
            </Field>
          </div>
          <Checkbox label="Only whole numbers" disabled={fixed} checked={draft.whole} onChange={(e) => change({ whole: e.target.checked })} />
        </>
      )}
      {draft.kind === 'TEXT' && (
        <div className="grid two">
          <Bound name="least" label="Fewest characters" {...{ draft, change, fixed }} />
          <Bound name="most" label="Most characters" {...{ draft, change, fixed }} />
        </div>
      )}
      {draft.kind === 'MULTI_CHOICE' && (
        <div className="grid two">
          <Bound name="least" label="Fewest labels" {...{ draft, change, fixed }} />
          <Bound name="most" label="Most labels" hint="Empty for all." {...{ draft, change, fixed }} />
        </div>
      )}
      {draft.kind === 'SPANS' && <Checkbox label="Spans may overlap" disabled={fixed} checked={draft.overlap} onChange={(e) => change({ overlap: e.target.checked })} />}
      {draft.kind === 'PAIRWISE' && <Checkbox label="Neither may be better" disabled={fixed} checked={draft.tie} onChange={(e) => change({ tie: e.target.checked })} />}
    </Card>
  )
}

function Bound({ name, label, hint, draft, change, fixed }: { name: 'least' | 'most' | 'tolerance'; label: string; hint?: string; fixed: boolean } & Pick<StepProps, 'draft' | 'change'>) {
  return (
    <Field label={label} hint={hint}>
      <Input type="number" step="any" disabled={fixed} value={draft[name]} onChange={(e) => change({ [name]: e.target.value })} />
    </Field>
  )
}
