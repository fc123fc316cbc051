import { useState, type FormEvent } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { keyOf, useApiMutation, useApiQuery } from '../api/hooks'
import { useSubscription } from '../api/subscribe'
import { Button } from '../ui/Button'
import { Badge, Card } from '../ui/Card'
import { Field, Input, Select } from '../ui/Field'
import { formatRelative } from '../ui/format'
import { ErrorBox, Loaded } from '../ui/States'
import { graphql } from './gql'
import type { AlertMeasure, AlertPartsFragment as Alert, AlertRuleInput } from './gql/graphql'
import { measures } from './measures'

export const AlertPartsFragment = graphql(`
  fragment AlertParts on Alert {
    id
    measure
    limit
    margin
    leastCount
    certain
    period
    by
    favourable
    isRaised
    raisedAt
    value
    count
    clearedAt
  }
`)

const AlertsOperation = graphql(`
  query Alerts($job: ID!) {
    alerts(job: $job) {
      ...AlertParts
    }
  }
`)

const AlertChangesOperation = graphql(`
  subscription AlertChanges($job: ID!) {
    alertChanges(job: $job) {
      ...AlertParts
    }
  }
`)

const SetAlertRulesOperation = graphql(`
  mutation SetAlertRules($job: ID!, $rules: [AlertRuleInput!]!) {
    setAlertRules(job: $job, rules: $rules) {
      ...AlertParts
    }
  }
`)

/** The job's alert rules as they stand, moving with them; who may edit the job changes them here. */
export function Alerts({ job, labels, edits }: { job: string; labels: readonly string[]; edits: boolean }) {
  const client = useQueryClient()
  const query = useApiQuery(AlertsOperation, { job })
  useSubscription(AlertChangesOperation, { job }, (next) => client.setQueryData(keyOf(AlertsOperation, { job }), { alerts: next.alertChanges }))
  const change = useApiMutation(SetAlertRulesOperation, { refresh: ['Alerts'] })
  return (
    <Card title="Alerts">
      <Loaded query={query}>
        {({ alerts }) => (
          <>
            {alerts.length === 0 && <p className="muted">No rule yet{edits ? ': add one, and you are told here, by webhook and by subscription when it is broken.' : '.'}</p>}
            <ul className="alert-list">
              {alerts.map((alert) => (
                <li key={alert.id}>
                  <Badge tone={alert.isRaised ? 'bad' : 'good'}>{alert.isRaised ? 'raised' : 'quiet'}</Badge>
                  <span>
                    {measures[alert.measure].name} {measures[alert.measure].floor ? 'below' : 'above'} {measures[alert.measure].format(alert.limit)}
                    {alert.by && `, by ${alert.by}`}
                  </span>
                  <small className="muted">{standing(alert)}</small>
                  {edits && (
                    <Button small onClick={() => change.mutate({ job, rules: alerts.filter((a) => a.id !== alert.id).map(ruleOf) })} aria-label={`Remove the rule ${measures[alert.measure].name}`}>
                      Remove
                    </Button>
                  )}
                </li>
              ))}
            </ul>
            {change.error && <ErrorBox error={change.error} />}
            {edits && <NewRule taken={alerts.map((a) => a.id)} labels={labels} onAdd={(rule) => change.mutate({ job, rules: [...alerts.map(ruleOf), rule] })} />}
          </>
        )}
      </Loaded>
    </Card>
  )
}

function standing(alert: Alert): string {
  if (alert.isRaised && alert.raisedAt) return `${alert.value == null ? '' : `${measures[alert.measure].format(alert.value)} `}since ${formatRelative(alert.raisedAt)}`
  return alert.clearedAt ? `ended ${formatRelative(alert.clearedAt)}` : 'never raised'
}

const ruleOf = ({ id, measure, limit, margin, leastCount, certain, period, by, favourable }: Alert): AlertRuleInput => ({ id, measure, limit, margin, leastCount, certain, period, by, favourable })

function NewRule({ taken, labels, onAdd }: { taken: readonly string[]; labels: readonly string[]; onAdd: (rule: AlertRuleInput) => void }) {
  const [measure, setMeasure] = useState<AlertMeasure>('AUDIT_ACCURACY')
  const [limit, setLimit] = useState(String(measures.AUDIT_ACCURACY.usual))
  const [by, setBy] = useState('metadata.group')
  const [favourable, setFavourable] = useState(labels[0] ?? '')
  const isGap = measure === 'PARITY_GAP'
  const choose = (next: AlertMeasure) => {
    setMeasure(next)
    setLimit(String(measures[next].usual))
  }
  const submit = (e: FormEvent) => {
    e.preventDefault()
    const base = measure.toLowerCase().replaceAll('_', '-')
    let id = base
    for (let i = 2; taken.includes(id); i++) id = `${base}-${i}`
    onAdd({ id, measure, limit: Number(limit.replace(',', '.')) * measures[measure].unit, by: isGap ? by : null, favourable: isGap ? favourable : null })
  }
  return (
    <form onSubmit={submit} className="report-filter" aria-label="New alert rule">
      <Field label="Alert on">
        <Select value={measure} onChange={(e) => choose(e.target.value as AlertMeasure)}>
          {Object.entries(measures).map(([key, m]) => (
            <option key={key} value={key}>
              {m.name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={measures[measure].limit}>
        <Input value={limit} onChange={(e) => setLimit(e.target.value)} inputMode="decimal" required />
      </Field>
      {isGap && (
        <Field label="Groups by">
          <Input value={by} onChange={(e) => setBy(e.target.value)} required />
        </Field>
      )}
      {isGap && <LabelField labels={labels} value={favourable} onChange={setFavourable} />}
      <div className="field">
        <Button type="submit">Add the rule</Button>
      </div>
    </form>
  )
}

export function LabelField({ labels, value, onChange }: { labels: readonly string[]; value: string; onChange: (label: string) => void }) {
  return (
    <Field label="Favourable label">
      <Select value={value} onChange={(e) => onChange(e.target.value)}>
        {labels.map((label) => (
          <option key={label} value={label}>
            {label}
          </option>
        ))}
      </Select>
    </Field>
  )
}
