import { useState, type FormEvent } from 'react'
import { useApiMutation, useApiQuery } from '../../api/hooks'
import { useMe } from '../../session/me'
import { Button } from '../../ui/Button'
import { Card } from '../../ui/Card'
import { confirm } from '../../ui/Confirm'
import { Field, Input, Select } from '../../ui/Field'
import { ErrorBox, Loaded } from '../../ui/States'
import { Table } from '../../ui/Table'
import { toast, toastError } from '../../ui/toast'
import { graphql } from '../gql'
import type { MemberRole } from '../gql/graphql'
import { isOwner, type Organisation } from '../organisation'

const MembersOperation = graphql(`
  query Members {
    me {
      id
      organisations {
        id
        members {
          person
          name
          email
          role
        }
      }
    }
  }
`)

const SetMemberOperation = graphql(`
  mutation SetMember($requester: ID!, $email: String!, $role: MemberRole!) {
    setMember(requester: $requester, email: $email, role: $role)
  }
`)

const RemoveMemberOperation = graphql(`
  mutation RemoveMember($requester: ID!, $person: ID!) {
    removeMember(requester: $requester, person: $person)
  }
`)

export const roleNames: Record<MemberRole, string> = { VIEWER: 'Viewer: sees jobs and results', EDITOR: 'Editor: makes and runs jobs, reviews', OWNER: 'Owner: also money, members, webhooks' }
const shortNames: Record<MemberRole, string> = { VIEWER: 'Viewer', EDITOR: 'Editor', OWNER: 'Owner' }

export function Members({ organisation }: { organisation: Organisation }) {
  const { me } = useMe()
  const query = useApiQuery(MembersOperation)
  const set = useApiMutation(SetMemberOperation, { refresh: ['Members', 'Me'], onError: toastError })
  const remove = useApiMutation(RemoveMemberOperation, { refresh: ['Members', 'Me'], onError: toastError })
  const owns = isOwner(organisation)

  const askToRemove = async (person: string, name: string) => {
    const reply = await confirm({ title: `Take ${name} out?`, body: <p>They see nothing of the organisation any more.</p>, action: 'Take out', danger: true })
    if (reply) remove.mutate({ requester: organisation.id, person })
  }
  return (
    <div className="stack">
      <Loaded query={query}>
        {(data) => (
          <Table
            caption="Members"
            rows={data.me?.organisations.find((o) => o.id === organisation.id)?.members ?? []}
            keyOf={(member) => member.person}
            columns={[
              {
                head: 'Member',
                cell: (member) => (
                  <div className="task-cell">
                    <span>{member.name}</span>
                    <small className="muted">{member.email}</small>
                  </div>
                ),
              },
              {
                head: 'Role',
                cell: (member) =>
                  owns && member.person !== me?.id ? (
                    <Select aria-label={`Role of ${member.name}`} value={member.role} onChange={(e) => set.mutate({ requester: organisation.id, email: member.email, role: e.target.value as MemberRole })}>
                      {Object.entries(shortNames).map(([role, name]) => (
                        <option key={role} value={role}>
                          {name}
                        </option>
                      ))}
                    </Select>
                  ) : (
                    shortNames[member.role]
                  ),
              },
              {
                head: <span className="sr-only">Actions</span>,
                cell: (member) =>
                  owns &&
                  member.person !== me?.id && (
                    <Button small kind="quiet" aria-label={`Take out ${member.name}`} onClick={() => void askToRemove(member.person, member.name)}>
                      Take out
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      {owns && <AddMember organisation={organisation} />}
    </div>
  )
}

function AddMember({ organisation }: { organisation: Organisation }) {
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<MemberRole>('EDITOR')
  const add = useApiMutation(SetMemberOperation, {
    refresh: ['Members'],
    onSuccess: () => {
      setEmail('')
      toast('The member is added.')
    },
  })
  return (
    <Card title="Add a member">
      {add.error && <ErrorBox error={add.error} />}
      <form
        className="funding"
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          add.mutate({ requester: organisation.id, email, role })
        }}
      >
        <Field label="E-mail address" hint="Of somebody who has an account.">
          <Input type="email" required value={email} onChange={(e) => setEmail(e.target.value)} />
        </Field>
        <Field label="Role">
          <Select value={role} onChange={(e) => setRole(e.target.value as MemberRole)}>
            {Object.entries(roleNames).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Button type="submit" kind="primary" busy={add.isPending}>
          Add
        </Button>
      </form>
    </Card>
  )
}
