import { useState, type FormEvent } from 'react'
import { useApiMutation, useApiQuery } from '../api/hooks'
import { Button } from '../ui/Button'
import { Badge, Card } from '../ui/Card'
import { confirm } from '../ui/Confirm'
import { Field, Input, Select } from '../ui/Field'
import { PageHeader } from '../ui/PageHeader'
import { Empty, ErrorBox, Loaded, NotFound } from '../ui/States'
import { Table } from '../ui/Table'
import { toast, toastError } from '../ui/toast'
import { Money, RelativeTime } from '../ui/Values'
import { isAdministrator, useMe } from '../session/me'
import { graphql } from './gql'
import type { StaffRole } from './gql/graphql'

const PlatformOperation = graphql(`
  query Platform {
    staff {
      person
      name
      email
      role
      since
    }
    serverSettings {
      name
      value
    }
    fees: accounts(of: "platform:fees") {
      ...AccountFields
    }
    appeals: accounts(of: "platform:appeals") {
      ...AccountFields
    }
    provider: accounts(of: "platform:provider") {
      ...AccountFields
    }
  }
`)

export const AccountFieldsFragment = graphql(`
  fragment AccountFields on Account {
    currency
    balanceMicros
    creditsMicros
    debitsMicros
  }
`)

const GrantStaffRoleOperation = graphql(`
  mutation GrantStaffRole($email: String!, $role: StaffRole!) {
    grantStaffRole(email: $email, role: $role)
  }
`)

const RevokeStaffRoleOperation = graphql(`
  mutation RevokeStaffRole($email: String!, $role: StaffRole!) {
    revokeStaffRole(email: $email, role: $role)
  }
`)

const roles: Record<StaffRole, string> = { QUALITY_MANAGER: 'Quality manager', ADMINISTRATOR: 'Administrator' }

/** What administrators see of the platform: who has which role, its accounts, its limits. */
export default function Platform() {
  const { me } = useMe()
  const isAdmin = me != null && isAdministrator(me)
  const query = useApiQuery(PlatformOperation, undefined, { enabled: isAdmin })
  const revoke = useApiMutation(RevokeStaffRoleOperation, { refresh: ['Platform'], onError: toastError, onSuccess: () => toast('The role is taken away.') })
  if (!isAdmin) return <NotFound />
  return (
    <>
      <PageHeader title="Platform" subtitle="Roles of the staff, the platform’s own accounts, and its limits." />
      <Loaded query={query}>
        {(data) => (
          <div className="stack">
            <Card title="Staff">
              <GrantRole />
              <Table
                caption="Staff by role"
                rows={data.staff}
                keyOf={(s) => `${s.person}:${s.role}`}
                columns={[
                  { head: 'Name', cell: (s) => s.name },
                  { head: 'E-mail address', minor: true, cell: (s) => s.email },
                  { head: 'Role', cell: (s) => <Badge tone={s.role === 'ADMINISTRATOR' ? 'accent' : 'neutral'}>{roles[s.role]}</Badge> },
                  { head: 'Since', minor: true, cell: (s) => <RelativeTime at={s.since} /> },
                  {
                    head: <span className="sr-only">Actions</span>,
                    cell: (s) => (
                      <Button
                        small
                        aria-label={`Take away the role ${roles[s.role]} from ${s.name}`}
                        onClick={() =>
                          void confirm({ title: `Take the role from ${s.name}?`, body: <p>{roles[s.role]}, {s.email}</p>, action: 'Take it away', danger: true }).then(
                            (reply) => reply && revoke.mutate({ email: s.email, role: s.role }),
                          )
                        }
                      >
                        Take away
                      </Button>
                    ),
                  },
                ]}
              />
            </Card>
            <Card title="Accounts">
              <Accounts rows={[...named('Fees earned', data.fees), ...named('Paid for upheld appeals', data.appeals), ...named('With the payment provider', data.provider)]} />
            </Card>
            <Card title="Limits">
              <p className="muted">As the server was started; they are changed in its configuration.</p>
              <Table
                caption="Limits of the server"
                rows={data.serverSettings}
                keyOf={(s) => s.name}
                columns={[
                  { head: 'Setting', cell: (s) => <code>{s.name}</code> },
                  { head: 'Value', numeric: true, cell: (s) => s.value },
                ]}
              />
            </Card>
          </div>
        )}
      </Loaded>
    </>
  )
}

interface Account {
  name: string
  currency: string
  balanceMicros: number
  creditsMicros: number
  debitsMicros: number
}

const named = (name: string, accounts: readonly Omit<Account, 'name'>[]): Account[] => accounts.map((a) => ({ ...a, name }))

const Accounts = ({ rows }: { rows: Account[] }) =>
  rows.length === 0 ? (
    <Empty title="Nothing has moved yet" />
  ) : (
    <Table
      caption="Accounts of the platform"
      rows={rows}
      keyOf={(a) => `${a.name}:${a.currency}`}
      columns={[
        { head: 'Account', cell: (a) => a.name },
        { head: 'Came in', numeric: true, minor: true, cell: (a) => <Money micros={a.creditsMicros} currency={a.currency} /> },
        { head: 'Went out', numeric: true, minor: true, cell: (a) => <Money micros={a.debitsMicros} currency={a.currency} /> },
        { head: 'Balance', numeric: true, cell: (a) => <Money micros={a.balanceMicros} currency={a.currency} /> },
      ]}
    />
  )

function GrantRole() {
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<StaffRole>('QUALITY_MANAGER')
  const grant = useApiMutation(GrantStaffRoleOperation, {
    refresh: ['Platform'],
    onSuccess: () => {
      setEmail('')
      toast('The role is given.')
    },
  })
  return (
    <form
      className="stack"
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        grant.mutate({ email, role })
      }}
    >
      {grant.error && <ErrorBox error={grant.error} />}
      <div className="filters">
        <Field label="E-mail address" hint="Of a person who has an account.">
          <Input type="email" required value={email} onChange={(e) => setEmail(e.target.value)} />
        </Field>
        <Field label="Role">
          <Select value={role} onChange={(e) => setRole(e.target.value as StaffRole)}>
            {Object.entries(roles).map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Button type="submit" busy={grant.isPending}>
          Give the role
        </Button>
      </div>
    </form>
  )
}
