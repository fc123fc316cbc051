import { useParams } from 'react-router'
import { useApiMutation, useApiQuery } from '../api/hooks'
import { summarise } from '../labels/AnswerView'
import type { Answer, Schema } from '../labels/types'
import { Button } from '../ui/Button'
import { Badge, Card } from '../ui/Card'
import { confirm } from '../ui/Confirm'
import { formatShare } from '../ui/format'
import { ProblemList } from '../ui/ProblemList'
import { PageHeader } from '../ui/PageHeader'
import { Loaded } from '../ui/States'
import { toast, toastError } from '../ui/toast'
import { graphql } from './gql'
import { MakeGoldOperation } from './goldOperations'
import { History } from './History'
import { SettleForm } from './SettleForm'
import { JobOfTaskOperation, ofDecisions, ReviewedTaskOperation, shortId } from './task'
import { Answers, CurrentLabel, Instructions, Posterior, TaskInput, Votes } from './TaskView'

const TaskHistoryOperation = graphql(`
  query TaskHistory($id: ID!) {
    task(id: $id) {
      history {
        position
        type
        at
        actor
        data
      }
    }
  }
`)

const ways: Record<string, string> = { CONSENSUS: 'by consensus', LOW_CONFIDENCE: 'with low confidence', ADJUDICATION: 'by a quality manager', JOB_CLOSED: 'when its job closed' }

/** One task with everything that is known of it; its label can be given anew. */
export default function TaskPage() {
  const { id = '' } = useParams()
  const task = useApiQuery(ReviewedTaskOperation, { id })
  const job = useApiQuery(JobOfTaskOperation, { id: task.data?.task.job ?? '' }, { enabled: task.data !== undefined, staleTime: 60_000 })
  const history = useApiQuery(TaskHistoryOperation, { id })
  const makeGold = useApiMutation(MakeGoldOperation, { refresh: [...ofDecisions, 'GoldOfJob', 'GoldCandidates'], onError: toastError })
  const refresh = async () => {
    await Promise.all([task.refetch(), history.refetch()])
  }
  return (
    <Loaded query={task}>
      {({ task: shown }) => (
        <>
          <PageHeader title={`Task ${shown.externalId}`} subtitle={job.data?.job.title} back={{ to: '/quality', label: 'Queue' }}>
            {shown.stage === 'DECIDED' && (
              <Button
                busy={makeGold.isPending}
                onClick={() =>
                  void confirm({
                    title: 'Make this task gold?',
                    body: <p>Its label counts as known, and workers who never had it are given it unmarked. What was answered and paid before stands.</p>,
                    action: 'Make it gold',
                    reason: 'Why this task',
                  }).then((reply) => reply && makeGold.mutate({ task: id, reason: reply.reason }, { onSuccess: () => toast('It measures workers from now on.') }))
                }
              >
                Make it gold
              </Button>
            )}
          </PageHeader>
          <Loaded query={job}>
            {({ job: of }) => {
              const schema = of.schema as Schema
              return (
                <article className={schema.kind === 'BOXES' ? 'review wide' : 'review'} aria-label={`Task ${shown.externalId}`}>
                  <div className="review-main">
                    <Card title="The task">
                      <Instructions job={of} />
                      <TaskInput task={shown} schema={schema} />
                    </Card>
                    <Card title="Answers">
                      <Answers task={shown} schema={schema} />
                    </Card>
                    {shown.problemReports.length > 0 && (
                      <Card title="Problems that workers reported">
                        <ProblemList reports={shown.problemReports} nameOf={shortId} />
                      </Card>
                    )}
                    <Card title="History">
                      <Loaded query={history}>{(data) => <History entries={data.task.history} />}</Loaded>
                    </Card>
                  </div>
                  <div className="review-side">
                    <Card title="Label" end={<Badge tone={shown.stage === 'DECIDED' ? 'good' : 'warning'}>{shown.stage.toLowerCase()}</Badge>}>
                      {shown.label || shown.gold ? (
                        <>
                          {shown.label ? <CurrentLabel task={shown} schema={schema} /> : <p>Known: {summarise(schema, shown.gold as Answer)}</p>}
                          {shown.decidedBy && (
                            <p className="muted">
                              Decided {ways[shown.decidedBy]}
                              {shown.confidence != null && <>, confidence {formatShare(shown.confidence, 1)}</>}.{shown.reason && <> “{shown.reason}”</>}
                            </p>
                          )}
                        </>
                      ) : (
                        <p className="muted">It has no label yet.</p>
                      )}
                      <Posterior task={shown} schema={schema} />
                      <Votes task={shown} schema={schema} />
                    </Card>
                    {shown.stage !== 'CLOSED' && !shown.gold && (
                      <Card title={shown.stage === 'DECIDED' ? 'Give another label' : 'Settle as'}>
                        <p className="muted">Answers that were rejected and are proved right are paid; what was paid stands.</p>
                        <SettleForm
                          key={`${shown.id}:${shown.version}`}
                          task={shown}
                          schema={schema}
                          onOutdated={() => void refresh()}
                          onSettled={(label) => {
                            toast(`Settled as ${summarise(schema, label)}.`)
                            void refresh()
                          }}
                        />
                      </Card>
                    )}
                  </div>
                </article>
              )
            }}
          </Loaded>
        </>
      )}
    </Loaded>
  )
}
