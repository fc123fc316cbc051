import { useState, type FormEvent } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useInfiniteQuery } from '@tanstack/react-query'
import { newId, send } from '../api/client'
import { useApiMutation, useApiQuery } from '../api/hooks'
import { Button } from '../ui/Button'
import { Card, Stat, Stats } from '../ui/Card'
import { Field, Input, Select } from '../ui/Field'
import { formatMoney, parseMoney } from '../ui/format'
import { PageHeader } from '../ui/PageHeader'
import { StatementLines } from '../ui/StatementLines'
import { Empty, ErrorBox, Loaded } from '../ui/States'
import { Tabs } from '../ui/Tabs'
import { RelativeTime } from '../ui/Values'
import { AccountsOperation } from './Funding'
import { Disputes, PaymentsIn } from './PaymentsIn'
import { graphql } from './gql'
import { ForOrganisation, isOwner, OrganisationChoice, type Organisation } from './organisation'

const StatementOperation = graphql(`
  query Statement($of: String!, $currency: String!, $before: String) {
    statement(of: $of, currency: $currency, last: 50, before: $before) {
      nodes {
        id
        at
        amountMicros
        balanceMicros
        kind
        counterparty
      }
      pageInfo {
        hasPreviousPage
        startCursor
      }
    }
  }
`)

const TopUpOperation = graphql(`
  mutation TopUp($requester: ID!, $amount: Long!, $topUp: ID, $currency: String!) {
    topUp(requester: $requester, amountMicros: $amount, topUp: $topUp, currency: $currency, returnTo: "/requester/funds")
  }
`)

const TopUpsOperation = graphql(`
  query TopUps($requester: ID!) {
    topUps(requester: $requester, first: 10) {
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
  }
`)

const kindNames: Record<string, string> = {
  topUp: 'Paid in',
  hold: 'Set aside for a job',
  release: 'Came back from a job',
  bonus: 'Bonus',
  refundReserved: 'On its way back to you',
  refundPosted: 'Paid back to you',
  refundVoided: 'Refund that did not leave',
  disputeHeld: 'Held because of a dispute',
  disputeWon: 'Dispute won',
  debtRepaid: 'Debt repaid',
  platform: 'By the platform',
}
const currencies = ['USD', 'EUR', 'GBP', 'CHF', 'JPY']

/** The organisation's money: what there is, paying in, and every movement. */
export default function Funds() {
  return <ForOrganisation>{(organisation) => <FundsOf key={organisation.id} organisation={organisation} />}</ForOrganisation>
}

function FundsOf({ organisation }: { organisation: Organisation }) {
  const [currency, setCurrency] = useState('USD')
  const accounts = useApiQuery(AccountsOperation, { of: organisation.id })
  const [search, setSearch] = useSearchParams()
  const tab = search.get('tab') ?? 'statement'
  return (
    <>
      <PageHeader title="Funds" subtitle={organisation.name}>
        <OrganisationChoice />
      </PageHeader>
      <div className="stack">
        <Loaded query={accounts} lines={1}>
          {({ accounts: list }) => (
            <Stats>
              {list.length === 0 && <Stat label="Available" value={formatMoney(0)} detail="Pay in to fund a job." />}
              {list.map((account) => (
                <Stat key={account.currency} label={`Available, ${account.currency}`} value={formatMoney(account.balanceMicros, account.currency)} detail={`${formatMoney(account.creditsMicros, account.currency)} came in, ${formatMoney(account.debitsMicros, account.currency)} went out`} />
              ))}
            </Stats>
          )}
        </Loaded>
        <Pending organisation={organisation} />
        {isOwner(organisation) && <TopUp organisation={organisation} currency={currency} onCurrency={setCurrency} />}
        <Tabs
          label="Movements of money"
          value={tab}
          onChange={(next) => setSearch(next === 'statement' ? {} : { tab: next }, { replace: true })}
          tabs={[
            { id: 'statement', label: 'Statement', content: <Statement organisation={organisation} currency={currency} onCurrency={setCurrency} /> },
            { id: 'payments', label: 'Payments and refunds', content: <PaymentsIn organisation={organisation} /> },
            { id: 'disputes', label: 'Disputes', content: <Disputes organisation={organisation} /> },
          ]}
        />
      </div>
    </>
  )
}

/** Every movement in one currency, the newest first. */
function Statement({ organisation, currency, onCurrency }: { organisation: Organisation; currency: string; onCurrency: (currency: string) => void }) {
  const statement = useInfiniteQuery({
    queryKey: ['Statement', organisation.id, currency],
    queryFn: ({ pageParam, signal }) => send(StatementOperation, { of: organisation.id, currency, before: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.statement.pageInfo.hasPreviousPage ? page.statement.pageInfo.startCursor : null),
  })
  return (
    <Card title="Statement" end={<CurrencyChoice currency={currency} onChange={onCurrency} />}>
      <Loaded query={statement}>
        {({ pages }) => {
          const lines = pages.flatMap((page) => [...page.statement.nodes].reverse())
          return lines.length === 0 ? (
            <Empty title={`No movements in ${currency}`}>
              <p className="muted">What is paid in, set aside for jobs and comes back from them is listed here.</p>
            </Empty>
          ) : (
            <StatementLines caption="Movements" lines={lines} currency={currency} what={(line) => <What kind={line.kind} counterparty={line.counterparty} />} more={statement} />
          )
        }}
      </Loaded>
    </Card>
  )
}

/** Top-ups that somebody has to pay for still, or that failed. */
function Pending({ organisation }: { organisation: Organisation }) {
  const query = useApiQuery(TopUpsOperation, { requester: organisation.id })
  const open = query.data?.topUps.nodes.filter((t) => t.status === 'pending' || t.status === 'started') ?? []
  return (
    <>
      {open.map((topUp) => (
        <p key={topUp.id} className="notice warning">
          {formatMoney(topUp.amountMicros, topUp.currency)} is on its way in, since <RelativeTime at={topUp.startedAt} />. {topUp.reason}{' '}
          {topUp.payAt && (
            <a href={topUp.payAt} rel="noreferrer">
              Pay it now
            </a>
          )}
        </p>
      ))}
    </>
  )
}

function What({ kind, counterparty }: { kind: string; counterparty: string }) {
  const job = /job_[0-9a-z]{26}/.exec(counterparty)?.[0]
  return <span>{job ? <Link to={`/requester/jobs/${job}`}>{kindNames[kind] ?? kind}</Link> : (kindNames[kind] ?? kind)}</span>
}

const CurrencyChoice = ({ currency, onChange }: { currency: string; onChange: (currency: string) => void }) => (
  <Field label="Currency of the statement" hideLabel>
    <Select value={currency} onChange={(e) => onChange(e.target.value)}>
      {currencies.map((c) => (
        <option key={c}>{c}</option>
      ))}
    </Select>
  </Field>
)

function TopUp({ organisation, currency, onCurrency }: { organisation: Organisation; currency: string; onCurrency: (currency: string) => void }) {
  const [amount, setAmount] = useState('')
  const [id, setId] = useState(() => newId('top'))
  const topUp = useApiMutation(TopUpOperation, {
    refresh: ['Accounts', 'Statement', 'TopUps'],
    onSuccess: () => {
      setAmount('')
      setId(newId('top'))
    },
  })
  const micros = parseMoney(amount)
  return (
    <Card title="Pay in">
      {topUp.error && <ErrorBox error={topUp.error} />}
      <form
        className="funding"
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          if (micros) topUp.mutate({ requester: organisation.id, amount: micros, topUp: id, currency })
        }}
      >
        <Field label="Amount" error={amount !== '' && micros === null ? 'Write an amount such as 100.00.' : null}>
          <Input inputMode="decimal" required value={amount} onChange={(e) => setAmount(e.target.value)} />
        </Field>
        <Field label="Currency">
          <Select value={currency} onChange={(e) => onCurrency(e.target.value)}>
            {currencies.map((c) => (
              <option key={c}>{c}</option>
            ))}
          </Select>
        </Field>
        <Button type="submit" kind="primary" busy={topUp.isPending} disabled={!micros}>
          Pay in
        </Button>
      </form>
    </Card>
  )
}
