import { useState } from 'react'
import { Link } from 'react-router'
import { useApiMutation, useApiQuery } from '../api/hooks'
import { Button } from '../ui/Button'
import { Field, Input } from '../ui/Field'
import { formatMoney, parseMoney } from '../ui/format'
import { ErrorBox } from '../ui/States'
import { toast } from '../ui/toast'
import { graphql } from './gql'
import type { JobPartsFragment as Job } from './gql/graphql'

export const AccountsOperation = graphql(`
  query Accounts($of: String!) {
    accounts(of: $of) {
      name
      currency
      balanceMicros
      creditsMicros
      debitsMicros
    }
  }
`)

const FundOperation = graphql(`
  mutation FundJob($id: ID!, $amount: Long!, $hold: ID) {
    fundJob(id: $id, amountMicros: $amount, hold: $hold) {
      ...JobParts
    }
  }
`)

/** Puts money of the organisation aside for the job; what is not spent comes back when it ends. */
export function Funding({ job, hold, onFunded }: { job: Job; hold: string; onFunded: () => void }) {
  const [amount, setAmount] = useState('')
  const funds = useApiQuery(AccountsOperation, { of: job.requester })
  const fund = useApiMutation(FundOperation, {
    refresh: ['Job', 'Jobs', 'Accounts', 'Statement'],
    onSuccess: () => {
      setAmount('')
      onFunded()
      toast('The money is set aside for this job.')
    },
  })
  const available = funds.data?.accounts.find((a) => a.currency === job.currency)?.balanceMicros ?? 0
  const micros = parseMoney(amount)
  const missing = Math.max(0, job.mostCostMicros - job.heldMicros)
  return (
    <div className="stack" role="group" aria-label="Set money aside">
      <p>
        {formatMoney(available, job.currency)} available. <Link to="/requester/funds">Top up</Link>
      </p>
      {fund.error && <ErrorBox error={fund.error} />}
      <div className="funding">
        <Field label="Amount to set aside" error={amount !== '' && micros === null ? 'Write an amount such as 25.00.' : null}>
          <Input inputMode="decimal" value={amount} onChange={(e) => setAmount(e.target.value)} />
        </Field>
        <Button busy={fund.isPending} disabled={!micros} onClick={() => micros && fund.mutate({ id: job.id, amount: micros, hold })}>
          Set aside
        </Button>
      </div>
      {missing > 0 && job.taskCount > 0 && (
        <Button small kind="quiet" className="start" onClick={() => setAmount(String(missing / 1_000_000))}>
          Use {formatMoney(missing, job.currency)}, the most it can cost
        </Button>
      )}
    </div>
  )
}
