import { useState, useSyncExternalStore, type ReactNode } from 'react'
import { Button } from './Button'
import { Dialog } from './Dialog'
import { Field, TextArea } from './Field'

interface Question {
  title: string
  body?: ReactNode
  action: string
  danger?: boolean
  /** Asks for a reason as well; it must not be empty. */
  reason?: string
}

type Reply = { reason: string } | null

let asked: { question: Question; reply: (reply: Reply) => void } | null = null
const listeners = new Set<() => void>()
const changed = () => listeners.forEach((listener) => listener())

/** Asks before something that cannot be undone. Null when the person decides against it. */
export const confirm = (question: Question): Promise<Reply> =>
  new Promise((resolve) => {
    asked?.reply(null)
    asked = { question, reply: resolve }
    changed()
  })

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function ConfirmHost() {
  const current = useSyncExternalStore(subscribe, () => asked)
  const [reason, setReason] = useState('')
  const answer = (reply: Reply) => {
    asked?.reply(reply)
    asked = null
    setReason('')
    changed()
  }
  const question = current?.question
  return (
    <Dialog
      title={question?.title ?? ''}
      open={current !== null}
      onClose={() => answer(null)}
      actions={
        <>
          <Button onClick={() => answer(null)}>Cancel</Button>
          <Button kind={question?.danger ? 'danger' : 'primary'} disabled={!!question?.reason && !reason.trim()} onClick={() => answer({ reason: reason.trim() })}>
            {question?.action}
          </Button>
        </>
      }
    >
      {question?.body}
      {question?.reason && (
        <Field label={question.reason}>
          <TextArea value={reason} onChange={(e) => setReason(e.target.value)} autoFocus />
        </Field>
      )}
    </Dialog>
  )
}
