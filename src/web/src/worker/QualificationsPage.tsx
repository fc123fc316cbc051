import { useSearchParams } from 'react-router'
import { useApiQuery } from '../api/hooks'
import { useMe } from '../session/me'
import { ButtonLink } from '../ui/Button'
import { Badge, Card } from '../ui/Card'
import { formatSeconds, formatShare, parseDuration } from '../ui/format'
import { PageHeader } from '../ui/PageHeader'
import { Empty, Loaded } from '../ui/States'
import { RelativeTime } from '../ui/Values'
import { graphql } from './gql'
import type { ExamsQuery } from './gql/graphql'

const ExamsOperation = graphql(`
  query Exams {
    exams(first: 100) {
      nodes {
        id
        title
        qualification
        questionCount
        passMark
        attempts
        timeLimit
        mine {
          attempts
          until
          retryFrom
          lastRight
          passed
        }
      }
    }
  }
`)

const MyQualificationsOperation = graphql(`
  query MyQualifications($worker: ID!) {
    worker(id: $worker) {
      qualifications
    }
  }
`)

type Exam = ExamsQuery['exams']['nodes'][number]

export function QualificationsPage() {
  const { me } = useMe()
  const [parameters] = useSearchParams()
  const wanted = parameters.get('for')
  const exams = useApiQuery(ExamsOperation, {})
  const mine = useApiQuery(MyQualificationsOperation, { worker: me?.worker ?? '' }, { enabled: !!me?.worker })
  return (
    <>
      <PageHeader title="Qualifications" subtitle="Some jobs want to know beforehand that you can do them. Who passes a test has its qualification for good." />
      <div className="stack">
        <Card title="What you have">
          <Loaded query={mine} lines={1}>
            {({ worker }) =>
              worker.qualifications.length === 0 ? (
                <p className="muted">None yet.</p>
              ) : (
                <ul className="row requirements">
                  {worker.qualifications.map((name) => (
                    <li key={name}>
                      <Badge tone="good">✓ {name}</Badge>
                    </li>
                  ))}
                </ul>
              )
            }
          </Loaded>
        </Card>
        <Loaded query={exams}>
          {({ exams: { nodes } }) => {
            const shown = wanted ? [...nodes].sort((a, b) => Number(b.qualification === wanted) - Number(a.qualification === wanted)) : nodes
            return (
              <>
                {wanted && !nodes.some((exam) => exam.qualification === wanted) && (
                  <p className="notice">
                    There is no test for <strong>{wanted}</strong>: a quality manager grants it.
                  </p>
                )}
                {shown.length === 0 ? (
                  <Empty title="No tests right now">
                    <p className="muted">Most jobs need none.</p>
                  </Empty>
                ) : (
                  <ul className="listings" aria-label="Tests">
                    {shown.map((exam) => (
                      <Row key={exam.id} exam={exam} />
                    ))}
                  </ul>
                )}
              </>
            )
          }}
        </Loaded>
      </div>
    </>
  )
}

function Row({ exam }: { exam: Exam }) {
  const { mine } = exam
  const left = exam.attempts - (mine?.attempts ?? 0)
  const running = mine?.until && Date.parse(mine.until) > Date.now()
  const waiting = mine?.retryFrom && Date.parse(mine.retryFrom) > Date.now()
  return (
    <li className="card listing">
      <div className="listing-what">
        <h2>{exam.title}</h2>
        <p className="muted">
          Grants <strong>{exam.qualification}</strong>
        </p>
      </div>
      <dl className="listing-figures">
        <div>
          <dt>Questions</dt>
          <dd>{exam.questionCount}</dd>
        </div>
        <div>
          <dt>To pass</dt>
          <dd>{formatShare(exam.passMark)} right</dd>
        </div>
        <div>
          <dt>Time</dt>
          <dd>{formatSeconds(parseDuration(exam.timeLimit))}</dd>
        </div>
        <div>
          <dt>Tries left</dt>
          <dd>
            {left} of {exam.attempts}
          </dd>
        </div>
      </dl>
      <div className="listing-action">
        {mine?.passed ? (
          <Badge tone="good">Passed</Badge>
        ) : running ? (
          <ButtonLink kind="primary" to={`/work/exams/${exam.id}`}>
            Go on
          </ButtonLink>
        ) : left <= 0 ? (
          <Badge tone="bad">No tries left</Badge>
        ) : waiting ? (
          <span className="muted">
            Again <RelativeTime at={mine.retryFrom!} />
          </span>
        ) : (
          <ButtonLink kind="primary" to={`/work/exams/${exam.id}`} aria-label={`Take the test: ${exam.title}`}>
            Take the test
          </ButtonLink>
        )}
      </div>
    </li>
  )
}
