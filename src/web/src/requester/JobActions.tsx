import { useState } from 'react'
import { useNavigate } from 'react-router'
import { newId } from '../api/client'
import { useApiMutation } from '../api/hooks'
import { Button } from '../ui/Button'
import { confirm } from '../ui/Confirm'
import { Dialog } from '../ui/Dialog'
import { Field, Input } from '../ui/Field'
import { formatMoney, parseMoney } from '../ui/format'
import { Menu, MenuItem } from '../ui/Menu'
import { ErrorBox } from '../ui/States'
import { toast, toastError } from '../ui/toast'
import { Funding } from './Funding'
import { graphql } from './gql'
import type { JobPartsFragment as Job } from './gql/graphql'
import type { JobContext } from './JobPage'
import { OpenOperation } from './steps/TasksStep'

const PauseOperation = graphql(`
  mutation PauseJob($id: ID!, $reason: String) {
    pauseJob(id: $id, reason: $reason) {
      ...JobParts
    }
  }
`)

const CloseOperation = graphql(`
  mutation CloseJob($id: ID!) {
    closeJob(id: $id) {
      ...JobParts
    }
  }
`)

const CancelOperation = graphql(`
  mutation CancelJob($id: ID!) {
    cancelJob(id: $id) {
      ...JobParts
    }
  }
`)

const PriceOperation = graphql(`
  mutation ChangePrice($id: ID!, $pay: Long!) {
    changePrice(id: $id, payMicros: $pay) {
      ...JobParts
    }
  }
`)

/** What can be done with the whole job. */
export function JobActions({ job, edits, owns }: JobContext) {
  const navigate = useNavigate()
  const [dialog, setDialog] = useState<'price' | 'money' | null>(null)
  const refresh = { refresh: ['Job', 'Jobs'], onError: toastError }
  const open = useApiMutation(OpenOperation, refresh)
  const pause = useApiMutation(PauseOperation, refresh)
  const close = useApiMutation(CloseOperation, refresh)
  const cancel = useApiMutation(CancelOperation, refresh)
  if (!edits || job.status === 'CLOSED' || job.status === 'CANCELLED' || job.status === 'CLOSING') return null

  const askToPause = async () => {
    const reply = await confirm({ title: 'Pause the job?', body: <p>No new tasks are given out. What workers hold they may still submit.</p>, action: 'Pause', reason: 'Reason, for your colleagues' })
    if (reply) pause.mutate({ id: job.id, reason: reply.reason })
  }
  const askToClose = async () => {
    const reply = await confirm({
      title: 'Close the job?',
      body: <p>What workers hold they may still submit, tasks with answers are decided, and what is left of the money comes back. A closed job cannot be opened again.</p>,
      action: 'Close the job',
      danger: true,
    })
    if (reply) close.mutate({ id: job.id })
  }
  const askToCancel = async () => {
    const reply = await confirm({
      title: 'Give the job up?',
      body: <p>Submitted answers are paid, nothing more is decided, and what is left of the money comes back.</p>,
      action: 'Give it up',
      danger: true,
    })
    if (reply) cancel.mutate({ id: job.id })
  }
  return (
    <>
      {job.status === 'PAUSED' && (
        <Button kind="primary" busy={open.isPending} onClick={() => open.mutate({ id: job.id })}>
          Go on
        </Button>
      )}
      {job.status === 'OPEN' && (
        <Button busy={pause.isPending} onClick={() => void askToPause()}>
          Pause
        </Button>
      )}
      <Button onClick={() => setDialog('price')}>Change the price</Button>
      {owns && <Button onClick={() => setDialog('money')}>Add money</Button>}
      <Menu label="More">
        <MenuItem onSelect={() => void navigate(`/requester/jobs/${job.id}/edit?step=5`)}>Add tasks</MenuItem>
        <MenuItem onSelect={() => void navigate(`/requester/jobs/${job.id}/edit?step=2`)}>Edit the job</MenuItem>
        <MenuItem onSelect={() => void askToClose()}>Close the job</MenuItem>
        <MenuItem onSelect={() => void askToCancel()}>Give it up</MenuItem>
      </Menu>
      <PriceDialog key={String(dialog === 'price')} job={job} open={dialog === 'price'} onClose={() => setDialog(null)} />
      <MoneyDialog job={job} open={dialog === 'money'} onClose={() => setDialog(null)} />
    </>
  )
}

function PriceDialog({ job, open, onClose }: { job: Job; open: boolean; onClose: () => void }) {
  const [pay, setPay] = useState(String(job.policies.payMicros / 1_000_000))
  const change = useApiMutation(PriceOperation, {
    refresh: ['Job', 'Forecast'],
    onSuccess: () => {
      toast('The new price holds for tasks given out from now on.')
      onClose()
    },
  })
  const micros = parseMoney(pay)
  return (
    <Dialog
      title="Change the price"
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={micros === null} busy={change.isPending} onClick={() => micros !== null && change.mutate({ id: job.id, pay: micros })}>
            Change it
          </Button>
        </>
      }
    >
      {change.error && <ErrorBox error={change.error} />}
      <p>Workers who hold a task now are paid what they were told: {formatMoney(job.policies.payMicros, job.currency)}.</p>
      <Field label="Pay for an answer" hint={`In ${job.currency}. The fee of ${job.policies.feeBasisPoints / 100} % comes on top.`} error={micros === null ? 'Write an amount such as 0.05.' : null}>
        <Input inputMode="decimal" value={pay} onChange={(e) => setPay(e.target.value)} />
      </Field>
    </Dialog>
  )
}

function MoneyDialog({ job, open, onClose }: { job: Job; open: boolean; onClose: () => void }) {
  const [hold, setHold] = useState(() => newId('hold'))
  return (
    <Dialog title="Add money" open={open} onClose={onClose} actions={<Button onClick={onClose}>Done</Button>}>
      <p>
        {formatMoney(job.heldMicros - job.spentMicros - job.reservedMicros, job.currency)} of {formatMoney(job.heldMicros, job.currency)} is free for further answers.
      </p>
      <Funding job={job} hold={hold} onFunded={() => setHold(newId('hold'))} />
    </Dialog>
  )
}
