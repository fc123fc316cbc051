import { useState, type FormEvent } from 'react'
import { useApiMutation, useApiQuery } from '../../api/hooks'
import { Button } from '../../ui/Button'
import { Card } from '../../ui/Card'
import { confirm } from '../../ui/Confirm'
import { Field, Input } from '../../ui/Field'
import { Empty, ErrorBox, Loaded } from '../../ui/States'
import { Table } from '../../ui/Table'
import { toastError } from '../../ui/toast'
import { RelativeTime } from '../../ui/Values'
import { graphql } from '../gql'
import { SecretDialog } from './SecretDialog'

const KeysOperation = graphql(`
  query ApiKeys {
    apiKeys {
      id
      name
      createdAt
    }
  }
`)

const CreateKeyOperation = graphql(`
  mutation CreateApiKey($name: String!) {
    createApiKey(name: $name) {
      id
      secret
    }
  }
`)

const RevokeKeyOperation = graphql(`
  mutation RevokeApiKey($key: ID!) {
    revokeApiKey(key: $key)
  }
`)

/** Keys with which programs act as this person. */
export function Keys() {
  const [name, setName] = useState('')
  const [secret, setSecret] = useState<string | null>(null)
  const query = useApiQuery(KeysOperation)
  const create = useApiMutation(CreateKeyOperation, {
    refresh: ['ApiKeys'],
    onSuccess: ({ createApiKey }) => {
      setName('')
      setSecret(createApiKey.secret)
    },
  })
  const revoke = useApiMutation(RevokeKeyOperation, { refresh: ['ApiKeys'], onError: toastError })
  const askToRevoke = async (key: string, called: string) => {
    const reply = await confirm({ title: `Revoke ${called}?`, body: <p>Programs that use it are refused from now on.</p>, action: 'Revoke', danger: true })
    if (reply) revoke.mutate({ key })
  }
  return (
    <div className="stack">
      <p className="muted">A program that sends a key of yours as “Authorization: Bearer …” may do what you may do.</p>
      <Loaded query={query}>
        {({ apiKeys }) =>
          apiKeys.length === 0 ? (
            <Empty title="You have no keys">
              <p className="muted">Make one for each program, so that you can revoke it alone.</p>
            </Empty>
          ) : (
            <Table
              caption="Your keys"
              rows={apiKeys}
              keyOf={(key) => key.id}
              columns={[
                { head: 'Name', cell: (key) => key.name },
                { head: 'Made', cell: (key) => <RelativeTime at={key.createdAt} /> },
                { head: 'Id', minor: true, cell: (key) => <code>{key.id}</code> },
                {
                  head: <span className="sr-only">Actions</span>,
                  cell: (key) => (
                    <Button small kind="danger" aria-label={`Revoke ${key.name}`} onClick={() => void askToRevoke(key.id, key.name)}>
                      Revoke
                    </Button>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
      <Card title="Make a key">
        {create.error && <ErrorBox error={create.error} />}
        <form
          className="funding"
          onSubmit={(event: FormEvent) => {
            event.preventDefault()
            create.mutate({ name })
          }}
        >
          <Field label="Name" hint="What it is for.">
            <Input required maxLength={100} value={name} onChange={(e) => setName(e.target.value)} />
          </Field>
          <Button type="submit" kind="primary" busy={create.isPending}>
            Make it
          </Button>
        </form>
      </Card>
      <SecretDialog title="Your new key" secret={secret} onClose={() => setSecret(null)} />
    </div>
  )
}
