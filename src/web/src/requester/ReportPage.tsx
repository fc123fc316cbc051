import { labelsOf } from '../oversight/labels'
import { Report } from '../oversight/Report'
import { useJob } from './JobPage'

/** The oversight report of the job. */
export default function ReportPage() {
  const { job, edits } = useJob()
  return <Report job={{ id: job.id, currency: job.currency, ...labelsOf(job.schema) }} edits={edits} />
}
