import { Markdown } from '../ui/Markdown'
import { AnswerView } from './AnswerView'
import { shownByEditor } from './inputs'
import { InputView } from './InputView'
import type { Answer, Schema } from './types'

export interface Example {
  input: unknown
  answer: Answer
  /** Markdown; may be empty. */
  why: string
}

/** Tasks with their right answers, to learn from. */
export function Examples({ schema, examples }: { schema: Schema; examples: readonly Example[] }) {
  if (examples.length === 0) return null
  // The answer is drawn on the image or text itself; the pair is needed whole to see which side is meant.
  const omit = schema.kind === 'BOXES' || schema.kind === 'SPANS' || schema.kind === 'RANKING' ? shownByEditor[schema.kind] : []
  return (
    <ol className="examples" aria-label="Examples">
      {examples.map((example, i) => (
        <li key={i} className="example">
          <InputView input={example.input} omit={omit} />
          <div className="example-answer">
            <span className="example-right">
              <span aria-hidden="true">✓</span> Right answer
            </span>
            <AnswerView schema={schema} input={example.input} answer={example.answer} />
          </div>
          {example.why.trim() && <Markdown text={example.why} />}
        </li>
      ))}
    </ol>
  )
}
