import { useState } from 'react'
import { TaskForm } from '../../labels/AnswerEditor'
import type { Answer, Schema } from '../../labels/types'
import { Button } from '../../ui/Button'
import { Card } from '../../ui/Card'
import { Field, TextArea } from '../../ui/Field'
import { Markdown } from '../../ui/Markdown'
import { labelsOf, type Draft } from '../draft'
import type { StepProps } from '../EditJob'
import { sampleOf } from '../samples'

/** How it is to be done, and beside it what a worker will see. */
export function InstructionsStep({ draft, change, errorOf }: StepProps) {
  const [sample, setSample] = useState<string | null>(null)
  const [answer, setAnswer] = useState<Answer>({})
  const text = sample ?? JSON.stringify(sampleOf(draft.kind), null, 2)
  const input = parse(text)
  return (
    <div className="grid two">
      <Card title="Instructions" end={<Button small kind="quiet" onClick={() => change({ instructions: `${draft.instructions.trimEnd()}\n\n${exampleOf(draft)}`.trimStart() })}>Add an example</Button>}>
        <Field label="What workers read" hint="Markdown. Say what each label means, and show examples of the hard cases." error={errorOf('instructions')}>
          <TextArea rows={16} maxLength={20_000} value={draft.instructions} placeholder={'Choose the **main** intent of the message.\n\n- complaint: something went wrong\n- question: they want to know something'} onChange={(e) => change({ instructions: e.target.value })} />
        </Field>
        <Field label="A task to try it with" hint="The JSON of an input." error={input === undefined ? 'This is no JSON yet.' : null}>
          <TextArea rows={4} spellCheck={false} value={text} onChange={(e) => setSample(e.target.value)} />
        </Field>
      </Card>
      <Card title="What a worker will see" className="preview">
        <h3>{draft.title}</h3>
        {draft.instructions.trim() ? <Markdown text={draft.instructions} /> : <p className="muted">No instructions yet: workers see the title alone.</p>}
        <hr />
        {input !== undefined && <TaskForm schema={schemaOf(draft)} input={input} answer={answer} onChange={setAnswer} />}
      </Card>
    </div>
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const bound = (text: string) => (text.trim() === '' ? null : Number(text))

const schemaOf = (draft: Draft): Schema => ({
  kind: draft.kind,
  labels: labelsOf(draft),
  least: bound(draft.least),
  most: bound(draft.most),
  whole: draft.whole,
  unit: draft.unit || null,
  overlap: draft.overlap,
  tie: draft.tie,
})

/** An example to be filled in. */
function exampleOf(draft: Draft): string {
  const label = labelsOf(draft)[0] ?? 'the answer'
  return `**Example.** “An input as it may come” is *${label}*, because …`
}
