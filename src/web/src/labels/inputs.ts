import type { Kind } from './types'

export type Fields = Record<string, unknown>

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The text that spans are marked in. */
export const textOf = (input: unknown) => (isFields(input) && typeof input.text === 'string' ? input.text : '')

/** The image that boxes are drawn on. */
export const imageOf = (input: unknown) => (isFields(input) ? mediaAddress(input.image) : undefined)

export interface Item {
  id: string
  /** What is shown of it. */
  content: unknown
}

/** The items to rank: texts, or objects with an `id`. */
export function itemsOf(input: unknown): Item[] {
  if (!isFields(input) || !Array.isArray(input.items)) return []
  return input.items.map((item: unknown) => {
    if (!isFields(item) || !('id' in item)) return { id: typeof item === 'string' ? item : JSON.stringify(item), content: item }
    const { id, ...rest } = item
    return { id: typeof id === 'string' ? id : JSON.stringify(id), content: Object.keys(rest).length > 0 ? rest : id }
  })
}

/** The fields that the editor of a kind shows itself. */
export const shownByEditor: Partial<Record<Kind, string[]>> = {
  SPANS: ['text'],
  BOXES: ['image', 'width', 'height'],
  PAIRWISE: ['left', 'right'],
  RANKING: ['items'],
}

/** An address from which media may be loaded: the web's, this server's, or within the input itself; undefined for anything else. */
export function mediaAddress(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  if (/^data:(image|audio|video)\//.test(value)) return value
  try {
    const url = new URL(value, location.origin)
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined
  } catch {
    return undefined
  }
}
