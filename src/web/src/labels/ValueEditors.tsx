import { useEffect, useId, useState } from 'react'
import { Field, Input, TextArea } from '../ui/Field'
import type { EditorProps } from './AnswerEditor'
import { useKeys } from './useKeys'

/** Scales up to so many points stand side by side; longer ones get a slider. */
const sideBySide = 11

export function RatingEditor({ schema, answer, onChange, keys }: EditorProps) {
  const name = useId()
  const [from, to] = [schema.least ?? 1, schema.most ?? 5]
  const points = Array.from({ length: to - from + 1 }, (_, i) => from + i)
  // The key is the point itself where the points are digits, else its place.
  const digits = from >= 0 && to <= 9
  useKeys((event) => {
    if (!/^[0-9]$/.test(event.key) || points.length > sideBySide) return false
    const point = digits ? Number(event.key) : points[event.key === '0' ? 9 : Number(event.key) - 1]
    if (point === undefined || point < from || point > to) return false
    onChange({ rating: point })
    return true
  }, keys)
  if (points.length > sideBySide)
    return (
      <Field label={`From ${from} to ${to}`} hint={answer.rating == null ? 'Move the slider or use the arrow keys.' : undefined}>
        <input className="slider" type="range" min={from} max={to} value={answer.rating ?? Math.round((from + to) / 2)} aria-valuetext={answer.rating == null ? 'not chosen' : String(answer.rating)} onChange={(e) => onChange({ rating: Number(e.target.value) })} onPointerUp={(e) => onChange({ rating: Number(e.currentTarget.value) })} />
      </Field>
    )
  return (
    <fieldset className="choices">
      <legend>
        Rate from {from} (lowest) to {to} (highest)
      </legend>
      <div className="rating">
        {points.map((point) => (
          <label key={point} className="rating-point">
            <input className="sr-only" type="radio" name={name} checked={answer.rating === point} onChange={() => onChange({ rating: point })} />
            <span>{point}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

export function NumberEditor({ schema, answer, onChange }: EditorProps) {
  // What is being typed may not be a number yet, such as "-" or "1.".
  const [text, setText] = useState(answer.number == null ? '' : String(answer.number))
  useEffect(() => {
    if (answer.number != null && Number(text.replace(',', '.')) !== answer.number) setText(String(answer.number))
  }, [answer.number]) // eslint-disable-line react-hooks/exhaustive-deps -- only what comes from outside
  const bounds = [schema.least != null && `at least ${schema.least}`, schema.most != null && `at most ${schema.most}`, schema.whole && 'a whole number'].filter(Boolean).join(', ')
  return (
    <Field label={schema.unit ? `Number, in ${schema.unit}` : 'Number'} hint={bounds ? `${bounds[0]?.toUpperCase()}${bounds.slice(1)}.` : undefined}>
      <Input
        className="number-input"
        inputMode={schema.whole ? 'numeric' : 'decimal'}
        autoComplete="off"
        value={text}
        onChange={(e) => {
          setText(e.target.value)
          const trimmed = e.target.value.trim().replace(',', '.')
          onChange(trimmed !== '' && Number.isFinite(Number(trimmed)) ? { number: Number(trimmed) } : {})
        }}
      />
    </Field>
  )
}

export function TextEditor({ schema, answer, onChange }: EditorProps) {
  const length = answer.text?.length ?? 0
  return (
    <Field label="Your text" hint={`${length} of ${schema.least ?? 1} to ${schema.most ?? 2000} characters. Ctrl and Enter submits.`}>
      <TextArea rows={8} maxLength={schema.most ?? undefined} value={answer.text ?? ''} onChange={(e) => onChange({ text: e.target.value })} />
    </Field>
  )
}
