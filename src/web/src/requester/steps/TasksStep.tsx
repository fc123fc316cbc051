import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useQueryClient } from '@tanstack/react-query'
import { newId } from '../../api/client'
import { useApiMutation } from '../../api/hooks'
import { Button } from '../../ui/Button'
import { Card } from '../../ui/Card'
import { formatCount, formatMoney } from '../../ui/format'
import { ErrorBox } from '../../ui/States'
import { toast } from '../../ui/toast'
import { ForecastView } from '../ForecastView'
import { Funding } from '../Funding'
import { graphql } from '../gql'
import type { JobPartsFragment as Job } from '../gql/graphql'
import { ImportDrop } from '../ImportDrop'

export const OpenOperation = graphql(`
  mutation OpenJob($id: ID!) {
    openJob(id: $id) {
      ...JobParts
    }
  }
`)

/** The tasks, the money, and the start. */
export function TasksStep({ job }: { job: Job }) {
  const navigate = useNavigate()
  const client = useQueryClient()
  const [hold, setHold] = useState(() => newId('hold'))
  const open = useApiMutation(OpenOperation, {
    refresh: ['Job', 'Jobs'],
    onSuccess: () => {
      toast('The job is open: workers see it now.')
      void navigate(`/requester/jobs/${job.id}`)
    },
  })
  const imported = () => void Promise.all(['Job', 'Jobs', 'Forecast'].map((name) => client.invalidateQueries({ queryKey: [name] })))
  const ready = job.taskCount > 0 && job.heldMicros >= job.costOfAnswerMicros
  return (
    <div className="grid two">
      <Card title="Tasks" end={<span className="muted">{formatCount(job.taskCount + job.goldTaskCount)} so far</span>}>
        <ImportDrop job={job.id} kind={job.schema.kind} onImported={imported} />
      </Card>
      <div className="stack">
        <Card title="Money">
          {job.taskCount > 0 && <ForecastView job={job.id} tasks={null} currency={job.currency} />}
          <Funding job={job} hold={hold} onFunded={() => setHold(newId('hold'))} />
        </Card>
        <Card title="Start">
          <ul className="checks">
            <Check done={job.taskCount > 0}>{job.taskCount > 0 ? `${formatCount(job.taskCount)} tasks are there` : 'Add tasks'}</Check>
            <Check done={job.heldMicros >= job.costOfAnswerMicros}>
              {job.heldMicros > 0 ? `${formatMoney(job.heldMicros, job.currency)} set aside` : 'Set money aside'}
            </Check>
          </ul>
          {job.taskCount > 0 && job.heldMicros > 0 && job.heldMicros < job.mostCostMicros && (
            <p className="muted">
              The tasks can cost {formatMoney(job.mostCostMicros, job.currency)} at most. When the money runs out, no more tasks are given out until you add some.
            </p>
          )}
          {open.error && <ErrorBox error={open.error} />}
          {job.status === 'DRAFT' ? (
            <Button kind="primary" disabled={!ready} busy={open.isPending} onClick={() => open.mutate({ id: job.id })}>
              Open the job
            </Button>
          ) : (
            <p className="muted">The job was opened already.</p>
          )}
        </Card>
      </div>
    </div>
  )
}

const Check = ({ done, children }: { done: boolean; children: React.ReactNode }) => (
  <li className={done ? 'done' : undefined}>
    <span aria-hidden="true">{done ? '✓' : '○'}</span>
    <span className="sr-only">{done ? 'Done: ' : 'To do: '}</span>
    <span>{children}</span>
  </li>
)
