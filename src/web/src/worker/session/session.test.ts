import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError, networkError } from '../../api/errors'
import { reasonForBreak, type Sample } from './fatigue'
import { Outbox, type Letter, type Returned } from './Outbox'
import { kept } from './store'

const letter = (assignment: string): Letter => ({ assignment, job: 'job_1', answer: { choice: 'cat' } })

describe('the outbox', () => {
  let replies: (Error | undefined)[]
  let sent: string[]
  let delivered: string[]
  let refused: Returned[]
  const make = () =>
    new Outbox(
      kept<Letter[]>('outbox', []),
      async (one) => {
        sent.push(one.assignment)
        const reply = replies.shift()
        if (reply) throw reply
      },
      { change: () => undefined, delivered: (one) => delivered.push(one.assignment), refused: (one) => refused.push(one) },
    )

  beforeEach(() => {
    localStorage.clear()
    vi.useFakeTimers()
    ;[replies, sent, delivered, refused] = [[], [], [], []]
  })

  it('keeps what a lost network did not take, in order, and sends it again by itself', async () => {
    replies = [networkError(), networkError()]
    const outbox = make()
    outbox.post(letter('a'))
    outbox.post(letter('b'))
    await vi.advanceTimersByTimeAsync(0)
    expect([outbox.waiting.length, outbox.stuck, delivered]).toEqual([2, true, []])
    await vi.advanceTimersByTimeAsync(10_000)
    expect([outbox.waiting.length, outbox.stuck, delivered]).toEqual([0, false, ['a', 'b']])
    expect(sent).toEqual(['a', 'a', 'a', 'b'])
  })

  it('outlives the page', async () => {
    replies = [networkError()]
    make().post(letter('a'))
    await vi.advanceTimersByTimeAsync(0)
    const next = make()
    await next.send()
    expect(delivered).toEqual(['a'])
  })

  it('hands back what the server refuses and goes on with the rest', async () => {
    replies = [new ApiError('LEASE_EXPIRED', 'over')]
    const outbox = make()
    outbox.post(letter('a'))
    outbox.post(letter('b'))
    await vi.advanceTimersByTimeAsync(0)
    expect([refused.map((one) => one.code), delivered, outbox.waiting]).toEqual([['LEASE_EXPIRED'], ['b'], []])
  })
})

describe('a break', () => {
  const run = (count: number, seconds: number, agreed: boolean | null): Sample[] => Array.from({ length: count }, () => ({ seconds, agreed }))

  it.each([
    ['nothing speaks for one', [...run(20, 5, true), ...run(10, 5, true)], 600, null],
    ['too few answers', run(19, 50, false), 600, null],
    ['slower and less right', [...run(10, 5, true), ...run(10, 8, false)], 600, 'agreed, after 100 %'],
    ['hurried and less right', [...run(10, 10, true), ...run(10, 4, false)], 600, 'quicker'],
    ['much slower, no outcomes yet', [...run(10, 5, null), ...run(10, 10, null)], 600, '100 % longer'],
    ['a little slower and as right', [...run(10, 5, true), ...run(10, 8, true)], 600, null],
    ['a long sitting', run(3, 5, null), 3_600, '60 minutes'],
  ])('%s', (_, samples, sitting, reason) => {
    const found = reasonForBreak(samples, sitting)
    if (reason === null) expect(found).toBeNull()
    else expect(found).toContain(reason)
  })
})
