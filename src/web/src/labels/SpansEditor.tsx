import { useMemo, useRef, useState } from 'react'
import type { EditorProps } from './AnswerEditor'
import { ClassPicker, MarkList } from './ClassPicker'
import { textOf } from './inputs'
import { overlaps, trimmed, wordsOf } from './spans'
import { offsetOf, SpansText } from './SpansText'
import { labelOfKey, seriesColour } from './types'
import { useKeys } from './useKeys'

/** Spans in a text: marked by dragging, by a finger's selection and a class, or by words with the arrow keys. */
export function SpansEditor({ schema, input, answer, onChange, keys }: EditorProps) {
  const text = textOf(input)
  const classes = schema.labels ?? []
  const spans = answer.spans ?? []
  const words = useMemo(() => wordsOf(text), [text])
  const container = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(classes[0] ?? '')
  const [selected, setSelected] = useState<number | null>(null)
  const [chosen, setChosen] = useState<{ from: number; to: number } | null>(null) // words, by the keys
  const [said, setSaid] = useState('')

  const range = chosen && words.length > 0 ? { start: words[Math.min(chosen.from, chosen.to)]!.start, end: words[Math.max(chosen.from, chosen.to)]!.end } : null

  /** What the browser has selected in the text. */
  const selection = () => {
    const found = getSelection()
    if (!found || found.isCollapsed || !container.current || !found.anchorNode || !found.focusNode) return null
    const [a, b] = [offsetOf(container.current, found.anchorNode, found.anchorOffset), offsetOf(container.current, found.focusNode, found.focusOffset)]
    return a === null || b === null ? null : trimmed(text, Math.min(a, b), Math.max(a, b))
  }

  const mark = (area: { start: number; end: number }, name: string) => {
    getSelection()?.removeAllRanges()
    const same = spans.findIndex((span) => span.start === area.start && span.end === area.end)
    if (same !== -1) {
      // The same words again: the class is changed.
      onChange({ spans: spans.map((span, i) => (i === same ? { ...span, class: name } : span)) })
      setSelected(same)
      setSaid(`Now ${name}.`)
    } else if (!schema.overlap && spans.some((span) => overlaps(span, area))) setSaid('Spans of this job may not overlap: remove the other one first.')
    else if (spans.length >= (schema.most ?? Infinity)) setSaid(`At most ${schema.most} spans may be marked.`)
    else {
      onChange({ spans: [...spans, { class: name, ...area }] })
      setSelected(spans.length)
      setSaid(`${name}: ${text.slice(area.start, area.end)}`)
    }
  }

  const pick = (name: string) => {
    setCurrent(name)
    const area = selection() ?? (selected === null ? range : null)
    if (area) mark(area, name)
    else if (selected !== null) onChange({ spans: spans.map((span, i) => (i === selected ? { ...span, class: name } : span)) })
  }
  const remove = (index: number) => {
    onChange({ spans: spans.filter((_, i) => i !== index) })
    setSelected(null)
  }
  const step = (by: number, extend: boolean) => {
    setSelected(null)
    const to = Math.max(0, Math.min(words.length - 1, (chosen?.to ?? -by) + by))
    setChosen(extend && chosen ? { from: chosen.from, to } : { from: to, to })
  }

  useKeys((event) => {
    const name = classes[labelOfKey(event.key)]
    if (name !== undefined) pick(name)
    else if (event.key === 'ArrowRight' && words.length > 0) step(1, event.shiftKey)
    else if (event.key === 'ArrowLeft' && words.length > 0) step(-1, event.shiftKey)
    else if (event.key === 'm' && range) mark(range, current)
    else if ((event.key === 'Delete' || event.key === 'Backspace') && selected !== null) remove(selected)
    else if ((event.key === '[' || event.key === ']') && spans.length > 0) {
      setChosen(null)
      setSelected(((selected ?? (event.key === ']' ? -1 : 0)) + (event.key === ']' ? 1 : -1) + spans.length) % spans.length)
    } else if (event.key === 'Escape' && (selected !== null || chosen)) {
      setSelected(null)
      setChosen(null)
    } else return false
    return true
  }, keys)

  return (
    <div className="spans-editor">
      <div className="editor-tools">
        <ClassPicker classes={classes} current={current} onPick={pick} />
      </div>
      <SpansText
        ref={container}
        className="markable"
        text={text}
        lines={spans.map((span) => ({ ...span, colour: seriesColour(classes.indexOf(span.class)), name: span.class }))}
        strong={selected}
        range={range}
        aria-label="The text. Arrow keys choose words, with Shift more of them; a number marks them."
        role="group"
        onPointerUp={(event) => {
          // A finger's selection is still being adjusted: there a class is pressed.
          if (event.pointerType !== 'mouse') return
          const area = selection()
          if (area) mark(area, current)
        }}
      />
      <p className="hint" aria-live="polite">
        {said || 'Drag over words to mark them, or choose them with the arrow keys and press a number.'}
      </p>
      <MarkList
        title="Spans"
        marks={spans.map((span) => ({ class: span.class, text: text.slice(span.start, span.end) }))}
        classes={classes}
        selected={selected}
        onSelect={(index) => {
          setChosen(null)
          setSelected(index)
        }}
        onClass={(index, name) => onChange({ spans: spans.map((span, i) => (i === index ? { ...span, class: name } : span)) })}
        onRemove={remove}
      />
    </div>
  )
}
