import { useState } from 'react'
import { useApiMutation, useApiQuery } from '../api/hooks'
import { AnswerView, summarise } from '../labels/AnswerView'
import { InputView } from '../labels/InputView'
import { shownByEditor } from '../labels/inputs'
import type { Answer, Kind, Schema } from '../labels/types'
import { Button } from '../ui/Button'
import { Badge, Meter, type Tone } from '../ui/Card'
import { Dialog } from '../ui/Dialog'
import { Field, Select, TextArea } from '../ui/Field'
import { formatShare } from '../ui/format'
import { PageHeader } from '../ui/PageHeader'
import { Empty, ErrorBox, Loaded } from '../ui/States'
import { toast } from '../ui/toast'
import { Money, RelativeTime } from '../ui/Values'
import { graphql } from './gql'
import type { AssignmentStatus, MyAnswersQuery } from './gql/graphql'

const MyAnswersOperation = graphql(`
  query MyAnswers($status: AssignmentStatus, $before: String) {
    myAssignments(status: $status, last: 30, before: $before) {
      nodes {
        id
        status
        submittedAt
        settledAt
        payMicros
        paidMicros
        reason
        note
        appeal
        input
        answer {
          choice
          choices
          rating
          number
          text
          preferred
          ranking
          boxes {
            class
            x
            y
            width
            height
          }
          spans {
            class
            start
            end
          }
        }
        votes {
          weight
          agrees
          mine
        }
        listing {
          id
          title
          currency
          schema {
            kind
            labels
            unit
          }
        }
      }
      pageInfo {
        hasPreviousPage
        startCursor
      }
    }
  }
`)

const AppealOperation = graphql(`
  mutation Appeal($assignment: ID!, $message: String!) {
    appeal(assignment: $assignment, message: $message)
  }
`)

type Mine = MyAnswersQuery['myAssignments']['nodes'][number]

const statuses: Record<AssignmentStatus, { name: string; tone: Tone }> = {
  LEASED: { name: 'In your hands', tone: 'accent' },
  SUBMITTED: { name: 'Pending', tone: 'neutral' },
  ACCEPTED: { name: 'Accepted', tone: 'good' },
  REJECTED: { name: 'Rejected', tone: 'bad' },
  RETURNED: { name: 'Given back', tone: 'neutral' },
  EXPIRED: { name: 'Time ran out', tone: 'warning' },
}

const reasons: Record<string, string> = {
  agrees: 'It agrees with the label that the task got.',
  disagrees: 'It does not agree with the label that the task got.',
  everyAnswer: 'This job pays every valid answer.',
  approved: 'The requester approved it.',
  rejectedByRequester: 'The requester rejected it.',
  reviewWindowOver: 'Nobody reviewed it in time, so it counts as accepted.',
  appealUpheld: 'Your appeal was upheld.',
  jobEnded: 'The job ended before a label was found, so it is paid.',
  skipped: 'You skipped it.',
  stopped: 'You gave it back.',
  'reported a problem': 'You reported a problem with it.',
}

const appeals: Record<string, { name: string; tone: Tone }> = {
  OPEN: { name: 'Appeal open', tone: 'accent' },
  UPHELD: { name: 'Appeal upheld', tone: 'good' },
  DISMISSED: { name: 'Appeal dismissed', tone: 'bad' },
}

export function AnswersPage() {
  const [status, setStatus] = useState<AssignmentStatus | ''>('')
  const [pages, setPages] = useState<(string | null)[]>([null])
  const [appealing, setAppealing] = useState<Mine | null>(null)
  const query = useApiQuery(MyAnswersOperation, { status: status || null, before: pages.at(-1) ?? null }, { placeholderData: (before) => before })
  return (
    <>
      <PageHeader title="My answers" subtitle="What became of each, and why.">
        <Field label="Status" hideLabel>
          <Select
            value={status}
            onChange={(e) => {
              setStatus(e.target.value as AssignmentStatus | '')
              setPages([null])
            }}
          >
            <option value="">All</option>
            {Object.entries(statuses).map(([value, { name }]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      </PageHeader>
      <Loaded query={query}>
        {({ myAssignments: { nodes, pageInfo } }) => (
          <div className="stack">
            {nodes.length === 0 ? (
              <Empty title={status ? 'None of that kind' : 'No answers yet'}>
                <p className="muted">Your answers appear here as soon as you submit them.</p>
              </Empty>
            ) : (
              <ul className="mine" aria-label="Answers">
                {[...nodes].reverse().map((mine) => (
                  <Row key={mine.id} mine={mine} onAppeal={() => setAppealing(mine)} />
                ))}
              </ul>
            )}
            <div className="row">
              {pages.length > 1 && <Button onClick={() => setPages(pages.slice(0, -1))}>Newer</Button>}
              {pageInfo.hasPreviousPage && <Button onClick={() => setPages([...pages, pageInfo.startCursor ?? null])}>Older</Button>}
            </div>
          </div>
        )}
      </Loaded>
      <AppealDialog mine={appealing} onClose={() => setAppealing(null)} />
    </>
  )
}

function Row({ mine, onAppeal }: { mine: Mine; onAppeal: () => void }) {
  const { name, tone } = statuses[mine.status]
  const appeal = mine.appeal && mine.appeal !== 'NONE' ? appeals[mine.appeal] : undefined
  const schema = mine.listing.schema as Schema
  const answer = mine.answer as Answer | null
  return (
    <li>
      <details className="card mine-row">
        <summary>
          <span className="mine-title">
            <strong>{mine.listing.title}</strong>
            <span className="muted">{answer ? summarise(schema, answer) : 'no answer'}</span>
          </span>
          <span className="row mine-end">
            {appeal && <Badge tone={appeal.tone}>{appeal.name}</Badge>}
            <Badge tone={tone}>{name}</Badge>
            <Money micros={mine.status === 'ACCEPTED' ? mine.paidMicros : mine.status === 'REJECTED' ? 0 : mine.payMicros} currency={mine.listing.currency} />
          </span>
        </summary>
        <div className="mine-more">
          <p>
            {mine.reason ? (reasons[mine.reason] ?? mine.reason) : mine.status === 'SUBMITTED' ? 'It is settled once the task has its label.' : ''}{' '}
            {mine.settledAt ? <RelativeTime at={mine.settledAt} /> : mine.submittedAt && <>Submitted <RelativeTime at={mine.submittedAt} />.</>}
          </p>
          {mine.note && <blockquote className="note">{mine.note}</blockquote>}
          {mine.votes.length > 0 && <Votes votes={mine.votes} />}
          <h2>The task</h2>
          <InputView input={mine.input} omit={schema.kind === 'BOXES' || schema.kind === 'SPANS' ? shownByEditor[schema.kind as Kind] : []} />
          {answer && (
            <>
              <h2>Your answer</h2>
              <AnswerView schema={schema} input={mine.input} answer={answer} />
            </>
          )}
          {mine.status === 'REJECTED' && !appeal && (
            <div>
              <Button onClick={onAppeal}>Appeal</Button>
            </div>
          )}
        </div>
      </details>
    </li>
  )
}

/** The votes behind a settlement: how far each was trusted, and on which side it was. */
function Votes({ votes }: { votes: Mine['votes'] }) {
  const agreed = votes.filter((vote) => vote.agrees)
  const weight = (list: Mine['votes']) => list.reduce((sum, vote) => sum + vote.weight, 0)
  return (
    <div className="outcome-votes">
      <h2>
        {agreed.length} of {votes.length} answers agreed
      </h2>
      <Meter value={weight(agreed) / Math.max(1e-9, weight(votes))} label="Share of the weight that agreed" tone="good" />
      <ul>
        {votes.map((vote, i) => (
          <li key={i}>
            <Badge tone={vote.agrees ? 'good' : 'neutral'}>{vote.agrees ? 'agrees' : 'differs'}</Badge> {vote.mine ? <strong>You</strong> : `Another worker`},{' '}
            <span className="muted">trusted to be right {formatShare(vote.weight)} of the time</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function AppealDialog({ mine, onClose }: { mine: Mine | null; onClose: () => void }) {
  const [message, setMessage] = useState('')
  const appeal = useApiMutation(AppealOperation, {
    refresh: ['MyAnswers'],
    onSuccess: () => {
      setMessage('')
      onClose()
      toast('Your appeal is with the quality managers.')
    },
  })
  return (
    <Dialog
      title="Appeal"
      open={mine !== null}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={appeal.isPending} disabled={!message.trim()} onClick={() => mine && appeal.mutate({ assignment: mine.id, message: message.trim() })}>
            Send the appeal
          </Button>
        </>
      }
    >
      {appeal.error && <ErrorBox error={appeal.error} />}
      <p>A quality manager looks at the task again. If you were right, the answer is paid.</p>
      <Field label="Why is your answer right?">
        <TextArea maxLength={2000} value={message} onChange={(e) => setMessage(e.target.value)} />
      </Field>
    </Dialog>
  )
}
