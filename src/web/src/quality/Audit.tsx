import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useApiQuery } from '../api/hooks'
import { Button } from '../ui/Button'
import { Field, Input, Select } from '../ui/Field'
import { PageHeader } from '../ui/PageHeader'
import { Empty, Loaded } from '../ui/States'
import { graphql } from './gql'
import { History } from './History'

const AuditTrailOperation = graphql(`
  query AuditTrail($stream: String, $type: String, $actor: String, $from: DateTime, $until: DateTime, $after: String) {
    auditTrail(stream: $stream, type: $type, actor: $actor, from: $from, until: $until, first: 50, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        position
        stream
        type
        at
        actor
        data
      }
    }
  }
`)

/** As the query asks for. A page with less, though the log goes on, looked through as much of it as one page may. */
const pageSize = 50

/** What can be filtered by: all that begins so, or one thing that happens. */
const types: [string, string][] = [
  ['', 'Everything'],
  ['task.', 'Tasks: everything'],
  ['task.decided', 'Tasks: decided'],
  ['task.escalated', 'Tasks: escalated'],
  ['task.settled', 'Tasks: answers settled'],
  ['task.appealed', 'Tasks: appealed'],
  ['task.appeal-resolved', 'Tasks: appeals answered'],
  ['task.made-gold', 'Tasks: made gold'],
  ['task.gold-retired', 'Tasks: gold retired'],
  ['task.invalidated', 'Tasks: work redone'],
  ['worker.', 'Workers: everything'],
  ['worker.suspended', 'Workers: suspended'],
  ['worker.suspension-lifted', 'Workers: suspension lifted'],
  ['worker.reliability-overridden', 'Workers: reliability set'],
  ['worker.reliability-override-cleared', 'Workers: reliability cleared'],
  ['worker.qualification-granted', 'Workers: qualification granted'],
  ['worker.qualification-revoked', 'Workers: qualification revoked'],
  ['job.', 'Jobs: everything'],
  ['requester.', 'Organisations: everything'],
  ['payout.', 'Payouts: everything'],
  ['account.', 'Accounts: everything'],
]

/** Everything that ever happened, the newest first. */
export default function Audit() {
  const [search, setSearch] = useSearchParams()
  const [cursors, setCursors] = useState<readonly string[]>([])
  const filter = (name: string) => search.get(name) ?? ''
  const change = (name: string, value: string) => {
    const next = new URLSearchParams(search)
    if (value) next.set(name, value)
    else next.delete(name)
    setCursors([])
    setSearch(next, { replace: true })
  }
  const query = useApiQuery(AuditTrailOperation, {
    stream: filter('of') || null,
    type: filter('type') || null,
    actor: filter('by') || null,
    from: filter('from') ? new Date(filter('from')).toISOString() : null,
    until: filter('until') ? new Date(filter('until')).toISOString() : null,
    after: cursors[cursors.length - 1] ?? null,
  })
  return (
    <>
      <PageHeader title="Audit trail" subtitle="Everything that happened, the newest first. Nothing is ever changed or removed here." />
      <div className="filters">
        <Field label="What">
          <Select value={filter('type')} onChange={(e) => change('type', e.target.value)}>
            {types.map(([id, name]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Delayed label="Of" hint="The id of a job, task, worker, …" value={filter('of')} onChange={(value) => change('of', value)} />
        <Delayed label="By" hint="The id of a person or key" value={filter('by')} onChange={(value) => change('by', value)} />
        <Field label="From">
          <Input type="datetime-local" value={filter('from')} onChange={(e) => change('from', e.target.value)} />
        </Field>
        <Field label="Until">
          <Input type="datetime-local" value={filter('until')} onChange={(e) => change('until', e.target.value)} />
        </Field>
      </div>
      <Loaded query={query}>
        {({ auditTrail }) =>
          auditTrail.nodes.length === 0 && cursors.length === 0 && !auditTrail.pageInfo.hasNextPage ? (
            <Empty title="Nothing matches">
              <p className="muted">Nothing happened that fits these filters.</p>
            </Empty>
          ) : (
            <div className="stack">
              {auditTrail.nodes.length > 0 ? <History entries={auditTrail.nodes} /> : <p className="muted">Nothing in this stretch of the log fits these filters.</p>}
              <div className="row">
                {cursors.length > 0 && <Button onClick={() => setCursors(cursors.slice(0, -1))}>Newer</Button>}
                {auditTrail.pageInfo.hasNextPage && auditTrail.pageInfo.endCursor && (
                  <Button onClick={() => setCursors([...cursors, auditTrail.pageInfo.endCursor!])}>{auditTrail.nodes.length < pageSize ? 'Look further back' : 'Older'}</Button>
                )}
              </div>
            </div>
          )
        }
      </Loaded>
    </>
  )
}

/** A text that filters when it is finished: on leaving the field or with Enter. */
function Delayed({ label, hint, value, onChange }: { label: string; hint: string; value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value)
  const [shown, setShown] = useState(value)
  if (shown !== value) {
    setShown(value)
    setTyped(value)
  }
  return (
    <Field label={label}>
      <Input
        value={typed}
        placeholder={hint}
        onChange={(e) => setTyped(e.target.value)}
        onBlur={() => onChange(typed.trim())}
        onKeyDown={(e) => {
          if (e.key === 'Enter') onChange(typed.trim())
        }}
      />
    </Field>
  )
}
