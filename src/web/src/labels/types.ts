// The API's label schemas, answers and inputs, as every role's generated types give them.

export type Kind = 'SINGLE_CHOICE' | 'MULTI_CHOICE' | 'RATING' | 'NUMBER' | 'TEXT' | 'BOXES' | 'SPANS' | 'PAIRWISE' | 'RANKING'

export interface Schema {
  kind: Kind
  labels?: string[] | null
  least?: number | null
  most?: number | null
  whole?: boolean | null
  unit?: string | null
  overlap?: boolean | null
  tie?: boolean | null
}

export interface Box {
  class: string
  x: number
  y: number
  width: number
  height: number
}

export interface Span {
  class: string
  start: number
  end: number
}

export type Side = 'LEFT' | 'RIGHT' | 'TIE'

/** Only the field of the schema's kind is set. */
export interface Answer {
  choice?: string | null
  choices?: string[] | null
  rating?: number | null
  number?: number | null
  text?: string | null
  boxes?: Box[] | null
  spans?: Span[] | null
  preferred?: Side | null
  ranking?: string[] | null
}

export const kindNames: Record<Kind, string> = {
  SINGLE_CHOICE: 'One choice',
  MULTI_CHOICE: 'Several choices',
  RATING: 'Rating',
  NUMBER: 'Number',
  TEXT: 'Text',
  BOXES: 'Boxes on an image',
  SPANS: 'Spans in a text',
  PAIRWISE: 'Better of two',
  RANKING: 'Ranking',
}

/** The colour of the n-th class or series. */
export const seriesColour = (index: number) => `var(--series-${(index % 8) + 1})`

/** The key for the n-th label: 1 to 9, then 0; none beyond. */
export const keyOfLabel = (index: number) => (index < 9 ? String(index + 1) : index === 9 ? '0' : undefined)

/** The place of the label whose key it is, or -1. */
export const labelOfKey = (key: string) => (/^[1-9]$/.test(key) ? Number(key) - 1 : key === '0' ? 9 : -1)
