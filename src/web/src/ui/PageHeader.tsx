import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useTitle } from './useTitle'

/** The page's one h1, where it belongs, and what can be done with the whole page. */
export function PageHeader({ title, subtitle, back, children }: { title: string; subtitle?: ReactNode; back?: { to: string; label: string }; children?: ReactNode }) {
  useTitle(title)
  return (
    <header className="page-header">
      <div className="page-title">
        {back && (
          <Link to={back.to} className="back">
            <span aria-hidden="true">←</span> {back.label}
          </Link>
        )}
        <h1>{title}</h1>
        {subtitle && <p className="muted">{subtitle}</p>}
      </div>
      {children && <div className="page-actions">{children}</div>}
    </header>
  )
}
