import { useState, type FormEvent, type ReactNode } from 'react'
import { newId } from '../api/client'
import { useApiMutation, useApiQuery } from '../api/hooks'
import { TaskForm } from '../labels/AnswerEditor'
import { emptyAnswer, missing, toAnswerInput } from '../labels/completeness'
import { kindNames, type Answer, type Kind, type Schema } from '../labels/types'
import { Button } from '../ui/Button'
import { Badge, Card } from '../ui/Card'
import { confirm } from '../ui/Confirm'
import { Field, Input, Select, TextArea } from '../ui/Field'
import { formatShare } from '../ui/format'
import { PageHeader } from '../ui/PageHeader'
import { Empty, ErrorBox, Loaded } from '../ui/States'
import { Table } from '../ui/Table'
import { toast, toastError } from '../ui/toast'
import { graphql } from './gql'
import type { LabelSchemaInput } from './gql/graphql'

const ExamListOperation = graphql(`
  query ExamList($requester: ID) {
    exams(requester: $requester, first: 100) {
      nodes {
        id
        title
        qualification
        questionCount
        passMark
        begunCount
        passedCount
        retired
      }
    }
  }
`)

const PublishExamOperation = graphql(`
  mutation PublishExam($exam: ExamInput!, $id: ID!, $requester: ID) {
    publishExam(exam: $exam, id: $id, requester: $requester) {
      id
    }
  }
`)

const RetireExamOperation = graphql(`
  mutation RetireExam($id: ID!) {
    retireExam(id: $id) {
      id
    }
  }
`)

/** Qualification tests, of an organisation or (for quality managers) all: how they went, ending them, making a new one. */
export default function Exams({ requester = null, edits = true, end: atEnd }: { requester?: string | null; edits?: boolean; end?: ReactNode }) {
  const query = useApiQuery(ExamListOperation, { requester })
  const [making, setMaking] = useState(false)
  const retire = useApiMutation(RetireExamOperation, { refresh: ['ExamList'], onError: toastError })
  const end = async (id: string, title: string) => {
    if (await confirm({ title: `End ${title}?`, body: <p>Nobody begins it any more. Who passed keeps the qualification.</p>, action: 'End it', danger: true })) retire.mutate({ id })
  }
  return (
    <>
      <PageHeader title="Exams" subtitle="Who passes an exam has its qualification, and may work where it is wanted.">
        {atEnd}
        {edits && !making && (
          <Button kind="primary" onClick={() => setMaking(true)}>
            New exam
          </Button>
        )}
      </PageHeader>
      <div className="stack">
        {making && <NewExam requester={requester} onDone={() => setMaking(false)} />}
        <Loaded query={query}>
          {({ exams: { nodes } }) =>
            nodes.length === 0 ? (
              <Empty title="No exams yet">
                <p className="muted">An exam asks questions whose answers are known. A job that wants its qualification is open only to those who passed.</p>
              </Empty>
            ) : (
              <Table
                caption="Exams"
                rows={nodes}
                keyOf={(exam) => exam.id}
                columns={[
                  { head: 'Exam', cell: (exam) => exam.title },
                  { head: 'Grants', cell: (exam) => exam.qualification },
                  { head: 'Questions', numeric: true, minor: true, cell: (exam) => exam.questionCount },
                  { head: 'To pass', numeric: true, minor: true, cell: (exam) => formatShare(exam.passMark) },
                  { head: 'Tries', numeric: true, cell: (exam) => exam.begunCount ?? '' },
                  { head: 'Passed', numeric: true, cell: (exam) => exam.passedCount ?? '' },
                  {
                    head: 'Status',
                    cell: (exam) =>
                      exam.retired ? (
                        <Badge>ended</Badge>
                      ) : !edits || exam.begunCount == null ? (
                        <Badge tone="good">open</Badge>
                      ) : (
                        <Button small onClick={() => void end(exam.id, exam.title)} aria-label={`End ${exam.title}`}>
                          End
                        </Button>
                      ),
                  },
                ]}
              />
            )
          }
        </Loaded>
      </div>
    </>
  )
}

/** What qualifications that an organisation grants begin with. */
const markOf = (requester: string) => `org-${requester.slice(-8)}:`

/** Kinds that an exam made here may have; others are published over the API. */
const kinds = ['SINGLE_CHOICE', 'MULTI_CHOICE', 'RATING', 'SPANS'] as const satisfies Kind[]
type ExamKind = (typeof kinds)[number]

interface Question {
  text: string
  answer: Answer
}

function schemaOf(kind: ExamKind, labels: string[]): { schema: Schema; input: LabelSchemaInput } {
  switch (kind) {
    case 'SINGLE_CHOICE':
      return { schema: { kind, labels }, input: { singleChoice: { labels } } }
    case 'MULTI_CHOICE':
      return { schema: { kind, labels, least: 0, most: labels.length }, input: { multiChoice: { labels } } }
    case 'SPANS':
      return { schema: { kind, labels }, input: { spans: { classes: labels } } }
    case 'RATING':
      return { schema: { kind, least: 1, most: 5 }, input: { rating: { from: 1, to: 5 } } }
  }
}

function NewExam({ requester, onDone }: { requester: string | null; onDone: () => void }) {
  // One id for all tries of this form: sent twice, it is one exam.
  const [id] = useState(() => newId('exam'))
  const [title, setTitle] = useState('')
  const [qualification, setQualification] = useState('')
  const [instructions, setInstructions] = useState('')
  const [kind, setKind] = useState<ExamKind>('SINGLE_CHOICE')
  const [names, setNames] = useState('')
  const [percent, setPercent] = useState('80')
  const [attempts, setAttempts] = useState('3')
  const [questions, setQuestions] = useState<Question[]>([{ text: '', answer: {} }])
  const labels = [...new Set(names.split('\n').map((name) => name.trim()).filter(Boolean))]
  const { schema, input } = schemaOf(kind, labels)
  const publish = useApiMutation(PublishExamOperation, {
    refresh: ['ExamList'],
    onSuccess: () => {
      toast('The exam is open to workers.')
      onDone()
    },
  })
  const change = (index: number, next: Partial<Question>) => setQuestions(questions.map((question, i) => (i === index ? { ...question, ...next } : question)))
  const incomplete = questions.findIndex((question) => !question.text.trim() || missing(schema, question.answer, { text: question.text }) !== null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    publish.mutate({
      id,
      requester,
      exam: {
        title,
        qualification,
        instructions,
        schema: input,
        passMark: Number(percent) / 100,
        attempts: Number(attempts),
        questions: questions.map((question) => ({ input: { text: question.text }, answer: toAnswerInput(schema, question.answer) })),
      },
    })
  }
  return (
    <Card title="New exam">
      <form className="stack" onSubmit={submit}>
        {publish.error && <ErrorBox error={publish.error} />}
        <div className="grid two">
          <Field label="Title">
            <Input required minLength={3} maxLength={200} value={title} onChange={(e) => setTitle(e.target.value)} />
          </Field>
          <Field label="Grants the qualification" hint={requester ? `Lower case letters, digits, '-', '.', ':'. It will begin with ${markOf(requester)}, so that nobody else can grant it.` : "Lower case letters, digits, '-', '.', ':'."}>
            <Input required pattern="[a-z0-9\-.:]{2,60}" value={qualification} onChange={(e) => setQualification(e.target.value)} />
          </Field>
          <Field label="To pass, in percent of right answers">
            <Input required type="number" min={1} max={100} value={percent} onChange={(e) => setPercent(e.target.value)} />
          </Field>
          <Field label="Tries of a worker, a day apart">
            <Input required type="number" min={1} max={20} value={attempts} onChange={(e) => setAttempts(e.target.value)} />
          </Field>
          <Field label="Kind of answer">
            <Select
              value={kind}
              onChange={(e) => {
                setKind(e.target.value as ExamKind)
                setQuestions(questions.map((question) => ({ ...question, answer: {} })))
              }}
            >
              {kinds.map((value) => (
                <option key={value} value={value}>
                  {kindNames[value]}
                </option>
              ))}
            </Select>
          </Field>
          {kind !== 'RATING' && (
            <Field label="Labels" hint="One a line.">
              <TextArea required rows={3} value={names} onChange={(e) => setNames(e.target.value)} />
            </Field>
          )}
        </div>
        <Field label="Instructions" hint="Markdown.">
          <TextArea value={instructions} onChange={(e) => setInstructions(e.target.value)} />
        </Field>
        {questions.map((question, index) => (
          <section key={index} className="stack" aria-label={`Question ${index + 1}`}>
            <Field label={`Question ${index + 1}`}>
              <TextArea required rows={2} value={question.text} onChange={(e) => change(index, { text: e.target.value, answer: kind === 'SPANS' ? {} : question.answer })} />
            </Field>
            {(labels.length > 0 || kind === 'RATING') && (
              <TaskForm
                schema={schema}
                input={kind === 'SPANS' ? { text: question.text } : {}}
                answer={Object.keys(question.answer).length > 0 ? question.answer : emptyAnswer(schema, {})}
                onChange={(answer) => change(index, { answer })}
              />
            )}
            {questions.length > 1 && (
              <Button small kind="quiet" onClick={() => setQuestions(questions.filter((_, i) => i !== index))}>
                Remove question {index + 1}
              </Button>
            )}
          </section>
        ))}
        <div className="row">
          <Button disabled={questions.length >= 50} onClick={() => setQuestions([...questions, { text: '', answer: {} }])}>
            One more question
          </Button>
          <Button kind="primary" type="submit" busy={publish.isPending} disabled={incomplete !== -1}>
            Publish
          </Button>
          <Button kind="quiet" onClick={onDone}>
            Cancel
          </Button>
        </div>
        {incomplete !== -1 && <p className="muted">Question {incomplete + 1} lacks its text or its known answer.</p>}
      </form>
    </Card>
  )
}
