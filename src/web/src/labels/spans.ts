import type { Span } from './types'

/** A piece of the text over which the same spans lie. */
export interface Piece {
  start: number
  end: number
  /** Places in the list of spans. */
  spans: number[]
}

/** The text cut at every end of a span; in every piece the same spans hold throughout. */
export function piecesOf(length: number, spans: readonly Pick<Span, 'start' | 'end'>[], extraCuts: readonly number[] = []): Piece[] {
  const cuts = [...new Set([0, length, ...extraCuts, ...spans.flatMap((s) => [s.start, s.end])])].filter((cut) => cut >= 0 && cut <= length).sort((a, b) => a - b)
  return cuts.slice(0, -1).map((start, i) => {
    const end = cuts[i + 1]!
    return { start, end, spans: spans.flatMap((s, index) => (s.start < end && s.end > start ? [index] : [])) }
  })
}

/** A line for each span below the text, so that spans that overlap lie one below the other. */
export function levelsOf(spans: readonly Pick<Span, 'start' | 'end'>[]): number[] {
  const ends: number[] = []
  const levels = new Array<number>(spans.length).fill(0)
  const order = spans.map((_, i) => i).sort((a, b) => spans[a]!.start - spans[b]!.start || spans[b]!.end - spans[a]!.end)
  for (const index of order) {
    const span = spans[index]!
    const free = ends.findIndex((end) => end <= span.start)
    const level = free === -1 ? ends.length : free
    ends[level] = span.end
    levels[index] = level
  }
  return levels
}

export const overlaps = (a: Pick<Span, 'start' | 'end'>, b: Pick<Span, 'start' | 'end'>) => a.start < b.end && b.start < a.end

/** The words of a text, and marks of punctuation by themselves: the steps of the keyboard's selection. */
export const wordsOf = (text: string) => [...text.matchAll(/[\p{L}\p{N}\p{M}_'’-]+|[^\s\p{L}\p{N}\p{M}_'’-]/gu)].map((match) => ({ start: match.index, end: match.index + match[0].length }))

/** The range without blanks at its ends; null when nothing is left. */
export function trimmed(text: string, start: number, end: number): { start: number; end: number } | null {
  const part = text.slice(start, end)
  const from = start + (part.length - part.trimStart().length)
  const to = end - (part.length - part.trimEnd().length)
  return from < to ? { start: from, end: to } : null
}
