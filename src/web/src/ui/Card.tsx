import type { ReactNode } from 'react'

/** A surface with an optional title and something at the title's end. */
export function Card({ title, end, children, className = '' }: { title?: string; end?: ReactNode; children: ReactNode; className?: string }) {
  return (
    <section className={`card ${className}`} aria-label={title}>
      {(title || end) && (
        <header className="card-header">
          {title && <h2>{title}</h2>}
          {end}
        </header>
      )}
      {children}
    </section>
  )
}

/** One figure with its name, and a line that explains it. */
export function Stat({ label, value, detail }: { label: string; value: ReactNode; detail?: ReactNode }) {
  return (
    <div className="stat">
      <span className="stat-label">{label}</span>
      <span className="stat-value">{value}</span>
      {detail && <span className="stat-detail">{detail}</span>}
    </div>
  )
}

export const Stats = ({ children }: { children: ReactNode }) => <div className="stats">{children}</div>

export type Tone = 'neutral' | 'good' | 'warning' | 'bad' | 'accent'

export const Badge = ({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) => <span className={`badge ${tone}`}>{children}</span>

/** A share from 0 to 1 as a bar, with its name for screen readers. */
export function Meter({ value, label, tone = 'accent' }: { value: number; label: string; tone?: Tone }) {
  const share = Math.min(1, Math.max(0, value))
  return (
    <div className={`meter ${tone}`} role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(share * 100)}>
      <div style={{ width: `${share * 100}%` }} />
    </div>
  )
}
