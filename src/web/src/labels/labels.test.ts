import { describe, expect, it } from 'vitest'
import { between, movedBy, pinched, resizedBy, zoomed } from './boxes'
import { emptyAnswer, missing } from './completeness'
import { itemsOf, mediaAddress } from './inputs'
import { moved } from './RankingEditor'
import { levelsOf, piecesOf, trimmed, wordsOf } from './spans'
import type { Answer, Schema } from './types'

const image = { width: 100, height: 50 }

describe('boxes', () => {
  it('stay within the image when drawn', () => expect(between({ x: 120, y: -5 }, { x: 10, y: 20 }, image)).toEqual({ x: 10, y: 0, width: 90, height: 20 }))
  it('stay within the image when moved', () => expect(movedBy({ class: 'a', x: 80, y: 10, width: 20, height: 10 }, { x: 5, y: 90 }, image)).toEqual({ class: 'a', x: 80, y: 40, width: 20, height: 10 }))
  it('turn round when a side is pulled over its opposite', () => expect(resizedBy({ class: 'a', x: 20, y: 10, width: 10, height: 10 }, 'e', { x: -20, y: 0 }, image)).toEqual({ class: 'a', x: 10, y: 10, width: 10, height: 10 }))
  it('keep the point under the pointer while zooming', () => expect(zoomed({ x: 0, y: 0, ...image }, 2, { x: 50, y: 25 }, image)).toEqual({ x: 25, y: 12.5, width: 50, height: 25 }))
  it('keep what is between two fingers between them', () =>
    expect(pinched({ x: 0, y: 0, ...image }, 0.5, { middle: { x: 20, y: 10 }, spread: 50 }, { middle: { x: 10, y: 10 }, spread: 100 }, image)).toEqual({ x: 32.5, y: 15, width: 50, height: 25 }))
  it('never show more than the image', () => expect(zoomed({ x: 25, y: 12.5, width: 50, height: 25 }, 0.1, { x: 0, y: 0 }, image)).toEqual({ x: 0, y: 0, ...image }))
})

describe('spans', () => {
  it('cut the text where any begins or ends', () =>
    expect(piecesOf(10, [{ start: 2, end: 6 }, { start: 4, end: 8 }])).toEqual([
      { start: 0, end: 2, spans: [] },
      { start: 2, end: 4, spans: [0] },
      { start: 4, end: 6, spans: [0, 1] },
      { start: 6, end: 8, spans: [1] },
      { start: 8, end: 10, spans: [] },
    ]))
  it('lie on lines of their own only where they overlap', () => expect(levelsOf([{ start: 0, end: 5 }, { start: 3, end: 8 }, { start: 5, end: 6 }])).toEqual([0, 1, 0]))
  it('have no blanks at their ends', () => expect(trimmed('a  bc ', 1, 6)).toEqual({ start: 3, end: 5 }))
  it('are nothing when only blanks were selected', () => expect(trimmed('a   b', 1, 3)).toBeNull())
  it('know words in every script', () => expect(wordsOf("Zoë's cat, 猫!").map(({ start, end }) => "Zoë's cat, 猫!".slice(start, end))).toEqual(["Zoë's", 'cat', ',', '猫', '!']))
})

describe('ranking', () => {
  it.each([
    [0, 2, ['b', 'c', 'a']],
    [2, 0, ['c', 'a', 'b']],
    [1, 9, ['a', 'c', 'b']],
  ])('moves place %i to %i', (from, to, order) => expect(moved(['a', 'b', 'c'], from, to)).toEqual(order))
  it('names items as the server does', () => expect(itemsOf({ items: ['a', { id: 7, text: 'x' }, { id: 'z' }] }).map((item) => item.id)).toEqual(['a', '7', 'z']))
})

describe('media', () => {
  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 7])('refuses %s', (address) => expect(mediaAddress(address)).toBeUndefined())
  it.each(['https://example.org/a.png', 'data:image/png;base64,AA'])('takes %s', (address) => expect(mediaAddress(address)).toBe(address))
})

describe('what is missing', () => {
  const cases: [Schema, Answer, boolean][] = [
    [{ kind: 'SINGLE_CHOICE', labels: ['a', 'b'] }, {}, false],
    [{ kind: 'SINGLE_CHOICE', labels: ['a', 'b'] }, { choice: 'a' }, true],
    [{ kind: 'MULTI_CHOICE', labels: ['a', 'b'], least: 1 }, { choices: [] }, false],
    [{ kind: 'MULTI_CHOICE', labels: ['a', 'b'], most: 1 }, { choices: ['a', 'b'] }, false],
    [{ kind: 'RATING', least: 1, most: 5 }, { rating: 3 }, true],
    [{ kind: 'NUMBER', least: 0, whole: true }, { number: 1.5 }, false],
    [{ kind: 'NUMBER', least: 0 }, { number: -1 }, false],
    [{ kind: 'TEXT', least: 3, most: 9 }, { text: 'ab' }, false],
    [{ kind: 'BOXES', labels: ['a'] }, { boxes: [] }, true],
    [{ kind: 'PAIRWISE' }, { preferred: 'LEFT' }, true],
    [{ kind: 'RANKING' }, { ranking: ['a'] }, false],
  ]
  it.each(cases)('%j with %j', (schema, answer, complete) => expect(missing(schema, answer, { items: ['a', 'b'] }) === null).toBe(complete))
  it('nothing for a ranking as it was given', () => expect(missing({ kind: 'RANKING' }, emptyAnswer({ kind: 'RANKING' }, { items: ['a', 'b'] }), { items: ['a', 'b'] })).toBeNull())
})
