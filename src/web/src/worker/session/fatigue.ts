/** One answer of a sitting, in order. */
export interface Sample {
  seconds: number
  /** Whether it agreed with the label; null while that is not known. */
  agreed: boolean | null
}

/** Answers before anything is suggested, answers looked at as the latest, and the longest sitting in seconds. */
export const least = 20
const window = 10
const longest = 50 * 60

const median = (values: number[]) => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

const share = (samples: Sample[]) => {
  const known = samples.filter((sample) => sample.agreed !== null)
  return known.length < 5 ? null : known.filter((sample) => sample.agreed).length / known.length
}

/** Why a break would do good; null when nothing speaks for one. */
export function reasonForBreak(samples: readonly Sample[], sittingSeconds: number): string | null {
  if (samples.length >= least) {
    const first = samples.slice(0, window)
    const last = samples.slice(-window)
    const [before, now] = [median(first.map((s) => s.seconds)), median(last.map((s) => s.seconds))]
    const pace = before > 0 ? now / before : 1
    const [shareBefore, shareNow] = [share(samples.slice(0, -window)), share(last)]
    const fell = shareBefore !== null && shareNow !== null && shareBefore - shareNow >= 0.15
    const percent = (value: number) => `${Math.round(value * 100)} %`
    const longer = pace < 3 ? `${percent(pace - 1)} longer than` : `${Math.round(pace)} times as long as`
    if (fell && pace >= 1.4) return `Your last ${window} answers took ${longer} the first, and ${percent(shareNow)} of them agreed, after ${percent(shareBefore)} before.`
    if (fell && pace <= 0.6) return `You have become much quicker, and ${percent(shareNow)} of your last answers agreed, after ${percent(shareBefore)} before.`
    if (pace >= 1.8) return `Your last ${window} answers took ${longer} the first.`
  }
  return sittingSeconds >= longest ? `You have been at it for ${Math.round(sittingSeconds / 60)} minutes.` : null
}
