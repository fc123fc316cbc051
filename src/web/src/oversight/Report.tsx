import { useState, type FormEvent } from 'react'
import { useSearchParams } from 'react-router'
import { keepPreviousData } from '@tanstack/react-query'
import { useApiQuery } from '../api/hooks'
import { Button } from '../ui/Button'
import { Card, Stat, Stats } from '../ui/Card'
import { Field, Input, Select } from '../ui/Field'
import { formatAbout, formatCount, formatSeconds, formatShare } from '../ui/format'
import { Empty, Loaded } from '../ui/States'
import { Table } from '../ui/Table'
import { Alerts, LabelField } from './Alerts'
import { graphql } from './gql'
import type { OversightQuery } from './gql/graphql'
import './oversight.css'
import { CalibrationPlot, inWords, SpansPlot, WhiskerTable, type PlotRow } from './plots'

const OversightOperation = graphql(`
  query Oversight($job: ID!, $from: DateTime, $by: String, $favourable: String) {
    oversight(job: $job, from: $from, by: $by, favourable: $favourable) {
      level
      cases
      accepted
      audited
      automated {
        ...EstimateParts
      }
      acceptedAccuracy {
        ...EstimateParts
      }
      machineAccuracy {
        ...EstimateParts
      }
      personAccuracy {
        ...EstimateParts
      }
      peopleAccuracy {
        ...EstimateParts
      }
      hybridAccuracy {
        ...EstimateParts
      }
      gain {
        ...EstimateParts
      }
      machineCritical {
        ...EstimateParts
      }
      peopleCritical {
        ...EstimateParts
      }
      hybridCritical {
        ...EstimateParts
      }
      costMicros
      savedMicros {
        ...EstimateParts
      }
      machineTime {
        ...TimeParts
      }
      peopleTime {
        ...TimeParts
      }
      calibration {
        expectedError
        brier
        count
        bins {
          from
          below
          count
          meanConfidence
          right {
            ...EstimateParts
          }
        }
      }
      drift {
        from
        until
        stabilityIndex
        probability
        agreement {
          ...EstimateParts
        }
      }
      parity {
        by
        group
        probability
        rate {
          ...EstimateParts
        }
        ratio {
          ...EstimateParts
        }
      }
      workers {
        worker
        medianSeconds
        agreement {
          ...EstimateParts
        }
        self {
          share {
            ...EstimateParts
          }
        }
      }
      selfConsistency {
        kappa
        share {
          ...EstimateParts
        }
      }
      fatigue {
        sessions
        probability
        timeRatio
        early {
          ...EstimateParts
        }
        late {
          ...EstimateParts
        }
      }
    }
  }
`)

export const EstimatePartsFragment = graphql(`
  fragment EstimateParts on OversightEstimate {
    value
    low
    high
    count
  }
`)

export const TimePartsFragment = graphql(`
  fragment TimeParts on TimeQuantiles {
    count
    median
    p90
    p99
  }
`)

type Report = OversightQuery['oversight']

const periods = [
  { days: 0, name: 'All of the job' },
  { days: 1, name: 'The last day' },
  { days: 7, name: 'The last 7 days' },
  { days: 30, name: 'The last 30 days' },
]

const share = (value: number) => formatShare(value, 1)
const chance = (probability?: number | null) => (probability == null ? '–' : probability < 0.001 ? 'below 0.1 %' : formatShare(probability, 1))

export interface ReportedJob {
  id: string
  currency: string
  /** Labels by which groups can be compared; empty where labels form no finite set. */
  labels: readonly string[]
  finite: boolean
}

/** How machine and people did together and alone, and whether both can be trusted; the address holds what is asked for, beside what the page keeps in it. */
export function Report({ job, edits, kept }: { job: ReportedJob; edits: boolean; kept?: Record<string, string> }) {
  const [asked, ask] = useSearchParams()
  const days = Number(asked.get('days') ?? 0)
  const by = asked.get('by') || null
  const favourable = by ? (asked.get('favourable') ?? job.labels[0] ?? null) : null
  // To the minute, so that the same question has the same key.
  const [now] = useState(() => Math.floor(Date.now() / 60_000) * 60_000)
  const from = days > 0 ? new Date(now - days * 86_400_000).toISOString() : null
  const query = useApiQuery(OversightOperation, { job: job.id, from, by, favourable }, { placeholderData: keepPreviousData, enabled: job.finite })
  if (!job.finite)
    return (
      <Empty title="There is no report on this kind of label">
        <p className="muted">It needs labels that form a finite set: single choice, rating or pairwise.</p>
      </Empty>
    )
  return (
    <div className="stack">
      <Alerts job={job.id} labels={job.labels} edits={edits} />
      <Filter key={asked.toString()} days={days} by={by ?? ''} favourable={favourable ?? job.labels[0] ?? ''} labels={job.labels} onChange={(next) => ask({ ...kept, ...next }, { replace: true })} />
      <Loaded query={query}>{({ oversight }) => (oversight.cases === 0 ? <Nothing /> : <Figures report={oversight} currency={job.currency} />)}</Loaded>
    </div>
  )
}

function Nothing() {
  return (
    <Empty title="Nothing was decided in this time">
      <p className="muted">The report is about tasks and decisions that have their label.</p>
    </Empty>
  )
}

function Filter({ days, by, favourable, labels, onChange }: { days: number; by: string; favourable: string; labels: readonly string[]; onChange: (next: Record<string, string>) => void }) {
  const [period, setPeriod] = useState(String(days))
  const [path, setPath] = useState(by)
  const [label, setLabel] = useState(favourable)
  const submit = (e: FormEvent) => {
    e.preventDefault()
    onChange({ ...(period !== '0' && { days: period }), ...(path.trim() && { by: path.trim(), favourable: label }) })
  }
  return (
    <form className="card report-filter" onSubmit={submit} aria-label="What the report is about">
      <Field label="Period">
        <Select value={period} onChange={(e) => setPeriod(e.target.value)}>
          {periods.map((p) => (
            <option key={p.days} value={p.days}>
              {p.name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Groups by (path)">
        <Input value={path} onChange={(e) => setPath(e.target.value)} placeholder="metadata.group" />
      </Field>
      {path.trim() && <LabelField labels={labels} value={label} onChange={setLabel} />}
      <div className="field">
        <Button type="submit">Show</Button>
      </div>
    </form>
  )
}

function Figures({ report, currency }: { report: Report; currency: string }) {
  const money = (micros: number) => formatAbout(micros, currency)
  const times = [
    { name: 'By the machine', ...report.machineTime },
    { name: 'By people', ...report.peopleTime },
  ]
  return (
    <>
      <Stats>
        <Stat label="Cases" value={formatCount(report.cases)} detail={`${formatCount(report.accepted)} given to the machine`} />
        <Stat label="Without a person" value={report.automated.value == null ? '–' : formatShare(report.automated.value)} detail={`${formatCount(report.audited)} of the machine's looked at`} />
        <Stat label="Gain over the machine" value={report.gain.value == null ? '–' : share(report.gain.value)} detail="of labels, more are right" />
        <Stat label="People cost" value={money(report.costMicros)} detail={report.savedMicros.value == null ? undefined : `about ${money(report.savedMicros.value)} saved`} />
      </Stats>
      <Card title="Accuracy">
        <WhiskerTable
          caption="Accuracy of machine, people and both"
          first="Who decides"
          format={share}
          range={[0, 1]}
          rows={[
            { name: 'Both, as given out', measured: report.hybridAccuracy, series: 1 },
            { name: 'The machine alone', measured: report.machineAccuracy, series: 2 },
            { name: 'People alone', measured: report.peopleAccuracy, series: 3 },
            { name: 'One person alone', measured: report.personAccuracy, series: 3 },
            { name: "The machine's, by audit", measured: report.acceptedAccuracy, series: 2 },
          ]}
        />
      </Card>
      <div className="grid two">
        <Card title="Critical errors">
          <WhiskerTable
            caption="Share of critical errors"
            first="Who decides"
            format={share}
            rows={[
              { name: 'Both, as given out', measured: report.hybridCritical, series: 1 },
              { name: 'The machine alone', measured: report.machineCritical, series: 2 },
              { name: 'People alone', measured: report.peopleCritical, series: 3 },
            ]}
          />
        </Card>
        <Card title="Time to the label">
          <WhiskerTable
            caption="Median time to the label; the line goes to the time of nine in ten"
            first="Decided"
            unit="Median"
            format={formatSeconds}
            rows={times.map((t, i) => ({ name: t.name, series: 2 - i, measured: { value: t.median, low: t.median, high: t.p90, count: t.count } }))}
          />
        </Card>
        <Card title="Cost">
          <WhiskerTable
            caption="What people cost and what was saved"
            first="People"
            format={money}
            rows={[
              { name: 'cost', series: 3, measured: { value: report.costMicros, low: null, high: null, count: report.cases - report.accepted + report.audited } },
              { name: 'would have cost more', series: 1, measured: report.savedMicros },
            ]}
          />
        </Card>
        <Card title="Fatigue">
          {report.fatigue.sessions === 0 ? (
            <p className="muted">No session was long enough yet.</p>
          ) : (
            <>
              <WhiskerTable
                caption="Accuracy early and late in sessions"
                first="In a session"
                format={share}
                range={[0, 1]}
                rows={[
                  { name: 'first third', measured: report.fatigue.early, series: 1 },
                  { name: 'last third', measured: report.fatigue.late, series: 2 },
                ]}
              />
              <p className="muted">
                {formatCount(report.fatigue.sessions)} {report.fatigue.sessions === 1 ? 'session' : 'sessions'}; by chance alone with a probability of {chance(report.fatigue.probability)}
                {report.fatigue.timeRatio != null && `; an answer takes ${report.fatigue.timeRatio.toFixed(2)} times as long`}.
              </p>
            </>
          )}
        </Card>
      </div>
      <Calibration report={report} />
      <Drift report={report} />
      {report.parity.length > 0 && <Parity report={report} />}
      <Consistency report={report} />
    </>
  )
}

function Calibration({ report: { calibration } }: { report: Report }) {
  return (
    <Card title="Calibration">
      {calibration.bins.length === 0 ? (
        <p className="muted">People looked at no prediction that states a confidence.</p>
      ) : (
        <div className="plot-beside">
          <CalibrationPlot bins={calibration.bins} />
          <div className="stack">
            <WhiskerTable
              caption="Share right by stated confidence"
              first="Stated"
              format={share}
              range={[0, 1]}
              rows={calibration.bins.map((bin): PlotRow => ({ name: `${formatShare(bin.from)} to ${formatShare(bin.below)}`, measured: bin.right }))}
            />
            <p className="muted">
              Off by {calibration.expectedError == null ? '–' : share(calibration.expectedError)} on average; squared (Brier) {calibration.brier?.toFixed(3) ?? '–'}.
            </p>
          </div>
        </div>
      )}
    </Card>
  )
}

function Drift({ report: { drift } }: { report: Report }) {
  return (
    <Card title="Agreement over time">
      {drift.length === 0 ? (
        <p className="muted">Too few cases were both predicted and labelled by people.</p>
      ) : (
        <div className="plot-beside">
          <SpansPlot spans={drift.map((span) => span.agreement)} name="How often people agree with the machine" />
          <Table
            caption="Agreement of people with the machine over time"
            rows={drift}
            keyOf={(span) => span.from}
            columns={[
              { head: 'Until', cell: (span) => new Date(span.until).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' }) },
              { head: 'Agreement', numeric: true, cell: (span) => inWords(span.agreement, share) },
              { head: 'Stability index', numeric: true, cell: (span) => span.stabilityIndex.toFixed(2) },
              { head: 'By chance', numeric: true, minor: true, cell: (span) => chance(span.probability) },
            ]}
          />
        </div>
      )}
    </Card>
  )
}

const whose: Record<string, string> = { machine: 'The machine alone', people: 'People alone', hybrid: 'As given out' }

function Parity({ report: { parity } }: { report: Report }) {
  return (
    <Card title="Favourable outcomes by group">
      <div className="stack">
        {['hybrid', 'machine', 'people'].map((by, i) => (
          <WhiskerTable
            key={by}
            caption={`Favourable outcomes by group: ${whose[by]}`}
            first={whose[by] ?? by}
            format={share}
            range={[0, 1]}
            rows={parity.filter((p) => p.by === by).map((p) => ({ name: p.group, measured: p.rate, series: i + 1 }))}
          />
        ))}
        <p className="muted">
          {parity
            .filter((p) => p.by === 'hybrid' && p.ratio.value != null && (p.ratio.value < 0.8 || p.ratio.value > 1.25))
            .map((p) => `${p.group}: ${p.ratio.value!.toFixed(2)} of the largest group's share`)
            .join('; ') || 'No group has less than four fifths of the largest group’s share, or more than five fourths.'}
        </p>
      </div>
    </Card>
  )
}

function Consistency({ report: { workers, selfConsistency } }: { report: Report }) {
  const repeated = workers.filter((w) => w.self.share.count > 0)
  return (
    <div className="grid two">
      <Card title="Consistency with others">
        {workers.length === 0 ? (
          <p className="muted">Nobody has answered yet.</p>
        ) : (
          <WhiskerTable caption="Agreement of each person with the settled labels" first="Person" format={share} range={[0, 1]} rows={workers.slice(0, 20).map((w) => ({ name: `…${w.worker.slice(-6)}`, measured: w.agreement }))} />
        )}
        {workers.length > 20 && <p className="muted">The 20 with the most answers.</p>}
      </Card>
      <Card title="Consistency with oneself">
        {selfConsistency.share.count === 0 ? (
          <p className="muted">No task was shown again: the job's quality settings say how many are.</p>
        ) : (
          <WhiskerTable
            caption="Share of hidden repeats answered as before"
            first="Person"
            format={share}
            range={[0, 1]}
            rows={[{ name: 'All', measured: selfConsistency.share, series: 1 }, ...repeated.slice(0, 20).map((w): PlotRow => ({ name: `…${w.worker.slice(-6)}`, measured: w.self.share, series: 2 }))]}
          />
        )}
      </Card>
    </div>
  )
}
