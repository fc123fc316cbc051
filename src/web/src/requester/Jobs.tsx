import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useInfiniteQuery } from '@tanstack/react-query'
import { send } from '../api/client'
import { useApiMutation } from '../api/hooks'
import { Meter } from '../ui/Card'
import { Button, ButtonLink } from '../ui/Button'
import { Field, Select } from '../ui/Field'
import { formatCount } from '../ui/format'
import { PageHeader } from '../ui/PageHeader'
import { Empty, ErrorBox, Loading } from '../ui/States'
import { Table } from '../ui/Table'
import { toastError } from '../ui/toast'
import { Money, RelativeTime } from '../ui/Values'
import { graphql } from './gql'
import type { JobStatus } from './gql/graphql'
import { ForOrganisation, isEditor, OrganisationChoice, type Organisation } from './organisation'
import { jobAddress, StatusBadge, statusNames } from './StatusBadge'

const JobsOperation = graphql(`
  query Jobs($requester: ID!, $status: JobStatus, $after: String) {
    jobs(requester: $requester, status: $status, first: 25, after: $after) {
      nodes {
        id
        title
        status
        currency
        createdAt
        taskCount
        decidedCount
        spentMicros
        heldMicros
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

const CloneOperation = graphql(`
  mutation CloneJob($id: ID!, $title: String) {
    cloneJob(id: $id, title: $title) {
      id
    }
  }
`)

/** All jobs of the organisation. */
export default function Jobs() {
  return <ForOrganisation>{(organisation) => <JobList key={organisation.id} organisation={organisation} />}</ForOrganisation>
}

function JobList({ organisation }: { organisation: Organisation }) {
  const [status, setStatus] = useState<JobStatus | ''>('')
  const navigate = useNavigate()
  const clone = useApiMutation(CloneOperation, { refresh: ['Jobs'], onSuccess: (made) => void navigate(`/requester/jobs/${made.cloneJob.id}/edit`), onError: toastError })
  const query = useInfiniteQuery({
    queryKey: ['Jobs', organisation.id, status],
    queryFn: ({ pageParam, signal }) => send(JobsOperation, { requester: organisation.id, status: status || null, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.jobs.pageInfo.hasNextPage ? page.jobs.pageInfo.endCursor : null),
  })
  const jobs = query.data?.pages.flatMap((page) => page.jobs.nodes)
  return (
    <>
      <PageHeader title="Jobs" subtitle={organisation.name}>
        <OrganisationChoice />
        <Field label="Status" hideLabel>
          <Select value={status} onChange={(event) => setStatus(event.target.value as JobStatus | '')}>
            <option value="">Every status</option>
            {Object.entries(statusNames).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        {isEditor(organisation) && (
          <ButtonLink to="/requester/new" kind="primary">
            New job
          </ButtonLink>
        )}
      </PageHeader>
      {query.error && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {!jobs && !query.error && <Loading />}
      {jobs?.length === 0 && (
        <Empty title={status ? `No job is ${statusNames[status].toLowerCase()}` : 'No jobs yet'}>
          <p className="muted">{status ? 'Choose another status to see the others.' : 'A job says what is to be labelled, how well, and what an answer is worth. It takes five steps.'}</p>
          {!status && isEditor(organisation) && (
            <ButtonLink to="/requester/new" kind="primary">
              Make the first job
            </ButtonLink>
          )}
        </Empty>
      )}
      {jobs && jobs.length > 0 && (
        <Table
          caption="Jobs"
          rows={jobs}
          keyOf={(job) => job.id}
          columns={[
            {
              head: 'Job',
              cell: (job) => (
                <div className="job-name">
                  <Link to={jobAddress(job)}>{job.title}</Link>
                  <small className="muted">
                    made <RelativeTime at={job.createdAt} />
                  </small>
                </div>
              ),
            },
            { head: 'Status', cell: (job) => <StatusBadge status={job.status} /> },
            {
              head: 'Decided',
              minor: true,
              cell: (job) => (
                <div className="job-progress">
                  <Meter value={job.taskCount === 0 ? 0 : job.decidedCount / job.taskCount} label={`Decided tasks of ${job.title}`} />
                  <small>
                    {formatCount(job.decidedCount)} of {formatCount(job.taskCount)}
                  </small>
                </div>
              ),
            },
            { head: 'Spent', numeric: true, cell: (job) => <Money micros={job.spentMicros} currency={job.currency} /> },
            { head: 'Funded', numeric: true, minor: true, cell: (job) => <Money micros={job.heldMicros} currency={job.currency} /> },
            {
              head: <span className="sr-only">Actions</span>,
              minor: true,
              cell: (job) =>
                isEditor(organisation) && (
                  <Button small kind="quiet" aria-label={`Use as template: ${job.title}`} onClick={() => clone.mutate({ id: job.id, title: `${job.title} (copy)`.slice(0, 200) })}>
                    Use as template
                  </Button>
                ),
            },
          ]}
        />
      )}
      {query.hasNextPage && (
        <p className="more">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </p>
      )}
    </>
  )
}
