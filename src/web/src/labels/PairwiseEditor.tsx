import { useId } from 'react'
import type { EditorProps } from './AnswerEditor'
import { isFields } from './inputs'
import { InputView } from './InputView'
import type { Side } from './types'
import { useKeys } from './useKeys'

const keysOf: Record<string, Side> = { ArrowLeft: 'LEFT', '1': 'LEFT', ArrowRight: 'RIGHT', '2': 'RIGHT', ArrowDown: 'TIE', '3': 'TIE' }

/** Two things side by side, of which one is chosen. */
export function PairwiseEditor({ schema, input, answer, onChange, keys }: EditorProps) {
  const name = useId()
  const fields = isFields(input) ? input : {}
  useKeys((event) => {
    const side = keysOf[event.key]
    if (!side || (side === 'TIE' && !schema.tie)) return false
    // On a radio the browser's own arrows would move to the neighbour, whichever that is.
    onChange({ preferred: side })
    return true
  }, keys)
  const option = (side: Side, label: string, key: string) => (
    <label className="choice">
      <input type="radio" name={name} checked={answer.preferred === side} onChange={() => onChange({ preferred: side })} />
      <span>{label}</span>
      <kbd className="key" aria-hidden="true">
        {key}
      </kbd>
    </label>
  )
  return (
    <fieldset className="choices">
      <legend>Which one is better?</legend>
      <div className="pair">
        {(['left', 'right'] as const).map((side) => (
          <div key={side} className={answer.preferred === side.toUpperCase() ? 'pair-side chosen' : 'pair-side'}>
            <div className="pair-content">
              <InputView input={fields[side]} />
            </div>
            {side === 'left' ? option('LEFT', 'The left one', '←') : option('RIGHT', 'The right one', '→')}
          </div>
        ))}
      </div>
      {schema.tie && option('TIE', 'Neither is better', '↓')}
    </fieldset>
  )
}
