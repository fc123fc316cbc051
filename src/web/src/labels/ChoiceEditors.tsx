import { useId, useState } from 'react'
import { Field, Input } from '../ui/Field'
import { keyOfLabel, labelOfKey } from './types'
import type { EditorProps } from './AnswerEditor'
import { useKeys } from './useKeys'

/** More labels than this get a field to narrow them down. */
const many = 12

function useNarrowed(labels: readonly string[]) {
  const [text, setText] = useState('')
  const shown = labels.map((label, index) => ({ label, index })).filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()))
  const field = labels.length > many && (
    <Field label="Narrow the labels down">
      <Input type="search" value={text} onChange={(e) => setText(e.target.value)} />
    </Field>
  )
  return { shown, field }
}

const Key = ({ index }: { index: number }) => {
  const key = keyOfLabel(index)
  return key ? (
    <kbd className="key" aria-hidden="true">
      {key}
    </kbd>
  ) : null
}

export function SingleChoiceEditor({ schema, answer, onChange, keys }: EditorProps) {
  const name = useId()
  const labels = schema.labels ?? []
  const { shown, field } = useNarrowed(labels)
  useKeys((event) => {
    const label = labels[labelOfKey(event.key)]
    if (label !== undefined) onChange({ choice: label })
    return label !== undefined
  }, keys)
  return (
    <fieldset className="choices">
      <legend>Choose one</legend>
      {field}
      <div className={labels.length > 6 ? 'choice-grid' : 'choices'}>
        {shown.map(({ label, index }) => (
          <label key={label} className="choice">
            <input type="radio" name={name} checked={answer.choice === label} onChange={() => onChange({ choice: label })} />
            <span>{label}</span>
            <Key index={index} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}

export function MultiChoiceEditor({ schema, answer, onChange, keys }: EditorProps) {
  const labels = schema.labels ?? []
  const chosen = answer.choices ?? []
  const { shown, field } = useNarrowed(labels)
  const toggle = (label: string) => onChange({ choices: labels.filter((other) => (other === label ? !chosen.includes(other) : chosen.includes(other))) })
  useKeys((event) => {
    const label = labels[labelOfKey(event.key)]
    if (label !== undefined) toggle(label)
    return label !== undefined
  }, keys)
  const [least, most] = [schema.least ?? 0, schema.most ?? labels.length]
  return (
    <fieldset className="choices">
      <legend>{least === 0 && most === labels.length ? 'Choose all that apply' : least === most ? `Choose ${least}` : `Choose ${least} to ${most}`}</legend>
      {field}
      <div className={labels.length > 6 ? 'choice-grid' : 'choices'}>
        {shown.map(({ label, index }) => (
          <label key={label} className="choice">
            <input type="checkbox" checked={chosen.includes(label)} onChange={() => toggle(label)} />
            <span>{label}</span>
            <Key index={index} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
