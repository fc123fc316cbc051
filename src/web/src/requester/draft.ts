import { emptyAnswer, toAnswerInput } from '../labels/completeness'
import type { Answer, Schema } from '../labels/types'
import { parseDuration, parseMoney, toDuration } from '../ui/format'
import type { JobInput, JobPartsFragment as Job, LabelKind, LabelSchemaInput, LearningInput, OnGoldFailure, PayFor, WhenUnsettled } from './gql/graphql'

/** A job as it is being written: what stands in the fields, valid or not. */
export interface Draft {
  title: string
  instructions: string
  examples: ExampleDraft[]
  currency: string
  kind: LabelKind
  /** One label or class a line. */
  labels: string
  least: string
  most: string
  whole: boolean
  tolerance: string
  unit: string
  overlap: boolean
  tie: boolean
  pay: string
  feeBasisPoints: number
  minAnswers: number
  maxAnswers: number
  targetConfidence: number
  payFor: PayFor
  leaseMinutes: number
  leasesPerWorker: number
  answersPerWorker: number | null
  sharePerWorker: number | null
  goldShare: number
  goldWindow: number
  goldMinAnswers: number
  goldMinAccuracy: number
  onGoldFailure: OnGoldFailure
  repeatShare: number
  repeatDistance: number
  qualifications: string[]
  reviewDays: number
  appealDays: number
  whenUnsettled: WhenUnsettled
  /** Set over the API alone; kept as it is. */
  learning: LearningInput | null
}

/** A task with its right answer, as it is being written. */
export interface ExampleDraft {
  input: unknown
  answer: Answer
  why: string
}

export const kinds: { kind: LabelKind; name: string; says: string; input: string }[] = [
  { kind: 'SINGLE_CHOICE', name: 'One of several labels', says: 'Is this message a complaint, a question or spam?', input: 'text' },
  { kind: 'MULTI_CHOICE', name: 'Any number of labels', says: 'Which topics does the article touch?', input: 'text' },
  { kind: 'RATING', name: 'A point on a scale', says: 'How relevant is this result, 1 to 5?', input: 'text' },
  { kind: 'NUMBER', name: 'A number', says: 'How many people are in the picture?', input: 'image' },
  { kind: 'TEXT', name: 'A text', says: 'Write down what is said.', input: 'audio' },
  { kind: 'BOXES', name: 'Boxes on an image', says: 'Draw a box around every car.', input: 'image' },
  { kind: 'SPANS', name: 'Spans in a text', says: 'Mark every name.', input: 'text' },
  { kind: 'PAIRWISE', name: 'The better of two', says: 'Which answer helps more?', input: 'left and right' },
  { kind: 'RANKING', name: 'A ranking', says: 'Put these in order, best first.', input: 'items' },
]

export const kindName = (kind: LabelKind) => kinds.find((k) => k.kind === kind)?.name ?? kind
export const hasLabels = (kind: LabelKind) => kind === 'SINGLE_CHOICE' || kind === 'MULTI_CHOICE' || kind === 'BOXES' || kind === 'SPANS'

const days = 86_400

export const emptyDraft: Draft = {
  title: '',
  instructions: '',
  examples: [],
  currency: 'USD',
  kind: 'SINGLE_CHOICE',
  labels: '',
  least: '1',
  most: '5',
  whole: false,
  tolerance: '0',
  unit: '',
  overlap: false,
  tie: false,
  pay: '0.05',
  feeBasisPoints: 2000,
  minAnswers: 3,
  maxAnswers: 5,
  targetConfidence: 0.9,
  payFor: 'AGREEING',
  leaseMinutes: 10,
  leasesPerWorker: 10,
  answersPerWorker: null,
  sharePerWorker: null,
  goldShare: 0,
  goldWindow: 10,
  goldMinAnswers: 3,
  goldMinAccuracy: 0.6,
  onGoldFailure: 'EXCLUDE',
  repeatShare: 0,
  repeatDistance: 20,
  qualifications: [],
  reviewDays: 3,
  appealDays: 7,
  whenUnsettled: 'DECIDE',
  learning: null,
}

export function draftOf(job: Job): Draft {
  const { schema, policies } = job
  return {
    title: job.title,
    instructions: job.instructions,
    examples: job.examples.map(({ input, why, answer }) => ({ input, why, answer })),
    currency: job.currency,
    kind: schema.kind,
    labels: (schema.labels ?? []).join('\n'),
    least: String(schema.least ?? ''),
    most: String(schema.most ?? ''),
    whole: schema.whole ?? false,
    tolerance: String(schema.tolerance ?? 0),
    unit: schema.unit ?? '',
    overlap: schema.overlap ?? false,
    tie: schema.tie ?? false,
    pay: String(policies.payMicros / 1_000_000),
    feeBasisPoints: policies.feeBasisPoints,
    minAnswers: policies.minAnswers,
    maxAnswers: policies.maxAnswers,
    targetConfidence: policies.targetConfidence,
    payFor: policies.payFor,
    leaseMinutes: parseDuration(policies.leaseTime) / 60,
    leasesPerWorker: policies.leasesPerWorker,
    answersPerWorker: policies.answersPerWorker ?? null,
    sharePerWorker: policies.sharePerWorker ?? null,
    goldShare: policies.goldShare,
    goldWindow: policies.goldWindow,
    goldMinAnswers: policies.goldMinAnswers,
    goldMinAccuracy: policies.goldMinAccuracy,
    onGoldFailure: policies.onGoldFailure,
    repeatShare: policies.repeatShare,
    repeatDistance: policies.repeatDistance,
    qualifications: policies.qualifications,
    reviewDays: parseDuration(policies.reviewWindow) / days,
    appealDays: parseDuration(policies.appealWindow) / days,
    whenUnsettled: policies.whenUnsettled,
    learning: policies.learning,
  }
}

export const labelsOf = (draft: Draft) => draft.labels.split('\n').map((label) => label.trim()).filter(Boolean)

const number = (text: string) => (text.trim() === '' ? null : Number(text))

/** The label schema of the draft as tasks are shown by. */
export const shownSchemaOf = (draft: Draft): Schema => ({
  kind: draft.kind,
  labels: labelsOf(draft),
  least: number(draft.least),
  most: number(draft.most),
  whole: draft.whole,
  unit: draft.unit || null,
  overlap: draft.overlap,
  tie: draft.tie,
})

function schemaOf(draft: Draft): LabelSchemaInput {
  const labels = labelsOf(draft)
  switch (draft.kind) {
    case 'SINGLE_CHOICE':
      return { singleChoice: { labels } }
    case 'MULTI_CHOICE':
      return { multiChoice: { labels, least: number(draft.least) ?? 0, most: number(draft.most) } }
    case 'RATING':
      return { rating: { from: number(draft.least) ?? 1, to: number(draft.most) ?? 5, tolerance: number(draft.tolerance) ?? 0 } }
    case 'NUMBER':
      return { number: { least: number(draft.least), most: number(draft.most), whole: draft.whole, tolerance: number(draft.tolerance) ?? 0, unit: draft.unit || null } }
    case 'TEXT':
      return { text: { minLength: number(draft.least) ?? 1, maxLength: number(draft.most) ?? 2000 } }
    case 'BOXES':
      return { boxes: { classes: labels, most: number(draft.most) ?? 100 } }
    case 'SPANS':
      return { spans: { classes: labels, most: number(draft.most) ?? 200, overlap: draft.overlap } }
    case 'PAIRWISE':
      return { pairwise: { tie: draft.tie } }
    default:
      return { ranking: true }
  }
}

/** Bounds that suit another kind of label. */
export function boundsOf(kind: LabelKind): Pick<Draft, 'least' | 'most'> {
  switch (kind) {
    case 'RATING':
      return { least: '1', most: '5' }
    case 'MULTI_CHOICE':
      return { least: '0', most: '' }
    case 'TEXT':
      return { least: '1', most: '2000' }
    case 'BOXES':
      return { least: '', most: '100' }
    case 'SPANS':
      return { least: '', most: '200' }
    default:
      return { least: '', most: '' }
  }
}

export function inputOf(draft: Draft): JobInput {
  return {
    title: draft.title.trim(),
    instructions: draft.instructions,
    examples: draft.examples.map(({ input, why, answer }) => ({ input, why, answer: toAnswerInput(shownSchemaOf(draft), { ...emptyAnswer(shownSchemaOf(draft), input), ...answer }) })),
    currency: draft.currency,
    schema: schemaOf(draft),
    policies: {
      payMicros: parseMoney(draft.pay) ?? -1,
      feeBasisPoints: draft.feeBasisPoints,
      minAnswers: draft.minAnswers,
      maxAnswers: draft.maxAnswers,
      targetConfidence: draft.targetConfidence,
      payFor: draft.payFor,
      leaseTime: toDuration(draft.leaseMinutes * 60),
      leasesPerWorker: draft.leasesPerWorker,
      answersPerWorker: draft.answersPerWorker,
      sharePerWorker: draft.sharePerWorker,
      goldShare: draft.goldShare,
      goldWindow: draft.goldWindow,
      goldMinAnswers: draft.goldMinAnswers,
      goldMinAccuracy: draft.goldMinAccuracy,
      onGoldFailure: draft.onGoldFailure,
      repeatShare: draft.repeatShare,
      repeatDistance: draft.repeatDistance,
      qualifications: draft.qualifications,
      reviewWindow: toDuration(draft.reviewDays * days),
      appealWindow: toDuration(draft.appealDays * days),
      whenUnsettled: draft.whenUnsettled,
      learning: draft.learning,
    },
  }
}
