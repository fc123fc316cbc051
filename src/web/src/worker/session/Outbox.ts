import { ApiError, isPassing } from '../../api/errors'
import type { Kept } from './store'

export interface Letter {
  assignment: string
  job: string
  /** The answer as the API takes it. */
  answer: unknown
}

export interface Returned extends Letter {
  code: string
  message: string
}

/** Waits between tries, in milliseconds; the last one is kept. */
const waits = [1_000, 2_000, 5_000, 10_000, 30_000]

/**
 * Answers on their way to the server, in order and kept on the device until the server has them. The same answer sent twice has one effect, so
 * whatever is not known to have arrived is sent again. What the server refuses is handed back with its reason.
 */
export class Outbox {
  private failures = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private running: Promise<void> | undefined

  constructor(
    private readonly letters: Kept<Letter[]>,
    private readonly deliver: (letter: Letter) => Promise<unknown>,
    private readonly on: { change: () => void; delivered: (letter: Letter) => void; refused: (letter: Returned) => void },
  ) {}

  get waiting(): Letter[] {
    return this.letters.read()
  }

  /** True while the last try did not reach the server. */
  get stuck() {
    return this.failures > 0
  }

  /** Keeps the answer and begins to send. */
  post(letter: Letter) {
    this.letters.write([...this.letters.read().filter((other) => other.assignment !== letter.assignment), letter])
    this.on.change()
    void this.send()
  }

  /** Sends all that is waiting; one at a time, however often it is called. */
  send(): Promise<void> {
    clearTimeout(this.timer)
    this.running ??= this.run().finally(() => {
      this.running = undefined
    })
    return this.running
  }

  stop() {
    clearTimeout(this.timer)
  }

  private async run() {
    for (let letter = this.waiting[0]; letter; letter = this.waiting[0]) {
      try {
        await this.deliver(letter)
        this.failures = 0
        this.remove(letter)
        this.on.delivered(letter)
      } catch (error) {
        if (isPassing(error) || (error instanceof ApiError && error.code === 'UNAUTHENTICATED')) {
          this.timer = setTimeout(() => void this.send(), waits[Math.min(this.failures, waits.length - 1)])
          this.failures++
          this.on.change()
          return
        }
        this.failures = 0
        this.remove(letter)
        this.on.refused({ ...letter, code: error instanceof ApiError ? error.code : 'INTERNAL', message: error instanceof Error ? error.message : String(error) })
      }
      this.on.change()
    }
  }

  private remove(letter: Letter) {
    this.letters.write(this.letters.read().filter((other) => other.assignment !== letter.assignment))
  }
}
