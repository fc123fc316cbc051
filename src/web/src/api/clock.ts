let offset = 0
let known = false

/** Takes the server's word for the time, from a response's Date header (whole seconds) and the moment it arrived. */
export function noteServerTime(date: string | null, now = Date.now()) {
  const at = date ? Date.parse(date) : NaN
  if (Number.isNaN(at)) return
  const found = at + 500 - now
  // The header says whole seconds and the way takes time: only what differs by more than that is a clock that is wrong.
  if (!known || Math.abs(found - offset) > 1500) offset = Math.abs(found) < 1500 ? 0 : found
  known = true
}

/** The server's time in milliseconds, so that leases end here when they end there. */
export const serverNow = () => Date.now() + offset
