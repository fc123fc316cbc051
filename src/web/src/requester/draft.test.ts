import { expect, it } from 'vitest'
import { draftOf, emptyDraft, inputOf } from './draft'
import type { JobPartsFragment as Job } from './gql/graphql'

it('sends back every policy that it read, those without a field too', () => {
  const { policies } = inputOf(emptyDraft)
  const read = {
    ...policies,
    learning: { order: 'MARGIN', randomShare: 0.2, diversity: 0.3, trainAfterLabels: 50, trainAfter: 'P3D', trainOnDrift: true },
    repeatShare: 0.05,
    answersPerWorker: 7,
    sharePerWorker: 0.5,
    qualifications: ['nurses'],
  }
  const job = { title: 'A', instructions: '', examples: [], currency: 'USD', schema: { kind: 'SINGLE_CHOICE', labels: ['a', 'b'] }, policies: { ...read, feeMicros: 10_000 } }
  expect(inputOf(draftOf(job as unknown as Job)).policies).toEqual(read)
})
