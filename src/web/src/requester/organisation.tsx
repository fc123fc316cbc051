import { useSyncExternalStore, type ReactNode } from 'react'
import { useMe, type Me } from '../session/me'
import { Field, Select } from '../ui/Field'
import { ButtonLink } from '../ui/Button'
import { Empty } from '../ui/States'

export type Organisation = Me['organisations'][number]

const key = 'crowd.organisation'
const listeners = new Set<() => void>()

function choose(id: string) {
  localStorage.setItem(key, id)
  listeners.forEach((listener) => listener())
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The organisation the person acts for: the one chosen last, else the first. */
export function useOrganisation(): Organisation | undefined {
  const { me } = useMe()
  const chosen = useSyncExternalStore(subscribe, () => localStorage.getItem(key))
  return me?.organisations.find((o) => o.id === chosen) ?? me?.organisations[0]
}

export const isEditor = (organisation?: Organisation) => organisation?.role === 'OWNER' || organisation?.role === 'EDITOR'
export const isOwner = (organisation?: Organisation) => organisation?.role === 'OWNER'

/** Shown to those who belong to several organisations. */
export function OrganisationChoice() {
  const { me } = useMe()
  const organisation = useOrganisation()
  if (!me || me.organisations.length < 2) return null
  return (
    <Field label="Organisation" hideLabel>
      <Select value={organisation?.id} onChange={(event) => choose(event.target.value)}>
        {me.organisations.map((o) => (
          <option key={o.id} value={o.id}>
            {o.name}
          </option>
        ))}
      </Select>
    </Field>
  )
}

/** A page that belongs to an organisation. */
export function ForOrganisation({ children }: { children: (organisation: Organisation) => ReactNode }) {
  const organisation = useOrganisation()
  if (organisation) return <>{children(organisation)}</>
  return (
    <Empty title="You belong to no organisation">
      <p className="muted">Jobs are posted by organisations. Found one, or have an owner add you by your e-mail address.</p>
      <ButtonLink to="/account" kind="primary">
        Found an organisation
      </ButtonLink>
    </Empty>
  )
}
