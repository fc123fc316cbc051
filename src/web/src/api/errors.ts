export interface Violation {
  path: string
  rule: string
  message: string
}

/** A refusal by the server, or that it could not be reached. The code is stable and never changes its meaning. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly violations: Violation[] = [],
    readonly status = 0,
  ) {
    super(message)
    this.name = 'ApiError'
  }
}

export const networkError = () => new ApiError('NETWORK', 'The server cannot be reached.')

/** Failures after which the same request may be sent again: it has one effect. */
const passing = new Set(['NETWORK', 'UNAVAILABLE', 'OUTCOME_UNKNOWN', 'RATE_LIMITED', 'TIMEOUT'])

export const isPassing = (error: unknown) => error instanceof ApiError && passing.has(error.code)

const titles: Record<string, string> = {
  NETWORK: 'No connection',
  UNAVAILABLE: 'The server is away for a moment',
  OUTCOME_UNKNOWN: 'Not sure it was done',
  RATE_LIMITED: 'Too many requests',
  TIMEOUT: 'The server took too long',
  UNAUTHENTICATED: 'Sign-in needed',
  FORBIDDEN: 'Not allowed',
  NOT_FOUND: 'Not found',
  ALREADY_EXISTS: 'That exists already',
  IDEMPOTENCY_CONFLICT: 'Already used for something else',
  ALREADY_SUBMITTED: 'Already answered',
  ALREADY_SETTLED: 'Already settled',
  VERSION_CONFLICT: 'It has changed meanwhile',
  ASSIGNMENT_RETURNED: 'This task was given back',
  LEASE_EXPIRED: 'Time for this task is over',
  JOB_STATUS: 'The job does not allow this now',
  TASK_STATUS: 'The task does not allow this now',
  WORKER_SUSPENDED: 'You are suspended',
  WORKER_EXCLUDED: 'No more work on this job',
  QUALIFICATION_MISSING: 'A qualification is missing',
  WORKER_CAP_REACHED: 'You have reached a limit of this job',
  WINDOW_CLOSED: 'Too late, or too early',
  INVALID: 'Please check what you entered',
  BAD_USER_INPUT: 'Please check what you entered',
  ANSWER_INVALID: 'The answer is not complete',
  LIMIT_EXCEEDED: 'A limit is exceeded',
  INSUFFICIENT_FUNDS: 'Not enough money',
  NO_WORK: 'No tasks right now',
}

/** What to tell a person of a failure: a title by its code, and the server's sentence that says what to change. */
export function explain(error: unknown): { title: string; detail: string; code?: string } {
  if (!(error instanceof ApiError)) return { title: 'Something went wrong', detail: error instanceof Error ? error.message : String(error) }
  const detail =
    error.violations.length > 0
      ? error.violations.map((v) => (v.path ? `${v.path}: ${v.message}` : v.message)).join(' ')
      : error.code === 'NETWORK'
        ? 'Check your connection; what you entered is kept.'
        : error.message
  return { title: titles[error.code] ?? 'That did not work', detail, code: error.code }
}
