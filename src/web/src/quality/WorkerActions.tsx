import { useEffect, useState, type FormEvent } from 'react'
import type { ApiError } from '../api/errors'
import { useApiMutation } from '../api/hooks'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Field, Input, TextArea } from '../ui/Field'
import { ErrorBox } from '../ui/States'
import { toast } from '../ui/toast'
import { graphql } from './gql'

export type Action =
  | { kind: 'override' | 'clear'; job?: string; jobTitle?: string }
  | { kind: 'suspend' | 'lift' | 'redo' | 'grant' }
  | { kind: 'revoke'; qualification: string }

const refresh = ['WorkerDetail', 'Workers', 'Inspected', 'ReviewedTask']

const OverrideOperation = graphql(`
  mutation OverrideReliability($worker: ID!, $job: ID, $value: Float!, $reason: String!) {
    overrideReliability(worker: $worker, job: $job, value: $value, reason: $reason) {
      id
    }
  }
`)
const ClearOperation = graphql(`
  mutation ClearReliability($worker: ID!, $job: ID, $reason: String!) {
    clearReliability(worker: $worker, job: $job, reason: $reason) {
      id
    }
  }
`)
const SuspendOperation = graphql(`
  mutation Suspend($worker: ID!, $until: DateTime!, $reason: String!) {
    suspendWorker(worker: $worker, until: $until, reason: $reason) {
      id
    }
  }
`)
const LiftOperation = graphql(`
  mutation Lift($worker: ID!, $reason: String!) {
    liftSuspension(worker: $worker, reason: $reason) {
      id
    }
  }
`)
const GrantOperation = graphql(`
  mutation Grant($worker: ID!, $qualification: String!, $reason: String!) {
    grantQualification(worker: $worker, qualification: $qualification, reason: $reason) {
      id
    }
  }
`)
const RevokeOperation = graphql(`
  mutation Revoke($worker: ID!, $qualification: String!, $reason: String!) {
    revokeQualification(worker: $worker, qualification: $qualification, reason: $reason) {
      id
    }
  }
`)
const RedoOperation = graphql(`
  mutation Redo($worker: ID!, $reason: String!) {
    redoWork(worker: $worker, reason: $reason) {
      redone
      left
    }
  }
`)

const titles: Record<Action['kind'], string> = {
  override: 'Set the reliability',
  clear: 'Let the measured reliability count again',
  suspend: 'Suspend the worker',
  lift: 'Lift the suspension',
  redo: 'Have the work done again',
  grant: 'Grant a qualification',
  revoke: 'Revoke the qualification',
}

const buttons: Record<Action['kind'], string> = {
  override: 'Set it', clear: 'Clear it', suspend: 'Suspend', lift: 'Lift it', redo: 'Redo', grant: 'Grant', revoke: 'Revoke',
}

/** The dialog of one thing done to a worker; every one takes a reason. */
export function ActionDialog({ worker, action, onClose }: { worker: string; action: Action | null; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [value, setValue] = useState('50')
  const [until, setUntil] = useState('')
  const [qualification, setQualification] = useState('')
  const [error, setError] = useState<ApiError | null>(null)
  useEffect(() => {
    setReason('')
    setError(null)
    setQualification('')
    setUntil(localTime(new Date(Date.now() + 7 * 86_400_000)))
  }, [action])

  const options = (said: string) => ({
    refresh,
    onError: setError,
    onSuccess: () => {
      toast(said)
      onClose()
    },
  })
  const override = useApiMutation(OverrideOperation, options('The reliability is set.'))
  const clear = useApiMutation(ClearOperation, options('The measured reliability counts again.'))
  const suspend = useApiMutation(SuspendOperation, options('The worker gets no new work until then.'))
  const lift = useApiMutation(LiftOperation, options('The suspension is lifted.'))
  const grant = useApiMutation(GrantOperation, options('The qualification is granted.'))
  const revoke = useApiMutation(RevokeOperation, options('The qualification is revoked.'))
  const redo = useApiMutation(RedoOperation, {
    refresh,
    onError: setError,
    onSuccess: ({ redoWork }) => {
      toast(redoWork.left ? `${redoWork.redone} tasks are done again; there are more: do it once more.` : `${redoWork.redone} tasks are done again by others.`)
      onClose()
    },
  })
  const busy = [override, clear, suspend, lift, grant, revoke, redo].some((m) => m.isPending)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!action || busy) return
    const given = { worker, reason: reason.trim() }
    switch (action.kind) {
      case 'override':
        return override.mutate({ ...given, job: action.job ?? null, value: Number(value) / 100 })
      case 'clear':
        return clear.mutate({ ...given, job: action.job ?? null })
      case 'suspend':
        return suspend.mutate({ ...given, until: new Date(until).toISOString() })
      case 'lift':
        return lift.mutate(given)
      case 'redo':
        return redo.mutate(given)
      case 'grant':
        return grant.mutate({ ...given, qualification: qualification.trim() })
      case 'revoke':
        return revoke.mutate({ ...given, qualification: action.qualification })
    }
  }
  const about = action && 'jobTitle' in action && action.jobTitle ? `On “${action.jobTitle}” only.` : 'On all jobs.'
  return (
    <Dialog
      title={action ? titles[action.kind] : ''}
      open={action !== null}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind={action?.kind === 'suspend' || action?.kind === 'revoke' ? 'danger' : 'primary'} type="submit" form="worker-action" busy={busy} disabled={reason.trim() === ''}>
            {action && buttons[action.kind]}
          </Button>
        </>
      }
    >
      <form id="worker-action" className="stack" onSubmit={submit}>
        {error && <ErrorBox error={error} />}
        {(action?.kind === 'override' || action?.kind === 'clear') && <p className="muted">{about} The measured value is kept beside it.</p>}
        {action?.kind === 'redo' && (
          <p className="muted">On tasks that are not decided, answers that are not settled no longer count and others are asked. What was accepted is paid and stays.</p>
        )}
        {action?.kind === 'revoke' && <p>{action.qualification}</p>}
        {action?.kind === 'override' && (
          <Field label="Probability of a right answer, in percent" hint="0 to 100.">
            <Input type="number" min={0} max={100} step="0.1" required value={value} onChange={(e) => setValue(e.target.value)} autoFocus />
          </Field>
        )}
        {action?.kind === 'suspend' && (
          <Field label="Until" hint="No new work until then; tasks in hand may be finished.">
            <Input type="datetime-local" required value={until} onChange={(e) => setUntil(e.target.value)} />
          </Field>
        )}
        {action?.kind === 'grant' && (
          <Field label="Qualification" hint="2 to 60 characters: lower case letters, digits, '-', '.', ':'.">
            <Input required value={qualification} onChange={(e) => setQualification(e.target.value)} autoFocus />
          </Field>
        )}
        <Field label="Reason" hint="The worker and the audit trail show it.">
          <TextArea rows={3} required maxLength={2000} value={reason} onChange={(e) => setReason(e.target.value)} />
        </Field>
      </form>
    </Dialog>
  )
}

/** A moment as the browser's own field for local times takes it. */
const localTime = (at: Date) => new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
