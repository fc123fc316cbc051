import { useState } from 'react'
import { Link } from 'react-router'
import { useApiQuery } from '../api/hooks'
import { AnswerView } from '../labels/AnswerView'
import { InputView } from '../labels/InputView'
import { Button } from '../ui/Button'
import { Card } from '../ui/Card'
import { Checkbox } from '../ui/Field'
import { formatCount } from '../ui/format'
import { Empty, Loaded } from '../ui/States'
import { RelativeTime } from '../ui/Values'
import { AnswerActions, useReview } from './AnswerActions'
import { graphql } from './gql'
import { useJob } from './JobPage'
import { shortWorker } from './Progress'

const ReviewsOperation = graphql(`
  query Reviews($id: ID!) {
    job(id: $id) {
      reviews(first: 50) {
        totalCount
        nodes {
          id
          task
          worker
          status
          submittedAt
          reviewDue
          durationMilliseconds
          input
          answer {
            ...AnswerParts
          }
        }
      }
    }
  }
`)

/** Answers that wait for approval, the first 50 of them; the next come as these are done. */
export default function Review() {
  const { job, edits, owns } = useJob()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const query = useApiQuery(ReviewsOperation, { id: job.id })
  const review = useReview(job.id)
  const toggle = (id: string) => setChosen((before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id]))
  const role = owns ? 'OWNER' : edits ? 'EDITOR' : 'VIEWER'
  return (
    <Loaded query={query}>
      {({ job: { reviews } }) => {
        if (reviews.nodes.length === 0)
          return (
            <Empty title="Nothing to review">
              <p className="muted">Answers appear here as workers submit them. What you do not review in time counts as approved.</p>
            </Empty>
          )
        const picked = reviews.nodes.filter((a) => chosen.has(a.id)).map((a) => a.id)
        return (
          <div className="stack">
            {edits && (
              <div className="card review-bar row between" role="group" aria-label="Chosen answers">
                <Checkbox label={`Choose all ${reviews.nodes.length}`} checked={picked.length === reviews.nodes.length} onChange={(e) => setChosen(new Set(e.target.checked ? reviews.nodes.map((a) => a.id) : []))} />
                <span className="muted">
                  {formatCount(picked.length)} chosen, {formatCount(reviews.totalCount ?? reviews.nodes.length)} waiting
                </span>
                <div className="row">
                  <Button kind="primary" disabled={picked.length === 0} busy={review.pending} onClick={() => void review.approve(picked).then(() => setChosen(new Set()))}>
                    Approve
                  </Button>
                  <Button kind="danger" disabled={picked.length === 0} busy={review.pending} onClick={() => void review.reject(picked).then((done) => done && setChosen(new Set()))}>
                    Reject …
                  </Button>
                </div>
              </div>
            )}
            {reviews.nodes.map((answer) => (
              <Card key={answer.id}>
                <div className="row between">
                  {edits ? (
                    <Checkbox label={`Answer of worker ${shortWorker(answer.worker)}`} checked={chosen.has(answer.id)} onChange={() => toggle(answer.id)} />
                  ) : (
                    <span>Answer of worker {shortWorker(answer.worker)}</span>
                  )}
                  <small className="muted">{answer.reviewDue && <>counts as approved <RelativeTime at={answer.reviewDue} /></>}</small>
                </div>
                <div className="grid two">
                  <InputView input={answer.input} omit={job.schema.kind === 'BOXES' ? ['image'] : job.schema.kind === 'SPANS' ? ['text'] : []} />
                  <div className="stack">
                    <div>{answer.answer && <AnswerView schema={job.schema} input={answer.input} answer={answer.answer} />}</div>
                    <div className="row">
                      <AnswerActions job={job} answer={answer} role={role} />
                      <Link to={`/requester/jobs/${job.id}/tasks/${answer.task}`}>The task and its history</Link>
                    </div>
                  </div>
                </div>
              </Card>
            ))}
          </div>
        )
      }}
    </Loaded>
  )
}
