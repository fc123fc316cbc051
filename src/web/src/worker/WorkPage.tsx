import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useNavigate, useParams } from 'react-router'
import { serverNow } from '../api/clock'
import { send } from '../api/client'
import { useApiQuery } from '../api/hooks'
import { TaskForm } from '../labels/AnswerEditor'
import { emptyAnswer, missing as missingPart } from '../labels/completeness'
import type { Answer, Schema } from '../labels/types'
import { useKeys } from '../labels/useKeys'
import { useMe } from '../session/me'
import { Button, ButtonLink } from '../ui/Button'
import { formatMoney, formatSeconds } from '../ui/format'
import { Empty, ErrorBox, Loaded, Loading } from '../ui/States'
import { toastError } from '../ui/toast'
import { useTitle } from '../ui/useTitle'
import { graphql } from './gql'
import type { WorkListingQuery } from './gql/graphql'
import { HelpDialog, ReportDialog } from './WorkDialogs'
import { WorkSession, type Work } from './session/WorkSession'

const WorkListingOperation = graphql(`
  query WorkListing($job: ID!) {
    listing(job: $job) {
      id
      title
      instructions
      examples {
        input
        why
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
      }
      requester
      payMicros
      currency
      payFor
      leaseTime
      schema {
        kind
        labels
        least
        most
        whole
        unit
        overlap
        tie
      }
    }
  }
`)

const ReturnOperation = graphql(`
  mutation ReturnWork($assignment: ID!, $reason: String) {
    returnAssignment(assignment: $assignment, reason: $reason)
  }
`)

const OutcomesOperation = graphql(`
  query LatestOutcomes {
    myAssignments(last: 50) {
      nodes {
        id
        job
        reason
        submittedAt
      }
    }
  }
`)

export function WorkPage() {
  const { job = '' } = useParams()
  const { me } = useMe()
  const query = useApiQuery(WorkListingOperation, { job }, { staleTime: Infinity })
  if (!me?.worker) return <Empty title="Only workers can do this" />
  return <Loaded query={query}>{({ listing }) => <Sitting key={job} listing={listing} worker={me.worker!} />}</Loaded>
}

type Listing = WorkListingQuery['listing']

function Sitting({ listing, worker }: { listing: Listing; worker: string }) {
  useTitle(listing.title)
  const session = useMemo(() => new WorkSession(listing.id, worker), [listing.id, worker])
  const state = useSyncExternalStore(session.subscribe, session.snapshot)
  const [help, setHelp] = useState(false)
  useEffect(() => {
    session.start()
    return () => session.stop()
  }, [session])
  useEffect(() => {
    const leaving = (event: BeforeUnloadEvent) => {
      if (session.snapshot().sending > 0) event.preventDefault()
    }
    addEventListener('beforeunload', leaving)
    return () => removeEventListener('beforeunload', leaving)
  }, [session])
  useEffect(() => {
    // What became of the latest answers says whether a break would do good; now and then is enough.
    if (state.answered === 0 || state.answered % 10 !== 0) return
    send(OutcomesOperation, {}).then(
      ({ myAssignments }) =>
        session.learn(
          myAssignments.nodes
            .filter((one) => one.job === listing.id && one.submittedAt && (one.reason === 'agrees' || one.reason === 'disagrees'))
            .sort((a, b) => Date.parse(a.submittedAt!) - Date.parse(b.submittedAt!))
            .map((one) => one.reason === 'agrees'),
        ),
      () => undefined, // without it only the pace counts
    )
  }, [state.answered, session, listing.id])
  useKeys((event) => {
    if (event.key !== '?') return false
    setHelp(true)
    return true
  })

  return (
    <div className="work">
      <header className="work-bar">
        <h1>{listing.title}</h1>
        <p className="muted">
          {formatMoney(listing.payMicros, listing.currency)} a task
          {state.answered > 0 && ` · ${state.answered} answered`}
          {state.earnedMicros > 0 && ` · up to ${formatMoney(state.earnedMicros, listing.currency)}`}
        </p>
        <div className="row work-bar-end">
          <span className={state.stuck ? 'badge warning' : 'badge'} role="status">
            {state.sending === 0 ? 'All saved' : state.stuck ? `${state.sending} kept here, not sent yet` : `Saving ${state.sending}`}
          </span>
          <Button small shortcut="?" onClick={() => setHelp(true)}>
            Instructions
          </Button>
          <ButtonLink small to="/work">
            Stop
          </ButtonLink>
        </div>
      </header>
      {state.returned.map((letter) => (
        <div key={letter.assignment} className="notice bad" role="alert">
          <strong>One answer was not taken.</strong> {letter.message}{' '}
          <Button small onClick={() => session.dismissReturned(letter.assignment)}>
            Understood
          </Button>
        </div>
      ))}
      {state.breakReason && (
        <div className="notice warning" role="status">
          <strong>A short break?</strong> {state.breakReason} Your place is kept.{' '}
          <Button small onClick={() => session.endBreak()}>
            I am back, or go on
          </Button>
        </div>
      )}
      {state.current ? (
        <TaskView key={state.current.id} work={state.current} listing={listing} session={session} />
      ) : state.error ? (
        state.error.code === 'NO_WORK' ? (
          <Empty title={state.answered > 0 ? 'All done for now' : 'No task for you right now'}>
            <p className="muted">{state.error.message} This page asks again by itself.</p>
            <ButtonLink kind="primary" to="/work">
              Find other work
            </ButtonLink>
          </Empty>
        ) : (
          <ErrorBox error={state.error} retry={() => void session.refill()} />
        )
      ) : (
        <Loading lines={4} />
      )}
      <HelpDialog open={help} onClose={() => setHelp(false)} instructions={listing.instructions} schema={listing.schema as Schema} examples={listing.examples} />
    </div>
  )
}

/** Seconds before the end of a lease from which it is announced. */
const announced = 60

function TaskView({ work, listing, session }: { work: Work; listing: Listing; session: WorkSession }) {
  const schema = listing.schema as Schema
  const navigate = useNavigate()
  const [answer, setAnswer] = useState<Answer>(() => session.draftOf(work.id) ?? emptyAnswer(schema, work.input))
  const [tried, setTried] = useState(false)
  const [report, setReport] = useState(false)
  const [busy, setBusy] = useState(false)
  const left = useSecondsUntil(work.leaseUntil)
  const incomplete = missingPart(schema, answer, work.input)
  const over = left <= 0

  const change = (next: Answer) => {
    setAnswer(next)
    session.keepDraft(work.id, next)
  }
  const submit = () => {
    if (over) return
    setTried(true)
    if (incomplete) return
    performance.mark('crowd.submit')
    session.submit(schema, answer)
  }
  const giveBack = async (reason: string) => {
    setBusy(true)
    try {
      await send(ReturnOperation, { assignment: work.id, reason })
      session.drop()
    } catch (error) {
      setBusy(false)
      toastError(error)
    }
  }
  const giveAllBack = async () => {
    setBusy(true)
    try {
      for (const assignment of [work.id, ...session.held]) await send(ReturnOperation, { assignment, reason: 'stopped' })
      await navigate('/work')
    } catch (error) {
      setBusy(false)
      toastError(error)
    }
  }

  useEffect(() => {
    // From the press of the button to the task that followed it standing on the screen.
    if (performance.getEntriesByName('crowd.submit').length === 0) return
    const frame = requestAnimationFrame(() => {
      performance.measure('crowd.next-task', 'crowd.submit')
      performance.clearMarks('crowd.submit')
    })
    return () => cancelAnimationFrame(frame)
  }, [])
  useKeys((event) => {
    // A button or a link does with Enter what it says.
    if (event.key === 'Enter' && !(event.target instanceof Element && event.target.closest('button, a, summary'))) submit()
    else if (event.key === 's') void giveBack('skipped')
    else if (event.key === 'r') setReport(true)
    else return false
    return true
  }, !busy)
  useEffect(() => {
    // While typing, too.
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || document.querySelector('dialog[open]')) return
      const field = event.target instanceof HTMLInputElement && event.target.type === 'text'
      if (event.ctrlKey || event.metaKey || field) {
        event.preventDefault()
        submit()
      }
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  })

  return (
    <section className="card task" aria-label="Task">
      <h2 className="sr-only">Task</h2>
      {over ? (
        <div className="notice warning" role="alert">
          <strong>Time for this task is over.</strong> It went back to the others, so it can no longer be submitted.{' '}
          <Button small onClick={() => session.drop()}>
            Next task
          </Button>
        </div>
      ) : (
        left <= announced && (
          <div className="notice warning" role="status">
            <strong>This task is yours for another {Math.ceil(left / 10) * 10} seconds.</strong> Submit before then, or it goes back to the others.
          </div>
        )
      )}
      <TaskForm schema={schema} input={work.input} answer={answer} onChange={change} keys={!over && !busy} />
      <footer className="task-actions">
        <Button kind="primary" shortcut="Enter" disabled={over || busy} onClick={submit}>
          Submit
        </Button>
        <Button shortcut="S" disabled={busy} onClick={() => void giveBack('skipped')}>
          Skip
        </Button>
        <Button kind="quiet" shortcut="R" disabled={busy} onClick={() => setReport(true)}>
          Report a problem
        </Button>
        <Button kind="quiet" disabled={busy} onClick={() => void giveAllBack()}>
          Give back and leave
        </Button>
        <span className="muted task-time">{!over && left > announced && `${formatSeconds(left)} left`}</span>
      </footer>
      <p className="field-error task-missing" role="alert">
        {tried && incomplete}
      </p>
      <ReportDialog
        assignment={work.id}
        open={report}
        onClose={() => setReport(false)}
        onReported={() => {
          setReport(false)
          session.drop()
        }}
      />
    </section>
  )
}

/** Seconds until the instant by the server's clock, renewed every second near the end and every ten before. */
function useSecondsUntil(instant: string) {
  const [left, setLeft] = useState(() => (Date.parse(instant) - serverNow()) / 1000)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const tick = () => {
      const seconds = (Date.parse(instant) - serverNow()) / 1000
      setLeft(seconds)
      if (seconds > 0) timer = setTimeout(tick, seconds <= announced + 10 ? 1_000 : 10_000)
    }
    tick()
    return () => clearTimeout(timer)
  }, [instant])
  return left
}
