import { useApiQuery } from '../api/hooks'
import { Card } from '../ui/Card'
import { Loaded } from '../ui/States'
import { graphql } from './gql'
import { HistoryList } from './HistoryList'
import { useJob } from './JobPage'

const JobHistoryOperation = graphql(`
  query JobHistory($job: ID!) {
    jobHistory(job: $job, first: 100) {
      nodes {
        position
        type
        at
        actor
        data
      }
    }
  }
`)

/** The newest 100 events of the job as a whole. */
export default function JobHistory() {
  const { job } = useJob()
  const query = useApiQuery(JobHistoryOperation, { job: job.id })
  return (
    <Card title="What happened">
      <Loaded query={query}>{({ jobHistory }) => <HistoryList entries={jobHistory.nodes} />}</Loaded>
    </Card>
  )
}
