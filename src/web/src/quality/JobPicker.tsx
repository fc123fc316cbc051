import { useApiQuery } from '../api/hooks'
import { Field, Select } from '../ui/Field'
import { graphql } from './gql'

const QualityJobsOperation = graphql(`
  query QualityJobs {
    allJobs(first: 200) {
      nodes {
        id
        title
        status
      }
    }
  }
`)

/** The latest 200 jobs of all organisations, to choose one; the empty value is the one named by `none`. */
export function JobPicker({ value, onChange, none, label = 'Job' }: { value: string; onChange: (job: string) => void; none?: string; label?: string }) {
  const jobs = useApiQuery(QualityJobsOperation, undefined, { staleTime: 60_000 })
  return (
    <Field label={label}>
      <Select value={value} onChange={(e) => onChange(e.target.value)}>
        {none !== undefined && <option value="">{none}</option>}
        {jobs.data?.allJobs.nodes.map((job) => (
          <option key={job.id} value={job.id}>
            {job.title} ({job.status.toLowerCase()})
          </option>
        ))}
      </Select>
    </Field>
  )
}

/** The newest job there is, for pages that are about one job. */
export function useNewestJob(): string {
  const jobs = useApiQuery(QualityJobsOperation, undefined, { staleTime: 60_000 })
  return jobs.data?.allJobs.nodes[0]?.id ?? ''
}
