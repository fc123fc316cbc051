import { formatCount, formatShare } from '../../ui/format'

/** Counts by name as bars; a table to screen readers. */
export function Bars({ name, bars, empty }: { name: string; bars: { name: string; value: number; detail?: string }[]; empty: string }) {
  const most = Math.max(...bars.map((bar) => bar.value), 0)
  const all = bars.reduce((sum, bar) => sum + bar.value, 0)
  if (all === 0) return <p className="muted">{empty}</p>
  return (
    <table className="bars">
      <caption className="sr-only">{name}</caption>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.name}>
            <th scope="row">{bar.name}</th>
            <td className="bar-cell" aria-hidden="true">
              <div className="bar-fill" style={{ width: `${(bar.value / most) * 100}%` }} />
            </td>
            <td className="bar-value">
              {formatCount(bar.value)} <small className="muted">{bar.detail ?? formatShare(bar.value / all)}</small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
