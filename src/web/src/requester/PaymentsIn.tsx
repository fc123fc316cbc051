import { useState } from 'react'
import { newId } from '../api/client'
import { useApiMutation, useApiQuery } from '../api/hooks'
import { Button } from '../ui/Button'
import { Badge, Card, type Tone } from '../ui/Card'
import { Dialog } from '../ui/Dialog'
import { Field, Input } from '../ui/Field'
import { formatMoney, parseMoney } from '../ui/format'
import { Empty, ErrorBox, Loaded } from '../ui/States'
import { Table } from '../ui/Table'
import { toast } from '../ui/toast'
import { Money, RelativeTime } from '../ui/Values'
import { graphql } from './gql'
import type { PaymentsInQuery } from './gql/graphql'
import { isOwner, type Organisation } from './organisation'

const PaymentsInOperation = graphql(`
  query PaymentsIn($requester: ID!) {
    topUps(requester: $requester, first: 100) {
      nodes {
        id
        amountMicros
        currency
        status
        payAt
        reason
        startedAt
      }
    }
    refunds(requester: $requester, first: 100) {
      nodes {
        id
        topUp
        amountMicros
        currency
        status
        reason
        requestedAt
      }
    }
  }
`)

const DisputesOperation = graphql(`
  query Disputes($requester: ID!) {
    disputes(requester: $requester, first: 100) {
      nodes {
        id
        topUp
        amountMicros
        owedMicros
        currency
        status
        reason
        openedAt
        endedAt
      }
    }
  }
`)

const RefundOperation = graphql(`
  mutation RefundTopUp($requester: ID!, $topUp: ID!, $amount: Long!, $refund: ID!) {
    refundTopUp(requester: $requester, topUp: $topUp, amountMicros: $amount, refund: $refund)
  }
`)

type TopUp = PaymentsInQuery['topUps']['nodes'][number]

const topUpStatuses: Record<string, { name: string; tone: Tone }> = {
  started: { name: 'Under way', tone: 'accent' },
  pending: { name: 'To be paid', tone: 'warning' },
  paid: { name: 'Paid in', tone: 'good' },
  givenUp: { name: 'Given up', tone: 'bad' },
}

const refundStatuses: Record<string, { name: string; tone: Tone }> = {
  requested: { name: 'Requested', tone: 'accent' },
  started: { name: 'Under way', tone: 'accent' },
  posted: { name: 'Sent', tone: 'good' },
  confirmed: { name: 'Arrived', tone: 'good' },
  voided: { name: 'Did not leave', tone: 'bad' },
}

const disputeStatuses: Record<string, { name: string; tone: Tone }> = {
  open: { name: 'Open', tone: 'warning' },
  won: { name: 'Won: the money is yours again', tone: 'good' },
  lost: { name: 'Lost: the money is gone', tone: 'bad' },
}

const AmountAt = ({ amountMicros, currency, at }: { amountMicros: number; currency: string; at: string }) => (
  <>
    <Money micros={amountMicros} currency={currency} />
    <br />
    <small className="muted">
      <RelativeTime at={at} />
    </small>
  </>
)

const Status = ({ of, in: names }: { of: { status: string; reason?: string | null }; in: Record<string, { name: string; tone: Tone }> }) => (
  <>
    <Badge tone={names[of.status]?.tone ?? 'neutral'}>{names[of.status]?.name ?? of.status}</Badge> {of.reason && <small className="muted">{of.reason.replaceAll('_', ' ')}</small>}
  </>
)

/** What was paid in, and what of it was sent back. */
export function PaymentsIn({ organisation }: { organisation: Organisation }) {
  const query = useApiQuery(PaymentsInOperation, { requester: organisation.id }, {
    // What is under way is looked at again until the provider has said what came of it.
    refetchInterval: ({ state: { data } }) => (data?.refunds.nodes.some((refund) => refund.status === 'requested' || refund.status === 'started') ? 2_000 : false),
  })
  const [refunding, setRefunding] = useState<TopUp | null>(null)
  return (
    <Loaded query={query}>
      {({ topUps, refunds }) => (
        <div className="stack">
          <Card title="Paid in">
            {topUps.nodes.length === 0 ? (
              <Empty title="Nothing was paid in yet">
                <p className="muted">Each payment stands here, and can be sent back as far as it is not used.</p>
              </Empty>
            ) : (
              <Table
                caption="Payments"
                rows={topUps.nodes}
                keyOf={(topUp) => topUp.id}
                columns={[
                  { head: 'Amount', cell: (topUp) => <AmountAt {...topUp} at={topUp.startedAt} /> },
                  { head: 'Status', cell: (topUp) => <Status of={topUp} in={topUpStatuses} /> },
                  {
                    head: <span className="sr-only">Actions</span>,
                    cell: (topUp) =>
                      topUp.status === 'paid' && isOwner(organisation) ? (
                        <Button small onClick={() => setRefunding(topUp)} aria-label={`Send back of ${formatMoney(topUp.amountMicros, topUp.currency)}`}>
                          Send back
                        </Button>
                      ) : topUp.status === 'pending' && topUp.payAt ? (
                        <a href={topUp.payAt} rel="noreferrer">
                          Pay it now
                        </a>
                      ) : null,
                  },
                ]}
              />
            )}
          </Card>
          {refunds.nodes.length > 0 && (
            <Card title="Sent back">
              <Table
                caption="Refunds"
                rows={refunds.nodes}
                keyOf={(refund) => refund.id}
                columns={[
                  { head: 'Amount', cell: (refund) => <AmountAt {...refund} at={refund.requestedAt} /> },
                  { head: 'Status', cell: (refund) => <Status of={refund} in={refundStatuses} /> },
                ]}
              />
            </Card>
          )}
          {refunding && <RefundDialog organisation={organisation} topUp={refunding} onClose={() => setRefunding(null)} />}
        </div>
      )}
    </Loaded>
  )
}

function RefundDialog({ organisation, topUp, onClose }: { organisation: Organisation; topUp: TopUp; onClose: () => void }) {
  // One id for all tries of this window: sent twice, it is one refund.
  const [refund] = useState(() => newId('rfd'))
  const [text, setText] = useState('')
  const amount = parseMoney(text)
  const send = useApiMutation(RefundOperation, {
    refresh: ['Accounts', 'Statement', 'PaymentsIn'],
    onSuccess: () => {
      onClose()
      toast('The money is on its way back.')
    },
  })
  return (
    <Dialog
      title="Send money back"
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={send.isPending} disabled={!amount || amount > topUp.amountMicros} onClick={() => send.mutate({ requester: organisation.id, topUp: topUp.id, amount: amount!, refund })}>
            {amount && amount <= topUp.amountMicros ? `Send back ${formatMoney(amount, topUp.currency)}` : 'Send back'}
          </Button>
        </>
      }
    >
      {send.error && <ErrorBox error={send.error} />}
      <p>
        It goes back to whom it came from, out of what is available: at most {formatMoney(topUp.amountMicros, topUp.currency)} less what was sent back before.
      </p>
      <Field label="Amount" error={text !== '' && (amount === null || amount > topUp.amountMicros) ? `Give an amount up to ${formatMoney(topUp.amountMicros, topUp.currency)}.` : null}>
        <Input inputMode="decimal" value={text} onChange={(e) => setText(e.target.value)} />
      </Field>
    </Dialog>
  )
}

/** Payments that who paid them wants back, by way of the bank. */
export function Disputes({ organisation }: { organisation: Organisation }) {
  const query = useApiQuery(DisputesOperation, { requester: organisation.id })
  return (
    <Loaded query={query}>
      {({ disputes }) =>
        disputes.nodes.length === 0 ? (
          <Empty title="No disputes">
            <p className="muted">When who paid asks the bank for the money back, it is held until that is settled, and stands here.</p>
          </Empty>
        ) : (
          <Table
            caption="Disputes"
            rows={disputes.nodes}
            keyOf={(dispute) => dispute.id}
            columns={[
              { head: 'Amount', cell: (dispute) => <AmountAt {...dispute} at={dispute.openedAt} /> },
              { head: 'Owed', numeric: true, minor: true, cell: (dispute) => (dispute.owedMicros > 0 ? <Money micros={dispute.owedMicros} currency={dispute.currency} /> : '–') },
              { head: 'Status', cell: (dispute) => <Status of={dispute} in={disputeStatuses} /> },
              { head: 'Ended', minor: true, cell: (dispute) => (dispute.endedAt ? <RelativeTime at={dispute.endedAt} /> : '–') },
            ]}
          />
        )
      }
    </Loaded>
  )
}
