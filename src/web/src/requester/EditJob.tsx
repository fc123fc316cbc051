import { useEffect, useState, type FormEvent } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { useApiMutation, useApiQuery } from '../api/hooks'
import { Button } from '../ui/Button'
import { PageHeader } from '../ui/PageHeader'
import { ErrorBox, Loaded } from '../ui/States'
import { draftOf, emptyDraft, inputOf, type Draft } from './draft'
import { graphql } from './gql'
import type { JobPartsFragment as Job } from './gql/graphql'
import { JobOperation } from './JobPage'
import { ForOrganisation, OrganisationChoice } from './organisation'
import { LabelStep } from './steps/LabelStep'
import { InstructionsStep } from './steps/InstructionsStep'
import { PriceStep } from './steps/PriceStep'
import { QualityStep } from './steps/QualityStep'
import { TasksStep } from './steps/TasksStep'

const CreateOperation = graphql(`
  mutation CreateJob($requester: ID!, $job: JobInput!, $key: String) {
    createJob(requester: $requester, job: $job, key: $key) {
      ...JobParts
    }
  }
`)

const ChangeOperation = graphql(`
  mutation ChangeJob($id: ID!, $job: JobInput!) {
    changeJob(id: $id, job: $job) {
      ...JobParts
    }
  }
`)

export const stepNames = ['Labels', 'Instructions', 'Quality', 'Price', 'Tasks and start']

/** A job that is not there yet: the first step makes it. */
export function NewJob() {
  return (
    <ForOrganisation>
      {(organisation) => (
        <>
          <PageHeader title="New job" subtitle={`For ${organisation.name}`} back={{ to: '/requester', label: 'Jobs' }}>
            <OrganisationChoice />
          </PageHeader>
          <Steps job={null} requester={organisation.id} />
        </>
      )}
    </ForOrganisation>
  )
}

/** A draft, or a job that runs, to be written on. */
export function EditJob() {
  const { job: id = '' } = useParams()
  const query = useApiQuery(JobOperation, { id })
  return (
    <Loaded query={query}>
      {({ job }) => (
        <>
          <PageHeader title={job.title} subtitle={job.status === 'DRAFT' ? 'Draft' : 'What is changed holds for tasks given out from now on.'} back={job.status === 'DRAFT' ? { to: '/requester', label: 'Jobs' } : { to: `/requester/jobs/${id}`, label: 'The job' }} />
          <Steps key={id} job={job} requester={job.requester} />
        </>
      )}
    </Loaded>
  )
}

function Steps({ job, requester }: { job: Job | null; requester: string }) {
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const step = job ? Math.min(5, Math.max(1, Number(search.get('step') ?? 1))) : 1
  const [draft, setDraft] = useState<Draft>(job ? draftOf(job) : emptyDraft)
  const [key] = useState(() => crypto.randomUUID())
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  const go = (to: number) => setSearch({ step: String(to) })
  const create = useApiMutation(CreateOperation, { refresh: ['Jobs'], onSuccess: (made) => void navigate(`/requester/jobs/${made.createJob.id}/edit?step=2`, { replace: true }) })
  const save = useApiMutation(ChangeOperation, { refresh: ['Job', 'Jobs', 'Forecast'] })
  const error = create.error ?? save.error
  const violations = error?.violations ?? []
  const errorOf = (path: string) => violations.find((v) => v.path === path || v.path.startsWith(`${path}.`) || v.path.startsWith(`${path}[`))?.message ?? null

  useEffect(() => {
    document.getElementById('step')?.scrollIntoView({ block: 'nearest' })
    document.querySelector('.steps [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [step])

  /** Keeps what was written; then goes on. */
  const leave = (to: number) => {
    if (!job) create.mutate({ requester, job: inputOf(draft), key })
    else if (JSON.stringify(inputOf(draft)) === JSON.stringify(inputOf(draftOf(job)))) go(to)
    else save.mutate({ id: job.id, job: inputOf(draft) }, { onSuccess: () => go(to) })
  }

  const parts = { draft, change, errorOf, job, requester }
  return (
    <>
      <ol className="steps" aria-label="Steps">
        {stepNames.map((name, i) => (
          <li key={name}>
            <button type="button" className="step" aria-current={step === i + 1 ? 'step' : undefined} disabled={!job && i > 0} onClick={() => leave(i + 1)}>
              <span className="step-number" aria-hidden="true">
                {i + 1}
              </span>
              {name}
            </button>
          </li>
        ))}
      </ol>
      <form
        id="step"
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          leave(step + 1)
        }}
      >
        {error && <ErrorBox error={error} />}
        {step === 1 && <LabelStep {...parts} />}
        {step === 2 && <InstructionsStep {...parts} />}
        {step === 3 && <QualityStep {...parts} />}
        {step === 4 && <PriceStep {...parts} />}
        {step === 5 && job && <TasksStep job={job} />}
        <div className="row between">
          {step > 1 ? <Button onClick={() => leave(step - 1)}>Back</Button> : <span />}
          {step < 5 && (
            <Button type="submit" kind="primary" busy={create.isPending || save.isPending}>
              Save and go on
            </Button>
          )}
        </div>
      </form>
    </>
  )
}

/** What each step is given. */
export interface StepProps {
  draft: Draft
  change: (part: Partial<Draft>) => void
  /** What is wrong at a path of the specification. */
  errorOf: (path: string) => string | null
  job: Job | null
  /** The organisation that posts it. */
  requester: string
}
