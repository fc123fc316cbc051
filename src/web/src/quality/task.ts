import type { Answer, Schema } from '../labels/types'
import { graphql } from './gql'
import type { ReviewedTaskQuery } from './gql/graphql'

export const ReviewedTaskOperation = graphql(`
  query ReviewedTask($id: ID!) {
    task(id: $id) {
      id
      job
      externalId
      version
      stage
      input
      confidence
      decidedBy
      reason
      label {
        ...AnswerFields
      }
      gold {
        ...AnswerFields
      }
      problemReports {
        assignment
        worker
        problem
        message
        reportedAt
      }
      posterior {
        label {
          ...AnswerFields
        }
        probability
      }
      votes {
        assignment
        weight
        agrees
      }
      assignments {
        id
        worker
        status
        counts
        weight
        agrees
        goldRight
        durationMilliseconds
        reason
        appeal
        answer {
          ...AnswerFields
        }
      }
    }
  }
`)

export const JobOfTaskOperation = graphql(`
  query JobOfTask($id: ID!) {
    job(id: $id) {
      id
      title
      instructions
      examples {
        input
        why
        answer {
          ...AnswerFields
        }
      }
      status
      schema {
        kind
        labels
        least
        most
        whole
        unit
        overlap
        tie
      }
    }
  }
`)

export const AnswerFieldsFragment = graphql(`
  fragment AnswerFields on Answer {
    choice
    choices
    rating
    number
    text
    boxes {
      class
      x
      y
      width
      height
    }
    spans {
      class
      start
      end
    }
    preferred
    ranking
  }
`)

export const AdjudicateOperation = graphql(`
  mutation Adjudicate($task: ID!, $label: AnswerInput!, $reason: String!, $seen: Long) {
    adjudicate(task: $task, label: $label, reason: $reason, seen: $seen) {
      id
      version
    }
  }
`)

export type ReviewedTask = ReviewedTaskQuery['task']

/** Queries that hold something of a task's decision. */
export const ofDecisions = ['ReviewedTask', 'TaskHistory', 'Inspected', 'WorkerDetail']

/** What an answer of the given kind stands for when one key is to give it: the labels in their order. */
export function labelsByKey(schema: Schema): Answer[] {
  switch (schema.kind) {
    case 'SINGLE_CHOICE':
      return (schema.labels ?? []).map((choice) => ({ choice }))
    case 'RATING':
      return range(schema.least ?? 0, schema.most ?? 0).map((rating) => ({ rating }))
    case 'PAIRWISE':
      return [{ preferred: 'LEFT' }, { preferred: 'RIGHT' }, ...(schema.tie ? [{ preferred: 'TIE' } as const] : [])]
    default:
      return []
  }
}

const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)

/** A short name for a worker: ids are long and differ at their end. */
export const shortId = (id: string) => `${id.slice(0, id.indexOf('_'))}…${id.slice(-6)}`
