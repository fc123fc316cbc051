import { serverNow } from '../../api/clock'
import { send } from '../../api/client'
import { ApiError, isPassing } from '../../api/errors'
import { missing, toAnswerInput } from '../../labels/completeness'
import type { Answer, Schema } from '../../labels/types'
import { graphql } from '../gql'
import type { AnswerInput, TakeWorkMutation } from '../gql/graphql'
import { reasonForBreak, type Sample } from './fatigue'
import { Outbox, type Letter, type Returned } from './Outbox'
import { kept } from './store'

export const TakeWorkOperation = graphql(`
  mutation TakeWork($job: ID!, $count: Int!) {
    requestWork(job: $job, count: $count) {
      id
      task
      leaseUntil
      payMicros
      input
    }
  }
`)

const SubmitOperation = graphql(`
  mutation SubmitWork($assignment: ID!, $answer: AnswerInput!) {
    submitAnswer(assignment: $assignment, answer: $answer) {
      assignment
      repeated
    }
  }
`)

export type Work = TakeWorkMutation['requestWork'][number]

export interface Snapshot {
  /** The task on screen; null while none is there. */
  current: Work | null
  /** Tasks that wait behind it. */
  ahead: number
  /** Answers on their way. */
  sending: number
  /** The last try to send did not reach the server. */
  stuck: boolean
  /** Answers that the server did not take. */
  returned: Returned[]
  /** Why there is no task. */
  error: ApiError | null
  loading: boolean
  /** Answers of this sitting that the server has, and what they pay if accepted. */
  answered: number
  earnedMicros: number
  /** Why a break would do good. */
  breakReason: string | null
}

/** Tasks held beside the one on screen, so that the next is there at once. */
const ahead = 2

/** How long after a refusal for want of work the server is asked again, in milliseconds. */
const retryAfter = 15_000

/** A sitting of one worker at one job: tasks leased ahead, drafts, answers on their way. Nothing of it needs the page to live. */
export class WorkSession {
  private queue: Work[] = []
  private done = new Set<string>()
  private samples: Sample[] = []
  private readonly began = Date.now()
  private pausedAt = 0
  private shownAt = 0
  private refilling = false
  private refillAgain = false
  private retry: ReturnType<typeof setTimeout> | undefined
  private readonly listeners = new Set<() => void>()
  private readonly drafts
  private readonly outbox: Outbox
  private state: Snapshot = { current: null, ahead: 0, sending: 0, stuck: false, returned: [], error: null, loading: true, answered: 0, earnedMicros: 0, breakReason: null }

  constructor(
    private readonly job: string,
    worker: string,
  ) {
    this.drafts = kept<Record<string, Answer>>(`crowd.drafts.${worker}`, {})
    this.outbox = new Outbox(
      kept<Letter[]>(`crowd.outbox.${worker}`, []),
      (letter) => send(SubmitOperation, { assignment: letter.assignment, answer: letter.answer as AnswerInput }),
      {
        change: () => this.set({}),
        delivered: (letter) => {
          this.forget(letter.assignment)
          if (letter.job === this.job) this.set({ answered: this.state.answered + 1 })
          void this.refill()
        },
        refused: (letter) => {
          this.set({ returned: [...this.state.returned, letter].slice(-5) })
          void this.refill()
        },
      },
    )
  }

  start() {
    addEventListener('online', this.online)
    this.set({ loading: true, error: null })
    void this.outbox.send().then(() => this.refill())
  }

  stop() {
    removeEventListener('online', this.online)
    clearTimeout(this.retry)
    this.outbox.stop()
  }

  subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  snapshot = () => this.state

  draftOf = (assignment: string): Answer | undefined => this.drafts.read()[assignment]

  keepDraft(assignment: string, answer: Answer) {
    this.drafts.write(Object.fromEntries([...Object.entries(this.drafts.read()).filter(([id]) => id !== assignment), [assignment, answer]].slice(-50)) as Record<string, Answer>)
  }

  /** Takes the answer, shows the next task at once and sends in the background. */
  submit(schema: Schema, answer: Answer) {
    const work = this.state.current
    if (!work || missing(schema, answer, work.input)) return
    this.samples.push({ seconds: (Date.now() - this.shownAt) / 1000, agreed: null })
    this.done.add(work.id)
    this.advance({ earnedMicros: this.state.earnedMicros + work.payMicros, breakReason: this.breakReason() })
    this.outbox.post({ assignment: work.id, job: this.job, answer: toAnswerInput(schema, answer) })
  }

  /** The task on screen is no longer the worker's: it was given back, reported, or its time is over. */
  drop() {
    const work = this.state.current
    if (!work) return
    this.done.add(work.id)
    this.forget(work.id)
    this.advance({})
    void this.refill()
  }

  dismissReturned(assignment: string) {
    this.set({ returned: this.state.returned.filter((letter) => letter.assignment !== assignment) })
  }

  /** The break was taken, or is not wanted: the comparison begins anew. */
  endBreak() {
    this.samples = []
    this.pausedAt = Date.now()
    this.set({ breakReason: null })
  }

  /** What became of this sitting's answers, oldest first, as far as it is known. */
  learn(agreed: boolean[]) {
    const from = Math.max(0, this.samples.length - agreed.length)
    agreed.slice(-this.samples.length).forEach((value, i) => {
      const sample = this.samples[from + i]
      if (sample) sample.agreed = value
    })
  }

  /** Ids of the tasks held beside the one on screen. */
  get held() {
    return this.queue.map((work) => work.id)
  }

  readonly refill = async () => {
    if (this.refilling) {
      this.refillAgain = true
      return
    }
    this.refilling = true
    this.refillAgain = false
    clearTimeout(this.retry)
    try {
      const { requestWork } = await send(TakeWorkOperation, { job: this.job, count: 1 + ahead + Math.min(this.outbox.waiting.length, 10) })
      const waiting = new Set(this.outbox.waiting.map((letter) => letter.assignment))
      const now = serverNow()
      this.queue = requestWork.filter((work) => !this.done.has(work.id) && !waiting.has(work.id) && work.id !== this.state.current?.id && Date.parse(work.leaseUntil) > now)
      if (this.state.current) this.set({ error: null, loading: false })
      else this.advance({ error: null, loading: false })
      // All that came is answered already and only on its way.
      if (!this.state.current) this.retry = setTimeout(() => void this.refill(), 1_000)
    } catch (cause) {
      const error = cause instanceof ApiError ? cause : new ApiError('INTERNAL', cause instanceof Error ? cause.message : String(cause))
      this.set({ error, loading: false })
      if (isPassing(error) || error.code === 'NO_WORK') this.retry = setTimeout(() => void this.refill(), isPassing(error) ? 3_000 : retryAfter)
    } finally {
      this.refilling = false
      if (this.refillAgain) void this.refill()
    }
  }

  private readonly online = () => {
    void this.outbox.send().then(() => this.refill())
  }

  private breakReason() {
    return reasonForBreak(this.samples, (Date.now() - Math.max(this.began, this.pausedAt)) / 1000)
  }

  private advance(change: Partial<Snapshot>) {
    const now = serverNow()
    this.queue = this.queue.filter((work) => !this.done.has(work.id) && Date.parse(work.leaseUntil) > now)
    const current = this.queue.shift() ?? null
    this.shownAt = Date.now()
    this.set({ ...change, current, loading: current === null && this.state.error === null })
  }

  private forget(assignment: string) {
    this.drafts.write(Object.fromEntries(Object.entries(this.drafts.read()).filter(([id]) => id !== assignment)))
  }

  private set(change: Partial<Snapshot>) {
    this.state = { ...this.state, ...change, ahead: this.queue.length, sending: this.outbox.waiting.length, stuck: this.outbox.stuck }
    this.listeners.forEach((listener) => listener())
  }
}
