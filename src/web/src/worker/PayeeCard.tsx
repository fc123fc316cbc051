import { useEffect, useState, type FormEvent } from 'react'
import { useSearchParams } from 'react-router'
import { useApiMutation, useApiQuery } from '../api/hooks'
import { Button } from '../ui/Button'
import { Badge, Card } from '../ui/Card'
import { Field, Input, Select } from '../ui/Field'
import { formatMoney, parseMoney } from '../ui/format'
import { ErrorBox, Loaded } from '../ui/States'
import { toast } from '../ui/toast'
import { graphql } from './gql'
import type { DayOfWeek, MyPayeeQuery } from './gql/graphql'

const MyPayeeOperation = graphql(`
  query MyPayee {
    payments {
      provider
      isReal
    }
    myPayee {
      account
      country
      ready
      submitted
      reason
      scheduleThresholdMicros
      scheduleCurrency
      scheduleWeekday
    }
  }
`)

const OpenPayeeOperation = graphql(`
  mutation OpenPayee($country: String!) {
    openPayee(country: $country)
  }
`)

const OnboardPayeeOperation = graphql(`
  mutation OnboardPayee($returnTo: String!) {
    onboardPayee(returnTo: $returnTo, refreshTo: $returnTo)
  }
`)

const RefreshPayeeOperation = graphql(`
  mutation RefreshPayee {
    refreshPayee
  }
`)

const SchedulePayoutsOperation = graphql(`
  mutation SchedulePayouts($threshold: Long, $weekday: DayOfWeek, $currency: String!) {
    schedulePayouts(thresholdMicros: $threshold, weekday: $weekday, currency: $currency)
  }
`)

/** Where the provider sends the worker back to. */
const returnTo = '/work/earnings?from=provider'

const weekdays: DayOfWeek[] = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']

/** As a sentence names the provider. */
const providerName = (name: string) => ({ stripe: 'Stripe', sandbox: 'the sandbox' })[name] ?? name

const dayName = (day: DayOfWeek) => `${day[0]}${day.slice(1).toLowerCase()}s`

/** The account at the payment provider, and payouts that happen by themselves. */
export function PayeeCard({ currencies }: { currencies: string[] }) {
  const query = useApiQuery(MyPayeeOperation, {})
  const [parameters, setParameters] = useSearchParams()
  const { mutate: refresh } = useApiMutation(RefreshPayeeOperation, { refresh: ['MyPayee'] })
  const back = parameters.get('from') === 'provider'
  useEffect(() => {
    if (!back) return
    refresh({})
    setParameters({}, { replace: true })
  }, [back, refresh, setParameters])
  return (
    <Card title="How you are paid">
      <Loaded query={query} lines={1}>
        {({ payments, myPayee }) => (
          <>
            {!payments.isReal && <p className="notice warning">This server tries things out: no real money moves.</p>}
            <Provider name={providerName(payments.provider)} isReal={payments.isReal} payee={myPayee} onRefresh={() => refresh({})} />
            <Schedule key={String(myPayee.scheduleThresholdMicros)} payee={myPayee} currencies={currencies} />
          </>
        )}
      </Loaded>
    </Card>
  )
}

type Payee = MyPayeeQuery['myPayee']

function Provider({ name, isReal, payee, onRefresh }: { name: string; isReal: boolean; payee: Payee; onRefresh: () => void }) {
  const [country, setCountry] = useState('')
  const open = useApiMutation(OpenPayeeOperation, { refresh: ['MyPayee'] })
  const onboard = useApiMutation(OnboardPayeeOperation, { onSuccess: ({ onboardPayee }) => location.assign(onboardPayee) })
  const error = open.error ?? onboard.error
  if (!payee.account)
    return (
      <form
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          open.mutate({ country: country.trim().toUpperCase() })
        }}
      >
        <p>
          Payouts go to an account at {name}. {!isReal && 'Here they can be made without one.'}
        </p>
        {error && <ErrorBox error={error} />}
        <Field label="Country of your bank" hint="Two letters, such as DE or US.">
          <Input required minLength={2} maxLength={2} autoComplete="country" className="short" value={country} onChange={(e) => setCountry(e.target.value)} />
        </Field>
        <Button type="submit" busy={open.isPending}>
          Set up the account
        </Button>
      </form>
    )
  return (
    <div className="stack">
      <p>
        {payee.ready ? <Badge tone="good">Ready for payouts</Badge> : <Badge tone="warning">{payee.submitted ? 'Being checked' : 'Not finished'}</Badge>} Account at {name}, {payee.country}
      </p>
      {payee.reason && <p className="notice warning">{payee.reason}</p>}
      {error && <ErrorBox error={error} />}
      {!payee.ready && (
        <div className="row">
          <Button kind="primary" busy={onboard.isPending} onClick={() => onboard.mutate({ returnTo })}>
            Go on at {name}
          </Button>
          <Button onClick={onRefresh}>Ask again</Button>
        </div>
      )}
    </div>
  )
}

function Schedule({ payee, currencies }: { payee: Payee; currencies: string[] }) {
  const set = payee.scheduleThresholdMicros ?? null
  const [text, setText] = useState(set === null ? '' : String(set / 1_000_000))
  const [weekday, setWeekday] = useState<DayOfWeek | ''>(payee.scheduleWeekday ?? '')
  const choices = [...new Set([payee.scheduleCurrency ?? currencies[0] ?? 'USD', ...currencies])]
  const [currency, setCurrency] = useState(choices[0]!)
  const threshold = parseMoney(text)
  const schedule = useApiMutation(SchedulePayoutsOperation, { refresh: ['MyPayee'], onSuccess: () => toast('Noted.') })
  return (
    <details className="schedule">
      <summary>{set === null ? 'Paid out only when you ask for it' : payee.scheduleWeekday ? `Paid out by itself on ${dayName(payee.scheduleWeekday)}, from ${formatMoney(set, payee.scheduleCurrency ?? 'USD')} on` : `Paid out by itself from ${formatMoney(set, payee.scheduleCurrency ?? 'USD')} on`}</summary>
      <form
        className="stack"
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          schedule.mutate({ threshold, weekday: weekday || null, currency })
        }}
      >
        {schedule.error && <ErrorBox error={schedule.error} />}
        <Field label="As soon as so much is available" error={text && threshold === null ? 'Give an amount such as 20.' : null}>
          <Input inputMode="decimal" className="short" required value={text} onChange={(e) => setText(e.target.value)} />
        </Field>
        {choices.length > 1 && (
          <Field label="In">
            <Select className="short" value={currency} onChange={(e) => setCurrency(e.target.value)}>
              {choices.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </Select>
          </Field>
        )}
        <Field label="On">
          <Select className="short" value={weekday} onChange={(e) => setWeekday(e.target.value as DayOfWeek | '')}>
            <option value="">any day</option>
            {weekdays.map((day) => (
              <option key={day} value={day}>
                {dayName(day)}
              </option>
            ))}
          </Select>
        </Field>
        <div className="row">
          <Button type="submit" disabled={threshold === null} busy={schedule.isPending}>
            Pay out by itself
          </Button>
          {set !== null && <Button onClick={() => schedule.mutate({ threshold: null, weekday: null, currency })}>Only when I ask</Button>}
        </div>
      </form>
    </details>
  )
}
