import { useSearchParams } from 'react-router'
import { useApiQuery } from '../api/hooks'
import { labelsOf } from '../oversight/labels'
import { Report } from '../oversight/Report'
import { PageHeader } from '../ui/PageHeader'
import { Empty, Loaded } from '../ui/States'
import { graphql } from './gql'
import { JobPicker, useNewestJob } from './JobPicker'

const ReportedJobOperation = graphql(`
  query ReportedJob($id: ID!) {
    job(id: $id) {
      id
      currency
      schema {
        kind
        labels
        least
        most
        tie
      }
    }
  }
`)

/** The oversight report of any job. */
export default function Reports() {
  const [asked, ask] = useSearchParams()
  const newest = useNewestJob()
  const job = asked.get('job') ?? newest
  return (
    <>
      <PageHeader title="Reports" />
      <JobPicker value={job} onChange={(next) => ask({ job: next }, { replace: true })} />
      {job ? <OfJob key={job} id={job} /> : <Empty title="There is no job yet" />}
    </>
  )
}

function OfJob({ id }: { id: string }) {
  const query = useApiQuery(ReportedJobOperation, { id })
  return <Loaded query={query}>{({ job }) => <Report job={{ id: job.id, currency: job.currency, ...labelsOf(job.schema) }} edits={false} kept={{ job: id }} />}</Loaded>
}
