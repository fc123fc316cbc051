import type { ReactNode } from 'react'

/** A measured value with its interval; null where there was nothing to measure it by. */
export interface Measured {
  value?: number | null
  low?: number | null
  high?: number | null
  count: number
}

export interface PlotRow {
  name: string
  measured: Measured
  /** Number of the series that gives the colour, 1 to 8. */
  series?: number
}

const percent = (part: number) => `${Math.min(100, Math.max(0, part * 100))}%`

/** The value as a dot and its interval as a line, from `from` to `to`. The same stands beside it in words, so that screen readers pass it over. */
export function Whisker({ measured, from, to, series = 1, mark }: { measured: Measured; from: number; to: number; series?: number; mark?: number }) {
  const place = (x: number) => percent((x - from) / (to - from || 1))
  const { value, low, high } = measured
  return (
    <svg className="whisker" width="100%" height="22" aria-hidden="true" focusable="false">
      <line x1="0" x2="100%" y1="11" y2="11" className="whisker-base" />
      {mark !== undefined && <line x1={place(mark)} x2={place(mark)} y1="2" y2="20" className="whisker-mark" />}
      {value != null && (
        <g className={`series-${series}`}>
          <line x1={place(low ?? value)} x2={place(high ?? value)} y1="11" y2="11" className="whisker-range" />
          <circle cx={place(value)} cy="11" r="5" className="whisker-dot" />
        </g>
      )}
    </svg>
  )
}

/** Rows of measured values, each with its plot beside its figures. All plots have one scale, which stands in the head. */
export function WhiskerTable({ caption, first, rows, format, range, mark, unit }: {
  caption: string
  first: string
  rows: readonly PlotRow[]
  format: (value: number) => string
  range?: [number, number]
  mark?: number
  unit?: ReactNode
}) {
  const [from, to] = range ?? scaleOf(rows)
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label={caption}>
      <table className="table whiskers">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            <th scope="col" className="whisker-head">
              <span>{format(from)}</span>
              <span>{format(to)}</span>
            </th>
            <th scope="col" className="numeric">
              {unit ?? 'Value'}
            </th>
            <th scope="col" className="numeric minor">
              Cases
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              <td className="whisker-cell">
                <Whisker measured={row.measured} from={from} to={to} series={row.series} mark={mark} />
              </td>
              <td className="numeric">{inWords(row.measured, format)}</td>
              <td className="numeric minor">{row.measured.count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The value and its bounds: `92 % (88 to 95)`. */
export function inWords({ value, low, high }: Measured, format: (value: number) => string): ReactNode {
  if (value == null) return <span className="muted">not known</span>
  return (
    <>
      <strong>{format(value)}</strong>
      {low != null && high != null && (
        <small className="muted bounds">
          {format(low)} to {format(high)}
        </small>
      )}
    </>
  )
}

/** From 0, or below where values are, to a little beyond the largest bound that there is. */
function scaleOf(rows: readonly PlotRow[]): [number, number] {
  const all = rows.flatMap(({ measured: { value, low, high } }) => (value == null ? [] : [value, low ?? value, high ?? value]))
  const [least, most] = [Math.min(0, ...all), Math.max(0, ...all)]
  return most > least ? [least, most] : [0, 1]
}

export interface Bin {
  meanConfidence: number
  count: number
  right: Measured
}

/** Share right against stated confidence: on the diagonal a confidence means what it says. */
export function CalibrationPlot({ bins }: { bins: readonly Bin[] }) {
  const [size, edge] = [300, 36]
  const x = (value: number) => edge + value * (size - edge - 8)
  const y = (value: number) => size - edge - value * (size - edge - 8)
  return (
    <svg className="plot square" viewBox={`0 0 ${size} ${size}`} role="img" aria-label="Share right against stated confidence; the table beside it has the same figures">
      <rect x={x(0)} y={y(1)} width={x(1) - x(0)} height={y(0) - y(1)} className="plot-frame" />
      <line x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} className="plot-ideal" />
      {[0, 0.5, 1].map((tick) => (
        <g key={tick} className="plot-text">
          <text x={x(tick)} y={size - edge + 16} textAnchor="middle">
            {tick * 100}
          </text>
          <text x={edge - 6} y={y(tick) + 4} textAnchor="end">
            {tick * 100}
          </text>
        </g>
      ))}
      <text x={(x(0) + x(1)) / 2} y={size - 4} textAnchor="middle" className="plot-text">
        stated confidence, %
      </text>
      <g className="series-1">
        {bins.map((bin, i) => (
          <g key={i}>
            {bin.right.low != null && bin.right.high != null && (
              <line x1={x(bin.meanConfidence)} x2={x(bin.meanConfidence)} y1={y(bin.right.low)} y2={y(bin.right.high)} className="whisker-range" />
            )}
            {bin.right.value != null && <circle cx={x(bin.meanConfidence)} cy={y(bin.right.value)} r="5" className="whisker-dot" />}
          </g>
        ))}
      </g>
    </svg>
  )
}

/** Shares over time, with their intervals, in as many equal steps. */
export function SpansPlot({ spans, name }: { spans: readonly Measured[]; name: string }) {
  const height = 160
  const x = (i: number) => percent((i + 0.5) / spans.length)
  const y = (value: number) => 10 + (1 - value) * (height - 20)
  return (
    <svg className="plot" width="100%" height={height} role="img" aria-label={`${name}; the table beside it has the same figures`}>
      {[0, 0.5, 1].map((tick) => (
        <g key={tick}>
          <line x1="0" x2="100%" y1={y(tick)} y2={y(tick)} className="whisker-base" />
          <text x="2" y={y(tick) - 3} className="plot-text">
            {tick * 100} %
          </text>
        </g>
      ))}
      <g className="series-1">
        {spans.map((span, i) => (
          <g key={i}>
            {i > 0 && span.value != null && spans[i - 1]?.value != null && <line x1={x(i - 1)} y1={y(spans[i - 1]!.value!)} x2={x(i)} y2={y(span.value)} className="plot-line" />}
            {span.low != null && span.high != null && <line x1={x(i)} x2={x(i)} y1={y(span.low)} y2={y(span.high)} className="whisker-range" />}
            {span.value != null && <circle cx={x(i)} cy={y(span.value)} r="5" className="whisker-dot" />}
          </g>
        ))}
      </g>
    </svg>
  )
}
