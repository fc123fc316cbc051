import { graphql } from './gql'

export const MakeGoldOperation = graphql(`
  mutation MakeGold($task: ID!, $reason: String!) {
    makeGold(task: $task, reason: $reason) {
      id
    }
  }
`)

export const RetireGoldOperation = graphql(`
  mutation RetireGold($task: ID!, $reason: String!) {
    retireGold(task: $task, reason: $reason) {
      id
    }
  }
`)
