import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { Link } from 'react-router'

/** A button that opens a list of things to do. */
export function Menu({ label, children }: { label: string; children: ReactNode }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="button quiet">
        <span className="menu-label">{label}</span> <span aria-hidden="true">▾</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6} loop>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** With `checked` it is one of several of which one holds. */
export function MenuItem({ onSelect, checked, children }: { onSelect: () => void; checked?: boolean; children: ReactNode }) {
  if (checked === undefined)
    return (
      <DropdownMenu.Item className="menu-item" onSelect={onSelect}>
        {children}
      </DropdownMenu.Item>
    )
  return (
    <DropdownMenu.CheckboxItem className="menu-item" checked={checked} onCheckedChange={onSelect}>
      <span className="menu-check" aria-hidden="true">
        {checked ? '✓' : ''}
      </span>
      {children}
    </DropdownMenu.CheckboxItem>
  )
}

export const MenuLink = ({ to, children }: { to: string; children: ReactNode }) => (
  <DropdownMenu.Item className="menu-item" asChild>
    <Link to={to}>{children}</Link>
  </DropdownMenu.Item>
)
