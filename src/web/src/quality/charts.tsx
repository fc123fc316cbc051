import { formatSeconds, formatShare } from '../ui/format'

/** A measured share with its 95 % interval on a line from 0 to 1; a mark where a quality manager set another value. */
export function Interval({ value, low, high, override }: { value: number; low: number; high: number; override?: number | null }) {
  const text = `${formatShare(value)} (${formatShare(low)} to ${formatShare(high)})${override != null ? `, set to ${formatShare(override)}` : ''}`
  return (
    <span className="interval">
      <svg viewBox="0 0 100 16" role="img" aria-label={text} preserveAspectRatio="none">
        <line x1="0" y1="8" x2="100" y2="8" className="interval-line" />
        <rect x={low * 100} y="4" width={Math.max(0.5, (high - low) * 100)} height="8" rx="2" className="interval-range" />
        <rect x={value * 100 - 1} y="1" width="2" height="14" className="interval-value" />
        {override != null && <rect x={override * 100 - 1} y="0" width="2.5" height="16" className="interval-override" />}
      </svg>
      <span className="numeric">{formatShare(override ?? value)}</span>
    </span>
  )
}

export interface Day {
  day: string
  answerCount: number
  judged: number
  rightCount: number
  meanSeconds?: number | null
}

/** Answers by day as bars, with the share of right ones as a line, and a table of the same for screen readers. */
export function Activity({ days }: { days: readonly Day[] }) {
  const most = Math.max(...days.map((d) => d.answerCount), 1)
  const slowest = Math.max(...days.map((d) => d.meanSeconds ?? 0), 1)
  // Few days do not fill the width: a bar stays a bar.
  const width = 100 / Math.max(days.length, 14)
  const points = days.flatMap((d, i) => (d.judged > 0 ? [`${(i + 0.5) * width},${60 - (d.rightCount / d.judged) * 56}`] : []))
  return (
    <div className="stack">
      <div className="activity" aria-hidden="true">
        <svg viewBox="0 0 100 62" preserveAspectRatio="none">
          {days.map((d, i) => (
            <rect key={d.day} x={i * width + width * 0.15} width={width * 0.7} y={60 - (d.answerCount / most) * 56} height={(d.answerCount / most) * 56} className="activity-bar">
              <title>
                {new Date(d.day).toLocaleDateString()}: {d.answerCount} answers
              </title>
            </rect>
          ))}
          {points.length > 1 && <polyline points={points.join(' ')} className="activity-line" vectorEffect="non-scaling-stroke" />}
        </svg>
        <div className="row muted legend">
          <span className="legend-bar">Answers a day (up to {most})</span>
          <span className="legend-line">Right among those judged</span>
        </div>
      </div>
      <div className="table-frame" tabIndex={0} role="region" aria-label="Speed and accuracy by day">
        <table className="table compact">
          <caption className="sr-only">Speed and accuracy by day</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col" className="numeric">
                Answers
              </th>
              <th scope="col" className="numeric">
                Right
              </th>
              <th scope="col" className="numeric">
                Mean time
              </th>
              <th scope="col" className="minor">
                <span className="sr-only">Mean time as a bar</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {[...days].reverse().map((d) => (
              <tr key={d.day}>
                <td>{new Date(d.day).toLocaleDateString(undefined, { timeZone: 'UTC' })}</td>
                <td className="numeric">{d.answerCount}</td>
                <td className="numeric">{d.judged === 0 ? '–' : `${formatShare(d.rightCount / d.judged)} of ${d.judged}`}</td>
                <td className="numeric">{d.meanSeconds == null ? '–' : formatSeconds(d.meanSeconds)}</td>
                <td className="minor">
                  <div className="time-bar" style={{ width: `${((d.meanSeconds ?? 0) / slowest) * 100}%` }} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

/** Answers by true label (row) and given label (column); the share of a row as a shade. */
export function Confusion({ labels, counts }: { labels: readonly string[]; counts: readonly (readonly number[])[] }) {
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label="Confusion matrix">
      <table className="table compact confusion">
        <caption className="sr-only">Answers by true label (rows) and given label (columns)</caption>
        <thead>
          <tr>
            <th scope="col">True ╲ given</th>
            {labels.map((label) => (
              <th key={label} scope="col" className="numeric">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {counts.map((row, truth) => {
            const total = row.reduce((sum, n) => sum + n, 0)
            return (
              <tr key={labels[truth]}>
                <th scope="row">{labels[truth]}</th>
                {row.map((n, given) => {
                  const share = total === 0 ? 0 : n / total
                  return (
                    <td
                      key={given}
                      className="numeric"
                      style={{ background: n === 0 ? undefined : `color-mix(in srgb, var(${truth === given ? '--good' : '--bad'}) ${Math.round(share * 22)}%, var(--surface))` }}
                    >
                      {n === 0 ? <span className="muted">0</span> : `${n} · ${formatShare(share)}`}
                    </td>
                  )
                })}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
