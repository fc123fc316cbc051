import { useCallback } from 'react'
import { NavLink, Outlet, useOutletContext, useParams } from 'react-router'
import { useQueryClient } from '@tanstack/react-query'
import { keyOf, useApiQuery } from '../api/hooks'
import { useSubscription } from '../api/subscribe'
import { useMe } from '../session/me'
import { PageHeader } from '../ui/PageHeader'
import { Loaded } from '../ui/States'
import { graphql } from './gql'
import type { JobPartsFragment as Job, JobProgressSubscription } from './gql/graphql'
import { JobActions } from './JobActions'
import { StatusBadge } from './StatusBadge'

export const JobOperation = graphql(`
  query Job($id: ID!) {
    job(id: $id) {
      ...JobParts
    }
  }
`)

const ProgressOperation = graphql(`
  subscription JobProgress($job: ID!) {
    jobProgress(job: $job) {
      ...JobParts
    }
  }
`)

export interface JobContext {
  job: Job
  /** The person may change and review. */
  edits: boolean
  /** The person may spend. */
  owns: boolean
}

export const useJob = () => useOutletContext<JobContext>()

const moves = (job?: Job) => job !== undefined && job.status !== 'CLOSED' && job.status !== 'CANCELLED'

/** The frame of a job's pages; what they show moves with the job. */
export function JobPage() {
  const { job: id = '' } = useParams()
  const { me } = useMe()
  const client = useQueryClient()
  const query = useApiQuery(JobOperation, { id })
  const onNext = useCallback(
    (next: JobProgressSubscription) => {
      client.setQueryData(keyOf(JobOperation, { id }), { job: next.jobProgress })
      void client.invalidateQueries({ queryKey: ['Statistics', { id }] })
    },
    [client, id],
  )
  useSubscription(ProgressOperation, { job: id }, onNext, moves(query.data?.job))
  return (
    <Loaded query={query}>
      {({ job }) => {
        const role = me?.organisations.find((o) => o.id === job.requester)?.role
        const context: JobContext = { job, edits: role === 'OWNER' || role === 'EDITOR', owns: role === 'OWNER' }
        return (
          <>
            <PageHeader
              title={job.title}
              back={{ to: '/requester', label: 'Jobs' }}
              subtitle={
                <span className="row">
                  <StatusBadge status={job.status} />
                  {job.status === 'PAUSED' && job.pauseReason && <span>{job.pauseReason}</span>}
                </span>
              }
            >
              <JobActions {...context} />
            </PageHeader>
            <nav className="tabs" aria-label="The job">
              <NavLink className="tab" to="." end>
                Progress
              </NavLink>
              <NavLink className="tab" to="results">
                Results
              </NavLink>
              {job.policies.payFor === 'REVIEWED' && (
                <NavLink className="tab" to="review">
                  Review
                </NavLink>
              )}
              <NavLink className="tab" to="problems">
                Problems
              </NavLink>
              <NavLink className="tab" to="report">
                Report
              </NavLink>
              <NavLink className="tab" to="history">
                History
              </NavLink>
            </nav>
            <Outlet context={context} />
          </>
        )
      }}
    </Loaded>
  )
}
