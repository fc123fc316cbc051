import { useState, type FormEvent } from 'react'
import { useApiMutation, useApiQuery } from '../../api/hooks'
import { Button } from '../../ui/Button'
import { Badge } from '../../ui/Card'
import { Field, Input } from '../../ui/Field'
import { Loaded } from '../../ui/States'
import { Table } from '../../ui/Table'
import { toast, toastError } from '../../ui/toast'
import { RelativeTime } from '../../ui/Values'
import { graphql } from '../gql'

const DeliveriesOperation = graphql(`
  query Deliveries($webhook: ID!) {
    deliveries(webhook: $webhook, first: 50) {
      nodes {
        position
        type
        delivered
        attempts
        nextTryAt
        answer
        deliveredAt
      }
    }
  }
`)

const ReplayOperation = graphql(`
  mutation ReplayWebhook($id: ID!, $after: Long!) {
    replayWebhook(id: $id, afterPosition: $after) {
      id
    }
  }
`)

/** The newest 50 deliveries of a webhook, and sending the past again. */
export function Deliveries({ webhook }: { webhook: string }) {
  const [after, setAfter] = useState('0')
  const query = useApiQuery(DeliveriesOperation, { webhook }, { refetchInterval: 5_000 })
  const replay = useApiMutation(ReplayOperation, { refresh: ['Deliveries'], onError: toastError, onSuccess: () => toast('The events are sent again, in order.') })
  return (
    <div className="stack">
      <Loaded query={query}>
        {({ deliveries }) =>
          deliveries.nodes.length === 0 ? (
            <p className="muted">Nothing was sent yet.</p>
          ) : (
            <Table
              caption="Deliveries"
              rows={deliveries.nodes}
              keyOf={(delivery) => String(delivery.position)}
              columns={[
                { head: 'Position', numeric: true, cell: (delivery) => delivery.position },
                { head: 'Event', cell: (delivery) => delivery.type },
                { head: 'State', cell: (delivery) => <Badge tone={delivery.delivered ? 'good' : delivery.attempts > 0 ? 'bad' : 'neutral'}>{delivery.delivered ? 'Delivered' : delivery.attempts > 0 ? 'Failing' : 'Waiting'}</Badge> },
                { head: 'Tries', numeric: true, minor: true, cell: (delivery) => delivery.attempts },
                { head: 'Answer', minor: true, cell: (delivery) => delivery.answer ?? '' },
                { head: 'When', minor: true, cell: (delivery) => (delivery.deliveredAt ? <RelativeTime at={delivery.deliveredAt} /> : delivery.nextTryAt ? <>again <RelativeTime at={delivery.nextTryAt} /></> : '') },
              ]}
            />
          )
        }
      </Loaded>
      <form
        className="funding"
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          replay.mutate({ id: webhook, after: Number(after) })
        }}
      >
        <Field label="Send again what came after position" hint="0 for everything.">
          <Input type="number" min={0} required value={after} onChange={(e) => setAfter(e.target.value)} />
        </Field>
        <Button type="submit" busy={replay.isPending}>
          Send again
        </Button>
      </form>
    </div>
  )
}
