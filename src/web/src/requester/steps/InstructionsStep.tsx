import { useState } from 'react'
import { AnswerEditor, TaskForm } from '../../labels/AnswerEditor'
import { emptyAnswer, missing } from '../../labels/completeness'
import { Examples } from '../../labels/Examples'
import { isFields } from '../../labels/inputs'
import type { Answer } from '../../labels/types'
import { Button } from '../../ui/Button'
import { Card } from '../../ui/Card'
import { Field, TextArea } from '../../ui/Field'
import { Markdown } from '../../ui/Markdown'
import { shownSchemaOf, type Draft, type ExampleDraft } from '../draft'
import type { StepProps } from '../EditJob'
import { sampleOf } from '../samples'

const most = 10

/** How it is to be done, and beside it what a worker will see. */
export function InstructionsStep({ draft, change, errorOf }: StepProps) {
  const [input, setInput] = useState<unknown>(() => sampleOf(draft.kind))
  const [answer, setAnswer] = useState<Answer>({})
  const schema = shownSchemaOf(draft)
  const { examples } = draft
  return (
    <div className="grid two">
      <div className="stack">
        <Card title="Instructions">
          <Field label="What workers read" hint="Markdown. Say what each label means, and what to do in the hard cases." error={errorOf('instructions')}>
            <TextArea rows={12} maxLength={20_000} value={draft.instructions} placeholder={'Choose the **main** intent of the message.\n\n- complaint: something went wrong\n- question: they want to know something'} onChange={(e) => change({ instructions: e.target.value })} />
          </Field>
        </Card>
        <Card
          title="Examples"
          end={
            <Button small disabled={examples.length >= most} onClick={() => change({ examples: [...examples, { input: sampleOf(draft.kind), answer: {}, why: '' }] })}>
              Add an example
            </Button>
          }
        >
          {examples.length === 0 && <p className="muted">Tasks with their right answer and the reason for it: the hard cases teach most. Workers have them one key away.</p>}
          {errorOf('examples') && !examples.some((_, i) => errorOf(`examples[${i}]`)) && <p className="field-error">{errorOf('examples')}</p>}
          {examples.map((example, i) => (
            <ExampleForm
              key={i}
              number={i + 1}
              draft={draft}
              example={example}
              error={errorOf(`examples[${i}]`)}
              onChange={(part) => change({ examples: examples.map((other, at) => (at === i ? { ...other, ...part } : other)) })}
              onRemove={() => change({ examples: examples.filter((_, at) => at !== i) })}
            />
          ))}
        </Card>
      </div>
      <Card title="What a worker will see" className="preview">
        <h3>{draft.title}</h3>
        {draft.instructions.trim() ? <Markdown text={draft.instructions} /> : <p className="muted">No instructions yet: workers see the title alone.</p>}
        <Examples schema={schema} examples={examples} />
        <hr />
        <TaskForm schema={schema} input={input} answer={{ ...emptyAnswer(schema, input), ...answer }} onChange={setAnswer} />
        <details className="try">
          <summary>Try it with another task</summary>
          <InputField label="The task" input={input} onChange={setInput} />
        </details>
      </Card>
    </div>
  )
}

function ExampleForm({ number, draft, example, error, onChange, onRemove }: { number: number; draft: Draft; example: ExampleDraft; error: string | null; onChange: (part: Partial<ExampleDraft>) => void; onRemove: () => void }) {
  const schema = shownSchemaOf(draft)
  const answer = { ...emptyAnswer(schema, example.input), ...example.answer }
  return (
    <section className="example-form" aria-label={`Example ${number}`}>
      <div className="row between">
        <h3>Example {number}</h3>
        <Button small kind="quiet" onClick={onRemove} aria-label={`Remove example ${number}`}>
          Remove
        </Button>
      </div>
      <InputField label="What is shown" input={example.input} onChange={(input) => onChange({ input, ...(schema.kind === 'SPANS' || schema.kind === 'RANKING' ? { answer: {} } : {}) })} />
      <div role="group" aria-label={`Right answer of example ${number}`}>
        <p className="label">Right answer</p>
        <AnswerEditor schema={schema} input={example.input} answer={answer} onChange={(next) => onChange({ answer: next })} />
        {error && <p className="field-error">{missing(schema, answer, example.input) ?? error}</p>}
      </div>
      <Field label="Why" hint="Markdown.">
        <TextArea rows={2} maxLength={2_000} value={example.why} onChange={(e) => onChange({ why: e.target.value })} />
      </Field>
    </section>
  )
}

/** An input to write: a text where it is one, else its JSON, of which the last that was right is kept. */
function InputField({ label, input, onChange }: { label: string; input: unknown; onChange: (input: unknown) => void }) {
  const text = isFields(input) && Object.keys(input).length === 1 && typeof input.text === 'string' ? input.text : null
  const [asText, setAsText] = useState(text !== null)
  const [json, setJson] = useState<string | null>(null)
  if (asText && text !== null)
    return (
      <>
        <Field label={label}>
          <TextArea rows={2} value={text} onChange={(e) => onChange({ text: e.target.value })} />
        </Field>
        <Button small kind="quiet" onClick={() => setAsText(false)}>
          Write it as JSON
        </Button>
      </>
    )
  const written = json ?? JSON.stringify(input, null, 2)
  return (
    <Field label={label} hint="JSON, as in a file of tasks." error={parse(written) === undefined ? 'This is no JSON yet.' : null}>
      <TextArea
        rows={4}
        spellCheck={false}
        value={written}
        onChange={(e) => {
          setJson(e.target.value)
          const parsed = parse(e.target.value)
          if (parsed !== undefined) onChange(parsed)
        }}
      />
    </Field>
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
