const micros = 1_000_000

/** An amount in micros in the reader's own manner: at least the currency's usual digits, up to six where there are fractions of them. */
export function formatMoney(amountMicros: number, currency = 'USD', signed = false): string {
  return new Intl.NumberFormat(undefined, { style: 'currency', currency, maximumFractionDigits: 6, signDisplay: signed ? 'exceptZero' : 'auto' }).format(amountMicros / micros)
}

/** An amount that is an estimate: the currency's usual digits and no more. */
export const formatAbout = (amountMicros: number, currency = 'USD') => new Intl.NumberFormat(undefined, { style: 'currency', currency }).format(amountMicros / micros)

/** What a person wrote as an amount, in micros; null when it is no amount. */
export function parseMoney(text: string): number | null {
  const trimmed = text.trim().replace(',', '.')
  if (!/^\d{1,9}(\.\d{1,6})?$/.test(trimmed)) return null
  const [whole = '0', fraction = ''] = trimmed.split('.')
  return Number(whole) * micros + Number(fraction.padEnd(6, '0'))
}

export const formatShare = (share: number, digits = 0) => new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: digits }).format(share)
export const formatCount = (count: number) => new Intl.NumberFormat().format(count)

/** A length of time in words: `45 s`, `3 min`, `1 h 20 min`, `2 d`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 90) return `${seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return `${Math.round(hours / 24)} d`
}

/** Seconds of an ISO 8601 duration such as `PT1H30M` or `P3D`; 0 for what is none. */
export function parseDuration(text: string): number {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text)
  if (!found) return 0
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = found
  return Number(days) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)
}

/** Seconds as an ISO 8601 duration. */
export const toDuration = (seconds: number) => `PT${Math.round(seconds)}S`

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** How long ago, or in how long. */
export function formatRelative(at: string, now = Date.now()): string {
  const seconds = (new Date(at).getTime() - now) / 1000
  const format = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })
  const [unit, length] = steps.find(([, step]) => Math.abs(seconds) >= step) ?? ['second', 1]
  return format.format(Math.round(seconds / length), unit)
}
