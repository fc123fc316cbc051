import { noteServerTime } from './clock'
import { ApiError, networkError } from './errors'

/** A generated operation: its text, with the types of its result and variables. */
export interface Operation<Result, Variables> {
  toString(): string
  __apiType?: (variables: Variables) => Result
}

interface Envelope {
  data?: unknown
  errors?: { message: string; extensions?: { code?: string; violations?: ApiError['violations'] } }[]
  code?: string
  detail?: string
}

/** Longest wait for an answer, in milliseconds. */
const patience = 30_000

/** Sends one operation. Every failure is an ApiError with a stable code; `NETWORK` when nothing came back. */
export async function send<Result, Variables>(operation: Operation<Result, Variables>, variables?: Variables, signal?: AbortSignal): Promise<Result> {
  let response: Response
  let body: Envelope
  try {
    response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ query: operation.toString(), variables: variables ?? {} }),
      signal: signal ? AbortSignal.any([signal, AbortSignal.timeout(patience)]) : AbortSignal.timeout(patience),
    })
    noteServerTime(response.headers.get('date'))
    body = (await response.json()) as Envelope
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw networkError()
  }
  const error = body.errors?.[0]
  if (error) throw new ApiError(error.extensions?.code ?? 'INTERNAL', error.message, error.extensions?.violations ?? [], response.status)
  if (body.data === undefined || body.data === null) throw new ApiError(body.code ?? 'INTERNAL', body.detail ?? 'The server sent no result.', [], response.status)
  return body.data as Result
}

/** An id made by the caller, so that a repeated call has one effect: the prefix and 26 characters in order of time. */
export function newId(prefix: string): string {
  const digits = '0123456789abcdefghjkmnpqrstvwxyz'
  let time = Date.now()
  let head = ''
  for (let i = 0; i < 10; i++) {
    head = digits[time % 32] + head
    time = Math.floor(time / 32)
  }
  const tail = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => digits[byte % 32]).join('')
  return `${prefix}_${head}${tail}`
}
