import { useState } from 'react'
import { newId } from '../api/client'
import { useApiMutation } from '../api/hooks'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Field, Input, TextArea } from '../ui/Field'
import { formatMoney, parseMoney } from '../ui/format'
import { ErrorBox } from '../ui/States'
import { toast } from '../ui/toast'
import { graphql } from './gql'
import type { JobPartsFragment as Job } from './gql/graphql'

const BonusOperation = graphql(`
  mutation PayBonus($requester: ID!, $job: ID!, $worker: ID!, $amount: Long!, $reason: String!, $bonus: ID) {
    payBonus(requester: $requester, job: $job, worker: $worker, amountMicros: $amount, reason: $reason, bonus: $bonus)
  }
`)

/** Pays a worker more than the price of the answers. */
export function BonusDialog({ job, worker, open, onClose }: { job: Job; worker: string; open: boolean; onClose: () => void }) {
  const [amount, setAmount] = useState('')
  const [reason, setReason] = useState('')
  const [id, setId] = useState(() => newId('bon'))
  const pay = useApiMutation(BonusOperation, {
    refresh: ['Accounts', 'Statement', 'Job'],
    onSuccess: () => {
      setAmount('')
      setReason('')
      setId(newId('bon'))
      toast('The bonus is paid.')
      onClose()
    },
  })
  const micros = parseMoney(amount)
  return (
    <Dialog
      title="Pay a bonus"
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={!micros || !reason.trim()} busy={pay.isPending} onClick={() => micros && pay.mutate({ requester: job.requester, job: job.id, worker, amount: micros, reason: reason.trim(), bonus: id })}>
            Pay it
          </Button>
        </>
      }
    >
      {pay.error && <ErrorBox error={pay.error} />}
      <p>From the available funds of the organisation, with the fee of {job.policies.feeBasisPoints / 100}{'\u00a0'}% on top{micros ? `: ${formatMoney(micros + Math.ceil((micros * job.policies.feeBasisPoints) / 10_000), job.currency)} in all` : ''}.</p>
      <Field label="Bonus" hint={`In ${job.currency}.`} error={amount !== '' && micros === null ? 'Write an amount such as 1.00.' : null}>
        <Input inputMode="decimal" value={amount} onChange={(e) => setAmount(e.target.value)} />
      </Field>
      <Field label="What for" hint="The worker reads it.">
        <TextArea rows={3} maxLength={500} value={reason} onChange={(e) => setReason(e.target.value)} />
      </Field>
    </Dialog>
  )
}
