import { itemsOf } from './inputs'
import type { Answer, Schema } from './types'

/** What is still missing before the answer can be submitted; null when nothing is. The server checks all of it again. */
export function missing(schema: Schema, answer: Answer, input: unknown): string | null {
  switch (schema.kind) {
    case 'SINGLE_CHOICE':
      return answer.choice == null ? 'Choose a label.' : null
    case 'MULTI_CHOICE': {
      const count = answer.choices?.length ?? 0
      const [least, most] = [schema.least ?? 0, schema.most ?? schema.labels?.length ?? 0]
      if (count < least) return least === 1 ? 'Choose at least one label.' : `Choose at least ${least} labels.`
      return count > most ? `Choose at most ${most} labels.` : null
    }
    case 'RATING':
      return answer.rating == null ? 'Choose a point of the scale.' : null
    case 'NUMBER': {
      const value = answer.number
      if (value == null || !Number.isFinite(value)) return 'Give a number.'
      if (schema.least != null && value < schema.least) return `Give a number of at least ${schema.least}.`
      if (schema.most != null && value > schema.most) return `Give a number of at most ${schema.most}.`
      return schema.whole && !Number.isInteger(value) ? 'Give a whole number.' : null
    }
    case 'TEXT': {
      const length = answer.text?.length ?? 0
      const [least, most] = [schema.least ?? 1, schema.most ?? Infinity]
      if (length < least) return least === 1 ? 'Write something.' : `Write at least ${least} characters.`
      return length > most ? `Write at most ${most} characters.` : null
    }
    case 'BOXES':
      return (answer.boxes?.length ?? 0) > (schema.most ?? Infinity) ? `Draw at most ${schema.most} boxes.` : null
    case 'SPANS':
      return (answer.spans?.length ?? 0) > (schema.most ?? Infinity) ? `Mark at most ${schema.most} spans.` : null
    case 'PAIRWISE':
      return answer.preferred == null ? 'Choose the better one.' : null
    case 'RANKING':
      return answer.ranking?.length === itemsOf(input).length ? null : 'Put all items in order.'
  }
}

/** What an editor begins with: nothing, but for kinds where nothing is an answer too. */
export function emptyAnswer(schema: Schema, input: unknown): Answer {
  switch (schema.kind) {
    case 'MULTI_CHOICE':
      return { choices: [] }
    case 'BOXES':
      return { boxes: [] }
    case 'SPANS':
      return { spans: [] }
    case 'RANKING':
      return { ranking: itemsOf(input).map((item) => item.id) }
    default:
      return {}
  }
}

/** The answer as the API takes it: only the field of the kind, without what a result adds. */
export function toAnswerInput(schema: Schema, answer: Answer) {
  switch (schema.kind) {
    case 'SINGLE_CHOICE':
      return { choice: answer.choice ?? '' }
    case 'MULTI_CHOICE':
      return { choices: answer.choices ?? [] }
    case 'RATING':
      return { rating: answer.rating ?? 0 }
    case 'NUMBER':
      return { number: answer.number ?? 0 }
    case 'TEXT':
      return { text: answer.text ?? '' }
    case 'BOXES':
      return { boxes: (answer.boxes ?? []).map(({ class: name, x, y, width, height }) => ({ class: name, x, y, width, height })) }
    case 'SPANS':
      return { spans: (answer.spans ?? []).map(({ class: name, start, end }) => ({ class: name, start, end })) }
    case 'PAIRWISE':
      return { preferred: answer.preferred ?? 'LEFT' }
    case 'RANKING':
      return { ranking: answer.ranking ?? [] }
  }
}
