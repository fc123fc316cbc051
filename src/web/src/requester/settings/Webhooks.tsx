import { useState, type FormEvent } from 'react'
import { useApiMutation, useApiQuery } from '../../api/hooks'
import { Button } from '../../ui/Button'
import { Badge, Card } from '../../ui/Card'
import { confirm } from '../../ui/Confirm'
import { Checkbox, Field, Input } from '../../ui/Field'
import { Empty, ErrorBox, Loaded } from '../../ui/States'
import { toast, toastError } from '../../ui/toast'
import { graphql } from '../gql'
import type { WebhooksQuery } from '../gql/graphql'
import type { Organisation } from '../organisation'
import { Deliveries } from './Deliveries'
import { SecretDialog } from './SecretDialog'

const WebhooksOperation = graphql(`
  query Webhooks($requester: ID!) {
    webhookTypes
    webhooks(requester: $requester) {
      id
      url
      types
      disabledAt
      disabledReason
    }
  }
`)

const CreateWebhookOperation = graphql(`
  mutation CreateWebhook($requester: ID!, $url: String!, $types: [String!]!) {
    createWebhook(requester: $requester, url: $url, types: $types) {
      id
      secret
    }
  }
`)

const EnableWebhookOperation = graphql(`
  mutation EnableWebhook($id: ID!) {
    enableWebhook(id: $id) {
      id
    }
  }
`)

const DisableWebhookOperation = graphql(`
  mutation DisableWebhook($id: ID!, $reason: String!) {
    disableWebhook(id: $id, reason: $reason) {
      id
    }
  }
`)

const RemoveWebhookOperation = graphql(`
  mutation RemoveWebhook($id: ID!) {
    removeWebhook(id: $id)
  }
`)

const TestWebhookOperation = graphql(`
  mutation TestWebhook($id: ID!) {
    testWebhook(id: $id) {
      taken
      answer
    }
  }
`)

const ReplaceWebhookSecretOperation = graphql(`
  mutation ReplaceWebhookSecret($id: ID!) {
    replaceWebhookSecret(id: $id) {
      secret
    }
  }
`)

type Webhook = WebhooksQuery['webhooks'][number]

/** Where the organisation's own systems are told of what happens. */
export function Webhooks({ organisation }: { organisation: Organisation }) {
  const query = useApiQuery(WebhooksOperation, { requester: organisation.id })
  return (
    <div className="stack">
      <p className="muted">Crowd sends a signed POST request to your server when something happens on a job: in order for each job, again until your server takes it, and from any point of the past.</p>
      <Loaded query={query}>
        {({ webhooks, webhookTypes }) => (
          <>
            {webhooks.length === 0 && (
              <Empty title="No webhooks">
                <p className="muted">Without one your systems can still ask the API.</p>
              </Empty>
            )}
            {webhooks.map((webhook) => (
              <WebhookCard key={webhook.id} webhook={webhook} />
            ))}
            <AddWebhook organisation={organisation} types={webhookTypes} />
          </>
        )}
      </Loaded>
    </div>
  )
}

function WebhookCard({ webhook }: { webhook: Webhook }) {
  const [open, setOpen] = useState(false)
  const refresh = { refresh: ['Webhooks', 'Deliveries'], onError: toastError }
  const enable = useApiMutation(EnableWebhookOperation, refresh)
  const disable = useApiMutation(DisableWebhookOperation, refresh)
  const remove = useApiMutation(RemoveWebhookOperation, refresh)
  const [secret, setSecret] = useState<string | null>(null)
  const test = useApiMutation(TestWebhookOperation, { onError: toastError })
  const replace = useApiMutation(ReplaceWebhookSecretOperation, { onError: toastError, onSuccess: ({ replaceWebhookSecret }) => setSecret(replaceWebhookSecret.secret) })
  const askToReplace = async () => {
    const reply = await confirm({ title: 'Replace the secret?', body: <p>All that is sent from now on is signed with the new one. What your server refuses until it knows it is sent again.</p>, action: 'Replace it', danger: true })
    if (reply) replace.mutate({ id: webhook.id })
  }
  const askToDisable = async () => {
    const reply = await confirm({ title: 'Disable this webhook?', body: <p>Nothing is sent until it is enabled; what happens meanwhile can be sent again from its position in the log.</p>, action: 'Disable', reason: 'Reason' })
    if (reply) disable.mutate({ id: webhook.id, reason: reply.reason })
  }
  const askToRemove = async () => {
    const reply = await confirm({ title: 'Remove this webhook?', body: <p>Its secret and the log of its deliveries are deleted.</p>, action: 'Remove', danger: true })
    if (reply) remove.mutate({ id: webhook.id })
  }
  return (
    <section className="card" aria-label={webhook.url}>
      <div className="row between">
        <h2 className="address">{webhook.url}</h2>
        <Badge tone={webhook.disabledAt ? 'bad' : 'good'}>{webhook.disabledAt ? 'Disabled' : 'Enabled'}</Badge>
      </div>
      <p className="row">
        {webhook.types.map((type) => (
          <Badge key={type}>{type}</Badge>
        ))}
      </p>
      {webhook.disabledReason && <p className="notice warning">{webhook.disabledReason}</p>}
      <div className="row">
        <Button small aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide deliveries' : 'Deliveries'}
        </Button>
        {webhook.disabledAt ? (
          <Button small busy={enable.isPending} onClick={() => enable.mutate({ id: webhook.id })}>
            Enable
          </Button>
        ) : (
          <Button small onClick={() => void askToDisable()}>
            Disable
          </Button>
        )}
        <Button small busy={test.isPending} onClick={() => test.mutate({ id: webhook.id })}>
          Send a test
        </Button>
        <Button small busy={replace.isPending} onClick={() => void askToReplace()}>
          Replace the secret
        </Button>
        <Button small kind="danger" onClick={() => void askToRemove()}>
          Remove
        </Button>
      </div>
      {test.data && (
        <p className={test.data.testWebhook.taken ? 'notice good' : 'notice warning'} role="status">
          {test.data.testWebhook.taken ? 'The test was taken: ' : 'The test was not taken: '}
          {test.data.testWebhook.answer}.
        </p>
      )}
      <SecretDialog title="The webhook’s new secret" secret={secret} onClose={() => setSecret(null)} />
      {open && <Deliveries webhook={webhook.id} />}
    </section>
  )
}

function AddWebhook({ organisation, types }: { organisation: Organisation; types: string[] }) {
  const [url, setUrl] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(['task.decided', 'job.closed']))
  const [secret, setSecret] = useState<string | null>(null)
  const create = useApiMutation(CreateWebhookOperation, {
    refresh: ['Webhooks'],
    onSuccess: ({ createWebhook }) => {
      setUrl('')
      setSecret(createWebhook.secret)
      toast('The webhook is made.')
    },
  })
  const toggle = (type: string) => setChosen(new Set(chosen.has(type) ? [...chosen].filter((t) => t !== type) : [...chosen, type]))
  return (
    <Card title="Add a webhook">
      <form
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          create.mutate({ requester: organisation.id, url, types: [...chosen] })
        }}
      >
        {create.error && <ErrorBox error={create.error} />}
        <Field label="Address" hint="Begins with https:// and can be reached from the internet.">
          <Input type="url" required maxLength={2000} value={url} placeholder="https://example.com/crowd" onChange={(e) => setUrl(e.target.value)} />
        </Field>
        <fieldset className="choices types">
          <legend>What is sent</legend>
          <div className="type-grid">
            {types.map((type) => (
              <Checkbox key={type} label={type} checked={chosen.has(type)} onChange={() => toggle(type)} />
            ))}
          </div>
        </fieldset>
        <Button type="submit" kind="primary" busy={create.isPending} disabled={chosen.size === 0}>
          Add it
        </Button>
      </form>
      <SecretDialog title="The webhook’s secret" secret={secret} onClose={() => setSecret(null)} />
    </Card>
  )
}
