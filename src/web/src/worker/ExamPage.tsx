import { useEffect, useState } from 'react'
import { useParams } from 'react-router'
import { serverNow } from '../api/clock'
import { useApiMutation, useApiQuery } from '../api/hooks'
import { TaskForm } from '../labels/AnswerEditor'
import { emptyAnswer, missing, toAnswerInput } from '../labels/completeness'
import type { Answer, Schema } from '../labels/types'
import { useKeys } from '../labels/useKeys'
import { useMe } from '../session/me'
import { Button, ButtonLink } from '../ui/Button'
import { Card, Meter, Stat, Stats } from '../ui/Card'
import { confirm } from '../ui/Confirm'
import { formatSeconds, formatShare, parseDuration } from '../ui/format'
import { Markdown } from '../ui/Markdown'
import { PageHeader } from '../ui/PageHeader'
import { ErrorBox, Loaded } from '../ui/States'
import { RelativeTime } from '../ui/Values'
import { graphql } from './gql'
import type { BeginExamMutation, ExamQuery, SubmitExamMutation } from './gql/graphql'
import { kept } from './session/store'

const ExamOperation = graphql(`
  query Exam($id: ID!) {
    exam(id: $id) {
      id
      title
      instructions
      qualification
      questionCount
      passMark
      attempts
      coolDown
      timeLimit
      mine {
        attempts
        until
        retryFrom
        passed
      }
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

const BeginExamOperation = graphql(`
  mutation BeginExam($id: ID!) {
    beginExam(id: $id) {
      until
      questions {
        number
        input
      }
    }
  }
`)

const SubmitExamOperation = graphql(`
  mutation SubmitExam($id: ID!, $answers: [AnswerInput]!) {
    submitExam(id: $id, answers: $answers) {
      right
      questions
      passed
      attemptsLeft
      retryFrom
    }
  }
`)

type Exam = ExamQuery['exam']
type Result = SubmitExamMutation['submitExam']

export function ExamPage() {
  const { exam = '' } = useParams()
  const query = useApiQuery(ExamOperation, { id: exam })
  const [sitting, setSitting] = useState<BeginExamMutation['beginExam'] | null>(null)
  const [result, setResult] = useState<Result | null>(null)
  const begin = useApiMutation(BeginExamOperation, { onSuccess: ({ beginExam }) => setSitting(beginExam) })
  return (
    <Loaded query={query}>
      {({ exam: about }) => (
        <>
          <PageHeader title={about.title} back={{ to: '/work/qualifications', label: 'Qualifications' }} subtitle={`Grants ${about.qualification}`} />
          {result ? (
            <Outcome exam={about} result={result} />
          ) : sitting ? (
            <Sitting exam={about} sitting={sitting} onResult={setResult} />
          ) : (
            <div className="stack">
              <Stats>
                <Stat label="Questions" value={about.questionCount} />
                <Stat label="To pass" value={formatShare(about.passMark)} detail="right answers" />
                <Stat label="Time" value={formatSeconds(parseDuration(about.timeLimit))} detail="for one try" />
                <Stat label="Tries left" value={`${about.attempts - (about.mine?.attempts ?? 0)} of ${about.attempts}`} detail={`${formatSeconds(parseDuration(about.coolDown))} apart`} />
              </Stats>
              {about.instructions.trim() && (
                <Card title="Instructions">
                  <Markdown text={about.instructions} />
                </Card>
              )}
              {begin.error && <ErrorBox error={begin.error} />}
              <p className="muted">A try counts from its beginning. You are told how many answers were right, not which.</p>
              <div>
                <Button kind="primary" busy={begin.isPending} onClick={() => begin.mutate({ id: about.id })}>
                  {about.mine?.until && Date.parse(about.mine.until) > serverNow() ? 'Go on with the try' : 'Begin'}
                </Button>
              </div>
            </div>
          )}
        </>
      )}
    </Loaded>
  )
}

function Outcome({ exam, result }: { exam: Exam; result: Result }) {
  return (
    <Card title={result.passed ? 'Passed' : 'Not passed this time'}>
      <p>
        {result.right} of {result.questions} answers were right; {formatShare(exam.passMark)} were needed.
      </p>
      <Meter value={result.right / result.questions} label="Right answers" tone={result.passed ? 'good' : 'warning'} />
      {result.passed ? (
        <p>
          You have the qualification <strong>{exam.qualification}</strong> now.
        </p>
      ) : result.attemptsLeft > 0 && result.retryFrom ? (
        <p>
          You may try again <RelativeTime at={result.retryFrom} />; {result.attemptsLeft} {result.attemptsLeft === 1 ? 'try is' : 'tries are'} left.
        </p>
      ) : (
        <p>There are no tries left.</p>
      )}
      <ButtonLink kind="primary" to={result.passed ? '/work' : '/work/qualifications'}>
        {result.passed ? 'Find work' : 'Back to the tests'}
      </ButtonLink>
    </Card>
  )
}

function Sitting({ exam, sitting, onResult }: { exam: Exam; sitting: BeginExamMutation['beginExam']; onResult: (result: Result) => void }) {
  const { me } = useMe()
  const schema = exam.schema as Schema
  const [store] = useState(() => kept<{ until: string; answers: Answer[] }>(`crowd.exam.${me?.worker}.${exam.id}`, { until: '', answers: [] }))
  const [answers, setAnswers] = useState<Answer[]>(() => {
    const before = store.read()
    return before.until === sitting.until ? before.answers : sitting.questions.map((question) => emptyAnswer(schema, question.input))
  })
  const [at, setAt] = useState(0)
  const [left, setLeft] = useState(() => (Date.parse(sitting.until) - serverNow()) / 1000)
  const submit = useApiMutation(SubmitExamOperation, { onSuccess: ({ submitExam }) => onResult(submitExam), refresh: ['Exam', 'Exams', 'MyQualifications', 'Marketplace'] })
  useEffect(() => {
    const timer = setInterval(() => setLeft((Date.parse(sitting.until) - serverNow()) / 1000), 1_000)
    return () => clearInterval(timer)
  }, [sitting.until])

  const question = sitting.questions[at]!
  const answer = answers[at] ?? {}
  const open = sitting.questions.filter((q, i) => missing(schema, answers[i] ?? {}, q.input) !== null).length
  const last = at === sitting.questions.length - 1
  const change = (next: Answer) => {
    const all = sitting.questions.map((_, i) => (i === at ? next : (answers[i] ?? {})))
    setAnswers(all)
    store.write({ until: sitting.until, answers: all })
  }
  const handIn = async () => {
    if (open > 0 && !(await confirm({ title: 'Hand it in?', body: <p>{open === 1 ? 'One question has' : `${open} questions have`} no answer yet and would count as wrong.</p>, action: 'Hand in' }))) return
    submit.mutate({ id: exam.id, answers: sitting.questions.map((q, i) => (missing(schema, answers[i] ?? {}, q.input) === null ? toAnswerInput(schema, answers[i]!) : null)) })
  }
  const next = () => (last ? void handIn() : setAt(at + 1))
  useKeys((event) => {
    if (event.key !== 'Enter' || (event.target instanceof Element && event.target.closest('button, a'))) return false
    next()
    return true
  }, !submit.isPending)

  return (
    <section className="card task" aria-label={`Question ${question.number} of ${sitting.questions.length}`}>
      <div className="row between">
        <h2>
          Question {question.number} of {sitting.questions.length}
        </h2>
        <span className={left < 60 ? 'badge warning' : 'muted'}>{left > 0 ? `${formatSeconds(Math.max(0, Math.round(left)))} left` : 'Time is over'}</span>
      </div>
      <Meter value={(at + 1) / sitting.questions.length} label="Progress" />
      {submit.error && <ErrorBox error={submit.error} retry={() => void handIn()} />}
      <TaskForm key={question.number} schema={schema} input={question.input} answer={answer} onChange={change} keys={!submit.isPending} />
      <footer className="task-actions">
        <Button disabled={at === 0} onClick={() => setAt(at - 1)}>
          Back
        </Button>
        <Button kind="primary" shortcut="Enter" busy={submit.isPending} disabled={left <= 0} onClick={next}>
          {last ? 'Hand in' : 'Next'}
        </Button>
        <details className="exam-instructions">
          <summary>Instructions</summary>
          <Markdown text={exam.instructions || 'There are none.'} />
        </details>
      </footer>
    </section>
  )
}
