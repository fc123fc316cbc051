import { useState } from 'react'
import { Link } from 'react-router'
import { useInfiniteQuery } from '@tanstack/react-query'
import { newId, send } from '../api/client'
import { useApiMutation, useApiQuery } from '../api/hooks'
import { useMe } from '../session/me'
import { Button } from '../ui/Button'
import { Badge, Card, Stat, Stats, type Tone } from '../ui/Card'
import { Dialog } from '../ui/Dialog'
import { Field, Input, Select } from '../ui/Field'
import { formatMoney, parseMoney } from '../ui/format'
import { PageHeader } from '../ui/PageHeader'
import { StatementLines } from '../ui/StatementLines'
import { Empty, ErrorBox, Loaded } from '../ui/States'
import { Table } from '../ui/Table'
import { toast } from '../ui/toast'
import { Money, RelativeTime } from '../ui/Values'
import { graphql } from './gql'
import { PayeeCard } from './PayeeCard'

const EarningsOperation = graphql(`
  query Earnings {
    myEarnings {
      currency
      pendingCount
      pendingMicros
      availableMicros
      inTransitMicros
      paidMicros
    }
    myPayouts {
      id
      amountMicros
      currency
      status
      reason
      requestedAt
      endedAt
    }
  }
`)

const EarningsStatementOperation = graphql(`
  query EarningsStatement($worker: String!, $currency: String!, $before: String) {
    statement(of: $worker, currency: $currency, last: 50, before: $before) {
      nodes {
        id
        at
        amountMicros
        balanceMicros
        kind
      }
      pageInfo {
        hasPreviousPage
        startCursor
      }
    }
  }
`)

const RequestPayoutOperation = graphql(`
  mutation RequestPayout($amount: Long, $payout: ID!, $currency: String!) {
    requestPayout(amountMicros: $amount, payout: $payout, currency: $currency)
  }
`)

const payoutStatuses: Record<string, { name: string; tone: Tone }> = {
  requested: { name: 'Requested', tone: 'accent' },
  started: { name: 'Under way', tone: 'accent' },
  posted: { name: 'Paid', tone: 'good' },
  voided: { name: 'Came back', tone: 'bad' },
}

const kinds: Record<string, string> = {
  pay: 'Answer',
  bonus: 'Bonus',
  debtRepaid: 'Debt repaid',
  payoutFound: 'Payout that had left all the same',
  payoutReturned: 'Payout that came back from the bank',
  payoutReserved: 'Payout',
  payoutPosted: 'Payout',
  payoutVoided: 'Payout came back',
}

/** Least payout, in micros: a whole unit of the currency. */
const leastPayout = 1_000_000

export function EarningsPage() {
  const { me } = useMe()
  const query = useApiQuery(EarningsOperation, {}, { enabled: !!me?.worker })
  const [asked, setAsked] = useState<{ currency: string; available: number } | null>(null)
  return (
    <>
      <PageHeader title="Earnings" />
      <Loaded query={query}>
        {({ myEarnings, myPayouts }) => (
          <div className="stack">
            {(myEarnings.length > 0 ? myEarnings : [{ currency: 'USD', pendingCount: 0, pendingMicros: 0, availableMicros: 0, inTransitMicros: 0, paidMicros: 0 }]).map((one) => (
              <section key={one.currency} className="stack" aria-label={`Earnings in ${one.currency}`}>
                <Stats>
                  <Stat label="Pending" value={formatMoney(one.pendingMicros, one.currency)} detail={one.pendingCount === 0 ? 'nothing waits' : `${one.pendingCount} ${one.pendingCount === 1 ? 'answer waits' : 'answers wait'} to be settled`} />
                  <Stat label="Available" value={formatMoney(one.availableMicros, one.currency)} detail={one.inTransitMicros > 0 ? `${formatMoney(one.inTransitMicros, one.currency)} under way` : 'yours to be paid out'} />
                  <Stat label="Paid out" value={formatMoney(one.paidMicros, one.currency)} />
                </Stats>
                <div className="row">
                  <Button kind="primary" disabled={one.availableMicros < leastPayout} onClick={() => setAsked({ currency: one.currency, available: one.availableMicros })}>
                    Pay out
                  </Button>
                  <span className="muted">{one.availableMicros < leastPayout && `From ${formatMoney(leastPayout, one.currency)} on.`}</span>
                  <Link to="/work/answers">Answer by answer</Link>
                </div>
              </section>
            ))}
            <PayeeCard currencies={myEarnings.map((one) => one.currency)} />
            {myPayouts.length > 0 && (
              <Card title="Payouts">
                <Table
                  caption="List of payouts"
                  rows={myPayouts}
                  keyOf={(payout) => payout.id}
                  columns={[
                    { head: 'Requested', cell: (payout) => <RelativeTime at={payout.requestedAt} /> },
                    { head: 'Amount', numeric: true, cell: (payout) => <Money micros={payout.amountMicros} currency={payout.currency} /> },
                    {
                      head: 'Status',
                      cell: (payout) => {
                        const status = payoutStatuses[payout.status] ?? { name: payout.status, tone: 'neutral' as Tone }
                        return (
                          <>
                            <Badge tone={status.tone}>{status.name}</Badge> {payout.reason && <small className="muted">{payout.reason}</small>}
                          </>
                        )
                      },
                    },
                  ]}
                />
              </Card>
            )}
            <Statement worker={me!.worker!} currencies={myEarnings.map((one) => one.currency)} />
          </div>
        )}
      </Loaded>
      {asked && <PayoutDialog {...asked} onClose={() => setAsked(null)} />}
    </>
  )
}

/** Every movement on the worker's account in one currency, the newest first. */
function Statement({ worker, currencies }: { worker: string; currencies: string[] }) {
  const [chosen, setChosen] = useState<string | null>(null)
  const currency = chosen ?? currencies[0] ?? 'USD'
  const query = useInfiniteQuery({
    queryKey: ['EarningsStatement', worker, currency],
    queryFn: ({ pageParam, signal }) => send(EarningsStatementOperation, { worker, currency, before: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.statement.pageInfo.hasPreviousPage ? page.statement.pageInfo.startCursor : null),
  })
  return (
    <Card
      title="Statement"
      end={
        currencies.length > 1 && (
          <Field label="Currency of the statement" hideLabel>
            <Select value={currency} onChange={(e) => setChosen(e.target.value)}>
              {currencies.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </Select>
          </Field>
        )
      }
    >
      <Loaded query={query}>
        {({ pages }) => {
          const lines = pages.flatMap((page) => [...page.statement.nodes].reverse())
          return lines.length === 0 ? (
            <Empty title="Nothing earned yet">
              <p className="muted">Every paid answer stands here, with the balance after it.</p>
            </Empty>
          ) : (
            <StatementLines caption="Lines of the statement" lines={lines} currency={currency} what={(line) => kinds[line.kind] ?? line.kind} more={query} />
          )
        }}
      </Loaded>
    </Card>
  )
}

function PayoutDialog({ currency, available, onClose }: { currency: string; available: number; onClose: () => void }) {
  // One id for all tries of this window: sent twice, it is one payout.
  const [payout] = useState(() => newId('pay'))
  const [text, setText] = useState('')
  const amount = text.trim() === '' ? null : parseMoney(text)
  const wrong = text.trim() !== '' && (amount === null || amount > available || amount < leastPayout) ? `Give ${formatMoney(leastPayout, currency)} to ${formatMoney(available, currency)}.` : null
  const request = useApiMutation(RequestPayoutOperation, {
    refresh: ['Earnings', 'EarningsStatement'],
    onSuccess: () => {
      onClose()
      toast('The payout is on its way.')
    },
  })
  return (
    <Dialog
      title="Pay out"
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={request.isPending} disabled={wrong !== null} onClick={() => request.mutate({ amount, payout, currency })}>
            Pay out {amount === null ? 'all that is available' : formatMoney(amount, currency)}
          </Button>
        </>
      }
    >
      {request.error && <ErrorBox error={request.error} />}
      <p>{formatMoney(available, currency)} is available. Fractions of the smallest coin stay on your account.</p>
      <Field label="Amount" hint="Leave it empty for all." error={wrong}>
        <Input inputMode="decimal" value={text} onChange={(e) => setText(e.target.value)} />
      </Field>
    </Dialog>
  )
}
