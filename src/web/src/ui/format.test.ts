import { describe, expect, it } from 'vitest'
import { formatSeconds, parseDuration, parseMoney, toDuration } from './format'

describe('amounts', () => {
  it.each([
    ['1', 1_000_000],
    ['0.05', 50_000],
    ['0,005', 5_000],
    ['12.345678', 12_345_678],
  ])('reads %s as micros', (text, micros) => expect(parseMoney(text)).toBe(micros))

  it.each(['', '-1', '1.2345678', 'abc', '1e5'])('refuses %j', (text) => expect(parseMoney(text)).toBeNull())
})

describe('lengths of time', () => {
  it.each([
    ['PT1H30M', 5_400],
    ['P3D', 259_200],
    ['PT0.5S', 0.5],
    ['nonsense', 0],
  ])('reads %s', (text, seconds) => expect(parseDuration(text)).toBe(seconds))

  it('writes what it reads', () => expect(parseDuration(toDuration(5_400))).toBe(5_400))

  it.each([
    [4.26, '4.3 s'],
    [45, '45 s'],
    [180, '3 min'],
    [4_800, '1 h 20 min'],
    [259_200, '3 d'],
  ])('says %d seconds as %s', (seconds, words) => expect(formatSeconds(seconds)).toBe(words))
})
