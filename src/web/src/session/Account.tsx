import { useState, type FormEvent } from 'react'
import { useApiMutation } from '../api/hooks'
import { Button } from '../ui/Button'
import { Card } from '../ui/Card'
import { Field, Input } from '../ui/Field'
import { PageHeader } from '../ui/PageHeader'
import { ErrorBox } from '../ui/States'
import { toast } from '../ui/toast'
import { graphql } from './gql'
import { sessionChanged, useMe } from './me'

const StartWorkingOperation = graphql(`
  mutation StartWorking {
    becomeWorker
  }
`)

const FoundOperation = graphql(`
  mutation Found($name: String!) {
    createOrganisation(name: $name) {
      id
    }
  }
`)

const ChangePasswordOperation = graphql(`
  mutation ChangePassword($current: String!, $password: String!) {
    changePassword(current: $current, password: $password)
  }
`)

/** The person's own account: roles to take up, the password. */
export default function Account() {
  const { me } = useMe()
  const [name, setName] = useState('')
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const work = useApiMutation(StartWorkingOperation, { onSuccess: sessionChanged })
  const found = useApiMutation(FoundOperation, { onSuccess: sessionChanged })
  const change = useApiMutation(ChangePasswordOperation, {
    onSuccess: () => {
      setCurrent('')
      setPassword('')
      toast('The password is changed; other sessions have ended.')
    },
  })
  if (!me) return null
  return (
    <>
      <PageHeader title="Account" subtitle={`${me.name}, ${me.email}`} />
      <div className="grid two">
        {!me.worker && (
          <Card title="Work">
            <p>Answer tasks and be paid for them.</p>
            {work.error && <ErrorBox error={work.error} />}
            <Button kind="primary" busy={work.isPending} onClick={() => work.mutate({})}>
              Become a worker
            </Button>
          </Card>
        )}
        <Card title={me.organisations.length === 0 ? 'Post jobs' : 'Found another organisation'}>
          <form
            className="stack"
            onSubmit={(event: FormEvent) => {
              event.preventDefault()
              found.mutate({ name })
            }}
          >
            {found.error && <ErrorBox error={found.error} />}
            <Field label="Organisation">
              <Input required maxLength={100} value={name} onChange={(e) => setName(e.target.value)} />
            </Field>
            <Button type="submit" busy={found.isPending}>
              Found it
            </Button>
          </form>
        </Card>
        <Card title="Password">
          <form
            className="stack"
            onSubmit={(event: FormEvent) => {
              event.preventDefault()
              change.mutate({ current, password })
            }}
          >
            {change.error && <ErrorBox error={change.error} />}
            <Field label="Current password">
              <Input type="password" autoComplete="current-password" required value={current} onChange={(e) => setCurrent(e.target.value)} />
            </Field>
            <Field label="New password" hint="At least 10 characters.">
              <Input type="password" autoComplete="new-password" required minLength={10} maxLength={200} value={password} onChange={(e) => setPassword(e.target.value)} />
            </Field>
            <Button type="submit" busy={change.isPending}>
              Change the password
            </Button>
          </form>
        </Card>
      </div>
    </>
  )
}
