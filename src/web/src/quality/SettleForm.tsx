import { useEffect, useRef, useState } from 'react'
import { ApiError } from '../api/errors'
import { useApiMutation } from '../api/hooks'
import { AnswerEditor } from '../labels/AnswerEditor'
import { summarise } from '../labels/AnswerView'
import { emptyAnswer, missing, toAnswerInput } from '../labels/completeness'
import { keyOfLabel, labelOfKey, type Answer, type Schema } from '../labels/types'
import { useKeys } from '../labels/useKeys'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { ErrorBox } from '../ui/States'
import { toast } from '../ui/toast'
import { AdjudicateOperation, labelsByKey, type ReviewedTask } from './task'

const defaultReason = 'My reading of the instructions.'

interface Props {
  task: ReviewedTask
  schema: Schema
  /** Read anew what the task is now. */
  onOutdated: () => void
  onSettled: (label: Answer) => void
  /** Goes on without settling; none where there is nothing to go on to. */
  onSkip?: () => void
}

/**
 * Gives the task its label. Where the labels can be counted, each has a key that settles the task at once; elsewhere a key takes over the answer of that
 * number, to be corrected, and Enter settles.
 */
export function SettleForm({ task, schema, onOutdated, onSettled, onSkip }: Props) {
  const [reason, setReason] = useState(() => sessionStorage.getItem('settleReason') ?? defaultReason)
  const labels = labelsByKey(schema)
  const atOnce = labels.length > 0 && labels.length <= 10
  const answers = task.assignments.filter((a) => a.answer && a.counts).map((a) => a.answer as Answer)
  const [answer, setAnswer] = useState<Answer>(() => (task.label as Answer | null) ?? emptyAnswer(schema, task.input))
  const reasonField = useRef<HTMLInputElement>(null)
  const settle = useApiMutation(AdjudicateOperation, {
    onError: (error) => {
      if (error instanceof ApiError && error.code === 'VERSION_CONFLICT') {
        toast('Somebody else was here: the task is shown as it is now.', 'warning')
        onOutdated()
      }
    },
  })
  useEffect(() => sessionStorage.setItem('settleReason', reason), [reason])

  const give = (label: Answer) => {
    if (settle.isPending) return
    if (reason.trim() === '') {
      reasonField.current?.focus()
      return
    }
    settle.mutate({ task: task.id, label: toAnswerInput(schema, label), reason: reason.trim(), seen: task.version }, { onSuccess: () => onSettled(label) })
  }
  const lacking = missing(schema, answer, task.input)

  useKeys((event) => {
    if (event.key === 'r') {
      reasonField.current?.focus()
      reasonField.current?.select()
      return true
    }
    if (event.key === 's' && onSkip) {
      onSkip()
      return true
    }
    if (event.key === 'Enter' && !atOnce && !lacking && !(event.target instanceof HTMLElement && event.target.matches('button, a, summary'))) {
      give(answer)
      return true
    }
    const number = labelOfKey(event.key)
    const taken = atOnce ? labels[number] : undefined
    if (taken) {
      give(taken)
      return true
    }
    return false
  })

  return (
    <div className="stack settle">
      {settle.error && settle.error.code !== 'VERSION_CONFLICT' && <ErrorBox error={settle.error} />}
      {atOnce ? (
        <div className="settle-labels" role="group" aria-label="Settle as">
          {labels.map((label, i) => (
            <Button key={i} onClick={() => give(label)} disabled={settle.isPending} shortcut={keyOfLabel(i)}>
              {summarise(schema, label)}
            </Button>
          ))}
        </div>
      ) : (
        <>
          {answers.length > 0 && (
            <div className="row" role="group" aria-label="Take over an answer">
              <span className="muted">Take over</span>
              {answers.map((given, i) => (
                <Button key={i} small onClick={() => setAnswer(given)} aria-label={`Take over answer ${i + 1}`}>
                  {i + 1}
                </Button>
              ))}
            </div>
          )}
          <AnswerEditor schema={schema} input={task.input} answer={answer} onChange={setAnswer} keys />
        </>
      )}
      <Field label="Reason" hint="The worker and the audit trail show it. It is kept for the next task.">
        <input
          className="input"
          ref={reasonField}
          value={reason}
          maxLength={2000}
          onChange={(e) => setReason(e.target.value)}
          onKeyDown={(e) => {
            if (e.key === 'Enter' || e.key === 'Escape') e.currentTarget.blur()
          }}
        />
      </Field>
      <div className="row">
        {!atOnce && (
          <Button kind="primary" busy={settle.isPending} disabled={!!lacking} onClick={() => give(answer)} shortcut="↵">
            Settle
          </Button>
        )}
        {onSkip && (
          <Button kind="quiet" onClick={onSkip} shortcut="S">
            Skip
          </Button>
        )}
        {lacking && !atOnce && <span className="muted">{lacking}</span>}
      </div>
      <p className="muted keys-hint">
        Keys: {atOnce ? 'a number settles and brings the next task' : 'Enter settles and brings the next task'}, R goes to the reason, Enter leaves it{onSkip ? ', S skips' : ''}.
      </p>
    </div>
  )
}
