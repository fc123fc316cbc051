import { useEffect, useRef, useState } from 'react'
import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'

interface Series {
  name: string
  values: number[]
}

const height = 180

/** Seconds shown on either side of a single point. */
const alone = 300

/** Steps of an axis of counts: no half answers. */
const wholeSteps = Array.from({ length: 9 }, (_, i) => [1, 2, 5].map((n) => n * 10 ** i)).flat()

/** Values over time as lines, with the last of each in words for those who do not see the lines. */
export function LineChart({ name, times, series, format, range, whole }: { name: string; times: number[]; series: Series[]; format: (value: number) => string; range?: [number, number]; whole?: boolean }) {
  const frame = useRef<HTMLDivElement>(null)
  const theme = useTheme()
  const data = JSON.stringify([times, ...series.map((s) => s.values)])
  const latest = useRef({ format, series, range, whole })
  latest.current = { format, series, range, whole }

  useEffect(() => {
    const element = frame.current
    if (!element) return
    const style = getComputedStyle(document.documentElement)
    const colour = (variable: string) => style.getPropertyValue(variable).trim()
    const { series: lines, range: fixed, whole: counts } = latest.current
    const axis = { stroke: colour('--muted'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 }, font: `12px ${style.fontFamily}` }
    const chart = new UPlot(
      {
        width: element.clientWidth,
        height,
        legend: { show: false },
        cursor: { drag: { x: false, y: false } },
        scales: { y: { range: fixed ?? ((_, __, most) => [0, most > 0 ? most * 1.05 : 1]) } },
        axes: [axis, { ...axis, size: 64, ...(counts ? { incrs: wholeSteps } : {}), values: (_, ticks) => ticks.map((tick) => latest.current.format(tick)) }],
        series: [{}, ...lines.map((line, i) => ({ label: line.name, stroke: colour(`--series-${i + 1}`), width: 2, points: { show: (JSON.parse(data) as number[][])[0]!.length < 12, size: 6 } }))],
      },
      JSON.parse(data) as UPlot.AlignedData,
      element,
    )
    // Left to itself a single point gets years around it.
    const points = JSON.parse(data) as number[][]
    const only = points[0]?.length === 1 ? points[0][0] : undefined
    if (only !== undefined) chart.setScale('x', { min: only - alone, max: only + alone })
    const observer = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height }))
    observer.observe(element)
    return () => {
      observer.disconnect()
      chart.destroy()
    }
  }, [data, theme])

  if (times.length === 0) return <p className="muted">Nothing has happened yet.</p>
  const words = series.map((s) => `${s.name}: ${format(s.values.at(-1) ?? 0)} at the end, at most ${format(Math.max(...s.values))}`).join('; ')
  return (
    <figure className="chart">
      <div ref={frame} className="chart-frame" role="img" aria-label={`${name}. ${words}.`} />
      {series.length > 1 && (
        <figcaption className="chart-legend">
          {series.map((s, i) => (
            <span key={s.name}>
              <span className="swatch" style={{ background: `var(--series-${i + 1})` }} aria-hidden="true" /> {s.name}
            </span>
          ))}
        </figcaption>
      )}
    </figure>
  )
}

/** Changes when the colours do: by the system or by the person. */
function useTheme(): string {
  const read = () => `${document.documentElement.dataset.theme ?? ''}${matchMedia('(prefers-color-scheme: dark)').matches}`
  const [theme, setTheme] = useState(read)
  useEffect(() => {
    const changed = () => setTheme(read())
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    const observer = new MutationObserver(changed)
    scheme.addEventListener('change', changed)
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      scheme.removeEventListener('change', changed)
      observer.disconnect()
    }
  }, [])
  return theme
}
