import { useState } from 'react'
import { Badge } from '../ui/Card'
import { imageOf, isFields, itemsOf, textOf } from './inputs'
import { InputView } from './InputView'
import { SpansText } from './SpansText'
import { seriesColour, type Answer, type Box, type Schema } from './types'
import { useImageSize } from './useImage'
import './labels.css'

const sides = { LEFT: 'The left one', RIGHT: 'The right one', TIE: 'Neither is better' }

/** An answer in a few words, without its input; for lists. */
export function summarise(schema: Pick<Schema, 'unit'>, answer: Answer): string {
  if (answer.choice != null) return answer.choice
  if (answer.choices != null) return answer.choices.join(', ') || 'none'
  if (answer.rating != null) return String(answer.rating)
  if (answer.number != null) return schema.unit ? `${answer.number} ${schema.unit}` : String(answer.number)
  if (answer.text != null) return answer.text
  if (answer.boxes != null) return count(answer.boxes.map((box) => box.class), 'no boxes')
  if (answer.spans != null) return count(answer.spans.map((span) => span.class), 'no spans')
  if (answer.preferred != null) return sides[answer.preferred]
  if (answer.ranking != null) return answer.ranking.join(' › ')
  return 'no answer'
}

function count(classes: string[], none: string): string {
  const counts = new Map<string, number>()
  for (const name of classes) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts.size === 0 ? none : [...counts].map(([name, n]) => `${n} × ${name}`).join(', ')
}

/** One answer to read, on what it is about: boxes over the image, spans over the text. */
export function AnswerView({ schema, input, answer }: { schema: Schema; input: unknown; answer: Answer }) {
  const classes = schema.labels ?? []
  if (answer.boxes)
    return <Overlay address={imageOf(input)} layers={[{ boxes: answer.boxes, colourOf: (box) => seriesColour(classes.indexOf(box.class)) }]} />
  if (answer.spans)
    return <SpansText text={textOf(input)} lines={answer.spans.map((span) => ({ ...span, colour: seriesColour(classes.indexOf(span.class)), name: span.class }))} />
  if (answer.choices) return <span className="row">{answer.choices.length === 0 ? <span className="muted">none</span> : answer.choices.map((label) => <Badge key={label} tone="accent">{label}</Badge>)}</span>
  if (answer.ranking) {
    const items = itemsOf(input)
    return (
      <ol className="answer-ranking">
        {answer.ranking.map((id) => (
          <li key={id}>
            <InputView input={items.find((item) => item.id === id)?.content ?? id} />
          </li>
        ))}
      </ol>
    )
  }
  if (answer.preferred) {
    const chosen = answer.preferred === 'TIE' || !isFields(input) ? undefined : input[answer.preferred.toLowerCase()]
    return (
      <div>
        <Badge tone="accent">{sides[answer.preferred]}</Badge>
        {chosen !== undefined && <InputView input={chosen} />}
      </div>
    )
  }
  if (answer.text != null) return <p className="input-text">{answer.text}</p>
  return <Badge tone="accent">{summarise(schema, answer)}</Badge>
}

export interface NamedAnswer {
  id: string
  /** Whose it is, as far as the reader may know. */
  name: string
  answer: Answer
  /** Shown behind the name, such as a weight. */
  detail?: string
}

/** Several answers to one task: boxes overlaid in a colour for each answer, spans stacked line by line, others side by side. */
export function AnswersView({ schema, input, answers }: { schema: Schema; input: unknown; answers: NamedAnswer[] }) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const overlaid = schema.kind === 'BOXES' || schema.kind === 'SPANS'
  if (!overlaid)
    return (
      <ul className="answers">
        {answers.map((named) => (
          <li key={named.id} className="answers-item">
            <header>
              <strong>{named.name}</strong> {named.detail && <span className="muted">{named.detail}</span>}
            </header>
            <AnswerView schema={schema} input={input} answer={named.answer} />
          </li>
        ))}
      </ul>
    )
  const shown = answers.map((named, index) => ({ ...named, index })).filter((named) => !hidden.has(named.id))
  const toggle = (id: string) => setHidden(new Set(hidden.has(id) ? [...hidden].filter((other) => other !== id) : [...hidden, id]))
  return (
    <div className="stack">
      <div className="classes" role="group" aria-label="Answers shown">
        {answers.map((named, index) => (
          <button key={named.id} type="button" className="class-button" aria-pressed={!hidden.has(named.id)} onClick={() => toggle(named.id)}>
            <span className="swatch" style={{ background: seriesColour(index) }} aria-hidden="true" />
            {named.name} {named.detail && <span className="muted">{named.detail}</span>}
          </button>
        ))}
      </div>
      {schema.kind === 'BOXES' ? (
        <Overlay address={imageOf(input)} layers={shown.map((named) => ({ boxes: named.answer.boxes ?? [], colourOf: () => seriesColour(named.index) }))} />
      ) : (
        <SpansText
          text={textOf(input)}
          lines={shown.flatMap((named, level) => (named.answer.spans ?? []).map((span) => ({ ...span, colour: seriesColour(named.index), name: `${named.name}: ${span.class}`, level })))}
        />
      )}
    </div>
  )
}

function Overlay({ address, layers }: { address: string | undefined; layers: { boxes: Box[]; colourOf: (box: Box) => string }[] }) {
  const size = useImageSize(address)
  if (size === 'failed' || !address) return <p className="notice warning">The image cannot be loaded.</p>
  if (size === null) return <div className="skeleton" />
  const boxes = layers.flatMap((layer) => layer.boxes.map((box) => ({ box, colour: layer.colourOf(box) })))
  return (
    <svg className="boxes-canvas still" viewBox={`0 0 ${size.width} ${size.height}`} style={{ aspectRatio: `${size.width} / ${size.height}` }} role="img" aria-label={`The image with ${boxes.length} boxes: ${count(boxes.map(({ box }) => box.class), 'none')}`}>
      <image href={address} width={size.width} height={size.height} />
      {boxes.map(({ box, colour }, i) => (
        <g key={i} className="box" style={{ color: colour }}>
          <rect x={box.x} y={box.y} width={box.width} height={box.height} vectorEffect="non-scaling-stroke" />
          <text x={box.x + size.width / 160} y={box.y + size.width / 42} fontSize={size.width / 50} strokeWidth={size.width / 200}>
            {box.class}
          </text>
        </g>
      ))}
    </svg>
  )
}
