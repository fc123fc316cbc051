import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { Link, type LinkProps } from 'react-router'

type Kind = 'primary' | 'plain' | 'quiet' | 'danger'

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: Kind
  small?: boolean
  /** Something is on its way: the button cannot be pressed, and says so. */
  busy?: boolean
  /** The key that does the same, shown at the end. */
  shortcut?: string
}

export function Button({ kind = 'plain', small, busy, shortcut, className = '', children, disabled, type = 'button', ...rest }: Props) {
  return (
    <button {...rest} type={type} disabled={disabled || busy} aria-busy={busy || undefined} className={`button ${kind}${small ? ' small' : ''} ${className}`}>
      {busy && <span className="spinner" aria-hidden="true" />}
      {children}
      {shortcut && (
        <kbd className="key" aria-hidden="true">
          {shortcut}
        </kbd>
      )}
    </button>
  )
}

/** Looks like a button and leads somewhere. */
export function ButtonLink({ kind = 'plain', small, className = '', children, ...rest }: LinkProps & { kind?: Kind; small?: boolean; children: ReactNode }) {
  return (
    <Link {...rest} className={`button ${kind}${small ? ' small' : ''} ${className}`}>
      {children}
    </Link>
  )
}
