import { useState } from 'react'
import { Card } from '../../ui/Card'
import { Field, Input } from '../../ui/Field'
import { formatMoney, parseMoney } from '../../ui/format'
import type { StepProps } from '../EditJob'
import { ForecastView } from '../ForecastView'

/** What an answer is worth, and what that will come to. */
export function PriceStep({ draft, change, errorOf, job }: StepProps) {
  const [tasks, setTasks] = useState(job && job.taskCount > 0 ? job.taskCount : 1_000)
  const pay = parseMoney(draft.pay)
  const fee = pay === null ? 0 : Math.ceil((pay * draft.feeBasisPoints) / 10_000)
  const saved = job !== null && pay === job.policies.payMicros
  return (
    <div className="grid two">
      <Card title="Price">
        <Field label="Pay for an answer" hint={`In ${draft.currency}, for example 0.05.`} error={errorOf('policies.payMicros') ?? (pay === null ? 'Write an amount such as 0.05.' : null)}>
          <Input inputMode="decimal" required value={draft.pay} onChange={(e) => change({ pay: e.target.value })} />
        </Field>
        {pay !== null && (
          <dl className="facts">
            <div>
              <dt>Worker</dt>
              <dd>{formatMoney(pay, draft.currency)}</dd>
            </div>
            <div>
              <dt>Fee, {draft.feeBasisPoints / 100} %</dt>
              <dd>{formatMoney(fee, draft.currency)}</dd>
            </div>
            <div>
              <dt>One answer costs</dt>
              <dd>{formatMoney(pay + fee, draft.currency)}</dd>
            </div>
          </dl>
        )}
      </Card>
      <Card title="Forecast">
        <Field label="For so many tasks">
          <Input type="number" min={1} max={10_000_000} value={tasks} onChange={(e) => setTasks(Math.max(1, Math.min(10_000_000, e.target.valueAsNumber || 1)))} />
        </Field>
        {job && <ForecastView job={job.id} tasks={tasks} currency={job.currency} />}
        {!saved && <p className="muted">The forecast is for the saved price: save to see it for the new one.</p>}
      </Card>
    </div>
  )
}
