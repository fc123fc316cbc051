import { useParams } from 'react-router'
import { useApiQuery } from '../api/hooks'
import { AnswersView, AnswerView, summarise } from '../labels/AnswerView'
import { InputView } from '../labels/InputView'
import { Badge, Card } from '../ui/Card'
import { formatSeconds, formatShare } from '../ui/format'
import { ProblemList } from '../ui/ProblemList'
import { PageHeader } from '../ui/PageHeader'
import { Loaded } from '../ui/States'
import { Table } from '../ui/Table'
import { Money, RelativeTime } from '../ui/Values'
import { AnswerActions } from './AnswerActions'
import { graphql } from './gql'
import { HistoryList } from './HistoryList'
import { JobOperation } from './JobPage'
import { shortWorker } from './Progress'
import { decidedNames } from './Results'
import { StageBadge } from './StatusBadge'
import { useMe } from '../session/me'

export const TaskOperation = graphql(`
  query Task($id: ID!) {
    task(id: $id) {
      id
      externalId
      stage
      priority
      metadata
      input
      answerCount
      spentMicros
      confidence
      decidedConfidence
      decidedBy
      decidedAt
      addedAt
      finalMethod
      reason
      gold {
        ...AnswerParts
      }
      label {
        ...AnswerParts
      }
      decidedLabel {
        ...AnswerParts
      }
      votes {
        assignment
        worker
        weight
        agrees
      }
      assignments {
        id
        worker
        status
        offeredAt
        submittedAt
        durationMilliseconds
        agrees
        weight
        paidMicros
        reason
        note
        reviewDue
        answer {
          ...AnswerParts
        }
      }
      problemReports {
        assignment
        worker
        problem
        message
        reportedAt
      }
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

export const assignmentNames = { LEASED: 'Working on it', SUBMITTED: 'Submitted', ACCEPTED: 'Accepted', REJECTED: 'Rejected', RETURNED: 'Given back', EXPIRED: 'Ran out' }

/** One task: what it shows, its label and how it came about, every answer, and everything that happened. */
export default function TaskPage() {
  const { job: jobId = '', task: taskId = '' } = useParams()
  const { me } = useMe()
  const jobQuery = useApiQuery(JobOperation, { id: jobId })
  const query = useApiQuery(TaskOperation, { id: taskId })
  return (
    <Loaded query={jobQuery}>
      {({ job }) => (
        <Loaded query={query}>
          {({ task }) => {
            const role = me?.organisations.find((o) => o.id === job.requester)?.role
            const answered = task.assignments.filter((a) => a.answer)
            return (
              <div className="stack">
                <PageHeader title={task.externalId} back={{ to: `/requester/jobs/${jobId}/results`, label: 'Results' }} subtitle={<StageBadge stage={task.stage} />} />
                <div className="grid two">
                  <Card title="The task">
                    <InputView input={task.input} />
                    {task.metadata != null && (
                      <details>
                        <summary>Your data on it</summary>
                        <pre className="sample" tabIndex={0}>{JSON.stringify(task.metadata, null, 2)}</pre>
                      </details>
                    )}
                  </Card>
                  <Card title="The label">
                    {task.gold && (
                      <>
                        <p className="muted">A hidden test; the known answer is:</p>
                        <AnswerView schema={job.schema} input={task.input} answer={task.gold} />
                      </>
                    )}
                    {!task.gold && !task.label && <p className="muted">Not decided yet.</p>}
                    {!task.gold && task.label && (
                      <>
                        <AnswerView schema={job.schema} input={task.input} answer={task.label} />
                        <dl className="facts">
                          <div>
                            <dt>Confidence</dt>
                            <dd>{task.confidence == null ? '–' : formatShare(task.confidence, 1)}</dd>
                          </div>
                          {task.decidedBy && (
                            <div>
                              <dt>Decided by</dt>
                              <dd>
                                {decidedNames[task.decidedBy]}
                                {task.decidedAt && (
                                  <small className="muted">
                                    <RelativeTime at={task.decidedAt} />
                                  </small>
                                )}
                              </dd>
                            </div>
                          )}
                          {task.finalMethod && task.decidedLabel && (
                            <div>
                              <dt>At decision time</dt>
                              <dd>
                                {summarise(job.schema, task.decidedLabel)}
                                <small className="muted">revised by {task.finalMethod}</small>
                              </dd>
                            </div>
                          )}
                          {task.reason && (
                            <div>
                              <dt>Reason</dt>
                              <dd>{task.reason}</dd>
                            </div>
                          )}
                          <div>
                            <dt>Cost</dt>
                            <dd>
                              <Money micros={task.spentMicros} currency={job.currency} />
                            </dd>
                          </div>
                        </dl>
                      </>
                    )}
                  </Card>
                </div>
                <Card title="Answers">
                  {answered.length === 0 ? (
                    <p className="muted">Nobody has answered yet.</p>
                  ) : (
                    <>
                      <AnswersView
                        schema={job.schema}
                        input={task.input}
                        answers={answered.map((a) => ({ id: a.id, name: shortWorker(a.worker), answer: a.answer!, detail: a.weight == null ? undefined : `trusted ${formatShare(a.weight)}` }))}
                      />
                      <Table
                        caption="Votes and what came of them"
                        rows={task.assignments}
                        keyOf={(a) => a.id}
                        columns={[
                          { head: 'Worker', cell: (a) => <code>{shortWorker(a.worker)}</code> },
                          { head: 'Vote', cell: (a) => (a.agrees == null ? '–' : <Badge tone={a.agrees ? 'good' : 'warning'}>{a.agrees ? 'agrees' : 'differs'}</Badge>) },
                          { head: 'Outcome', cell: (a) => assignmentNames[a.status] },
                          { head: 'Time', numeric: true, minor: true, cell: (a) => (a.durationMilliseconds == null ? '–' : formatSeconds(a.durationMilliseconds / 1000)) },
                          { head: 'Paid', numeric: true, cell: (a) => <Money micros={a.paidMicros} currency={job.currency} /> },
                          { head: 'Note', minor: true, cell: (a) => a.note ?? '' },
                          { head: <span className="sr-only">Actions</span>, cell: (a) => a.status !== 'LEASED' && <AnswerActions job={job} answer={a} role={role} /> },
                        ]}
                      />
                    </>
                  )}
                </Card>
                {task.problemReports.length > 0 && (
                  <Card title="Problems that workers reported">
                    <ProblemList reports={task.problemReports} nameOf={shortWorker} />
                  </Card>
                )}
                <Card title="History">
                  <HistoryList entries={task.history} />
                </Card>
              </div>
            )
          }}
        </Loaded>
      )}
    </Loaded>
  )
}
