import { graphql } from './gql'

export const JobPartsFragment = graphql(`
  fragment JobParts on Job {
    id
    requester
    title
    status
    pauseReason
    instructions
    examples {
      input
      why
      answer {
        ...AnswerParts
      }
    }
    currency
    createdAt
    openedAt
    closedAt
    taskCount
    goldTaskCount
    decidedCount
    answerCount
    acceptedCount
    rejectedCount
    heldMicros
    spentMicros
    reservedMicros
    returnedMicros
    costOfAnswerMicros
    mostCostMicros
    schema {
      kind
      labels
      least
      most
      whole
      tolerance
      unit
      overlap
      tie
    }
    policies {
      payMicros
      feeMicros
      feeBasisPoints
      minAnswers
      maxAnswers
      targetConfidence
      payFor
      leaseTime
      leasesPerWorker
      answersPerWorker
      sharePerWorker
      goldShare
      goldWindow
      goldMinAnswers
      goldMinAccuracy
      onGoldFailure
      repeatShare
      repeatDistance
      qualifications
      reviewWindow
      appealWindow
      whenUnsettled
      learning {
        order
        randomShare
        diversity
        trainAfterLabels
        trainAfter
        trainOnDrift
      }
    }
  }
`)

export const AnswerPartsFragment = graphql(`
  fragment AnswerParts on Answer {
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
