import { useState } from 'react'
import { Link } from 'react-router'
import { useApiMutation, useApiQuery } from '../api/hooks'
import { summarise } from '../labels/AnswerView'
import type { Answer, Schema } from '../labels/types'
import { Button } from '../ui/Button'
import { Badge, Card } from '../ui/Card'
import { formatCount } from '../ui/format'
import { PageHeader } from '../ui/PageHeader'
import { Field, TextArea } from '../ui/Field'
import { Empty, ErrorBox, Loaded } from '../ui/States'
import { Tabs } from '../ui/Tabs'
import { toast } from '../ui/toast'
import { RelativeTime } from '../ui/Values'
import { graphql } from './gql'
import type { AppealsQuery, AppealStatus } from './gql/graphql'
import { JobOfTaskOperation, ReviewedTaskOperation, shortId } from './task'
import { Posterior, TaskInput, Votes } from './TaskView'

const AppealsOperation = graphql(`
  query Appeals($status: AppealStatus!) {
    appeals(status: $status, first: 50) {
      totalCount
      nodes {
        assignment
        task
        job
        jobTitle
        worker
        status
        message
        reason
        openedAt
        resolvedAt
      }
    }
  }
`)

const ResolveAppealOperation = graphql(`
  mutation ResolveAppeal($assignment: ID!, $uphold: Boolean!, $reason: String!) {
    resolveAppeal(assignment: $assignment, uphold: $uphold, reason: $reason)
  }
`)

type Appeal = AppealsQuery['appeals']['nodes'][number]

/** Workers' appeals against rejections. */
export default function Appeals() {
  const [status, setStatus] = useState<AppealStatus>('OPEN')
  const tabs: [AppealStatus, string][] = [
    ['OPEN', 'Open'],
    ['UPHELD', 'Upheld'],
    ['DISMISSED', 'Dismissed'],
  ]
  return (
    <>
      <PageHeader title="Appeals" subtitle="What workers say against a rejection. An upheld appeal is paid." />
      <Tabs label="Appeals" value={status} onChange={(value) => setStatus(value as AppealStatus)} tabs={tabs.map(([id, label]) => ({ id, label, content: id === status ? <List status={id} /> : null }))} />
    </>
  )
}

function List({ status }: { status: AppealStatus }) {
  const query = useApiQuery(AppealsOperation, { status })
  return (
    <Loaded query={query}>
      {({ appeals }) =>
        appeals.nodes.length === 0 ? (
          <Empty title={status === 'OPEN' ? 'No appeals wait' : 'None'}>
            <p className="muted">{status === 'OPEN' ? 'Workers have some days after a rejection to appeal, as the job says.' : 'Appeals that were answered so appear here.'}</p>
          </Empty>
        ) : (
          <div className="stack">
            <p className="muted">{formatCount(appeals.totalCount ?? appeals.nodes.length)} in all</p>
            {appeals.nodes.map((appeal) => (
              <OneAppeal key={appeal.assignment} appeal={appeal} />
            ))}
          </div>
        )
      }
    </Loaded>
  )
}

function OneAppeal({ appeal }: { appeal: Appeal }) {
  const [open, setOpen] = useState(false)
  return (
    <Card
      title={`${appeal.jobTitle} · ${shortId(appeal.task)}`}
      className="appeal"
      end={
        <span className="muted">
          <RelativeTime at={appeal.openedAt} /> by <Link to={`/quality/workers/${appeal.worker}?job=${appeal.job}`}>{shortId(appeal.worker)}</Link>
        </span>
      }
    >
      <blockquote className="said">{appeal.message}</blockquote>
      {appeal.status !== 'OPEN' && (
        <p>
          <Badge tone={appeal.status === 'UPHELD' ? 'good' : 'bad'}>{appeal.status.toLowerCase()}</Badge> {appeal.reason}
        </p>
      )}
      <div className="row">
        <Button small aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide the task' : appeal.status === 'OPEN' ? 'Look at it' : 'Show the task'}
        </Button>
        <Link to={`/quality/tasks/${appeal.task}`}>All about the task</Link>
      </div>
      {open && <Details appeal={appeal} />}
    </Card>
  )
}

function Details({ appeal }: { appeal: Appeal }) {
  const [reason, setReason] = useState('')
  const task = useApiQuery(ReviewedTaskOperation, { id: appeal.task })
  const job = useApiQuery(JobOfTaskOperation, { id: appeal.job }, { staleTime: 60_000 })
  const resolve = useApiMutation(ResolveAppealOperation, { refresh: ['Appeals', 'ReviewedTask', 'WorkerDetail'] })
  const answer = (uphold: boolean) =>
    resolve.mutate({ assignment: appeal.assignment, uphold, reason: reason.trim() }, { onSuccess: () => toast(uphold ? 'Upheld: the answer is paid.' : 'Dismissed: the rejection stands.') })
  return (
    <Loaded query={task}>
      {({ task: shown }) => (
        <Loaded query={job}>
          {({ job: of }) => {
            const schema = of.schema as Schema
            const theirs = shown.assignments.find((a) => a.id === appeal.assignment)?.answer
            return (
              <div className="stack">
                <TaskInput task={shown} schema={schema} />
                <p className="row">
                  {theirs && (
                    <>
                      Their answer <Badge tone="accent">{summarise(schema, theirs as Answer)}</Badge>
                    </>
                  )}
                  {shown.label && (
                    <>
                      The label <Badge>{summarise(schema, shown.label as Answer)}</Badge>
                    </>
                  )}
                </p>
                <Posterior task={shown} schema={schema} />
                <Votes task={shown} schema={schema} />
                {appeal.status === 'OPEN' && (
                  <>
                    {resolve.error && <ErrorBox error={resolve.error} />}
                    <Field label="Your answer" hint="The worker reads it.">
                      <TextArea rows={2} maxLength={2000} value={reason} onChange={(e) => setReason(e.target.value)} />
                    </Field>
                    <div className="row">
                      <Button kind="primary" busy={resolve.isPending} disabled={reason.trim() === ''} onClick={() => answer(true)}>
                        Uphold and pay
                      </Button>
                      <Button kind="danger" busy={resolve.isPending} disabled={reason.trim() === ''} onClick={() => answer(false)}>
                        Dismiss
                      </Button>
                    </div>
                  </>
                )}
              </div>
            )
          }}
        </Loaded>
      )}
    </Loaded>
  )
}
