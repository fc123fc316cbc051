import { useState } from 'react'
import { useApiMutation } from '../api/hooks'
import { Button } from '../ui/Button'
import { confirm } from '../ui/Confirm'
import { toast, toastError } from '../ui/toast'
import { BonusDialog } from './BonusDialog'
import { graphql } from './gql'
import type { AssignmentStatus, JobPartsFragment as Job, MemberRole } from './gql/graphql'

export const ReviewOperation = graphql(`
  mutation ReviewAnswers($job: ID!, $assignments: [ID!]!, $approve: Boolean!, $note: String) {
    reviewAnswers(job: $job, assignments: $assignments, approve: $approve, note: $note) {
      assignment
      code
      message
    }
  }
`)

/** Reviews answers and says what came of it. */
export function useReview(job: string) {
  const review = useApiMutation(ReviewOperation, {
    refresh: ['Reviews', 'Task', 'Job', 'Tasks'],
    onError: toastError,
    onSuccess: ({ reviewAnswers }, variables) => {
      const refused = reviewAnswers.filter((r) => r.code)
      const done = reviewAnswers.length - refused.length
      if (done > 0) toast(`${done} ${done === 1 ? 'answer' : 'answers'} ${variables.approve ? 'approved' : 'rejected'}.`)
      if (refused[0]) toast(`${refused.length} could not be: ${refused[0].message}`, 'bad')
    },
  })
  return {
    pending: review.isPending,
    approve: (assignments: string[]) => review.mutateAsync({ job, assignments, approve: true }),
    reject: async (assignments: string[]) => {
      const reply = await confirm({
        title: assignments.length === 1 ? 'Reject this answer?' : `Reject ${assignments.length} answers?`,
        body: <p>The worker is not paid, reads your reason, and may appeal.</p>,
        action: 'Reject',
        danger: true,
        reason: 'Reason, for the worker',
      })
      if (reply) await review.mutateAsync({ job, assignments, approve: false, note: reply.reason })
      return reply !== null
    },
  }
}

/** What a requester can do with one answer. */
export function AnswerActions({ job, answer, role }: { job: Job; answer: { id: string; worker: string; status: AssignmentStatus; reviewDue?: string | null }; role?: MemberRole | null }) {
  const review = useReview(job.id)
  const [bonus, setBonus] = useState(false)
  if (role !== 'OWNER' && role !== 'EDITOR') return null
  return (
    <div className="row">
      {answer.status === 'SUBMITTED' && answer.reviewDue && (
        <>
          <Button small busy={review.pending} onClick={() => void review.approve([answer.id])}>
            Approve
          </Button>
          <Button small kind="danger" busy={review.pending} onClick={() => void review.reject([answer.id])}>
            Reject
          </Button>
        </>
      )}
      {role === 'OWNER' && (
        <>
          <Button small onClick={() => setBonus(true)}>
            Bonus
          </Button>
          <BonusDialog job={job} worker={answer.worker} open={bonus} onClose={() => setBonus(false)} />
        </>
      )}
    </div>
  )
}
