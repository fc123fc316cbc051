import { useId, useRef, useState, type DragEvent } from 'react'
import { ApiError, networkError } from '../api/errors'
import { Button } from '../ui/Button'
import { formatCount } from '../ui/format'
import { ErrorBox } from '../ui/States'
import { Table } from '../ui/Table'
import type { LabelKind } from './gql/graphql'
import { lineOf } from './samples'

interface Report {
  lines: number
  added: number
  known: number
  bad: number
  /** Bad lines made that nothing was taken. */
  refused: boolean
  badLines: { line: number; code: string; message: string }[]
}

/** Takes a file of tasks by drop or choice, and tells of every line that is not right. */
export function ImportDrop({ job, kind, onImported }: { job: string; kind: LabelKind; onImported: () => void }) {
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  const [over, setOver] = useState(false)
  const [busy, setBusy] = useState<string | null>(null)
  const [report, setReport] = useState<{ file: File; report: Report } | null>(null)
  const [error, setError] = useState<ApiError | null>(null)

  const send = async (file: File, skip = false) => {
    setBusy(file.name)
    setError(null)
    setReport(null)
    try {
      const sent = await upload(job, file, skip)
      setReport({ file, report: sent })
      if (sent.added > 0) onImported()
    } catch (cause) {
      setError(cause instanceof ApiError ? cause : networkError())
    } finally {
      setBusy(null)
    }
  }

  const dropped = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file) void send(file)
  }

  return (
    <div className="stack">
      <div
        className={over ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={dropped}
      >
        <p>
          <strong>Drop a file here</strong>
        </p>
        <p className="muted">JSON lines or CSV with the columns externalId and input, of any size.</p>
        <input
          ref={input}
          id={id}
          type="file"
          className="sr-only"
          aria-label="File of tasks"
          accept=".jsonl,.ndjson,.json,.csv,.txt"
          tabIndex={-1}
          onChange={(event) => {
            const file = event.target.files?.[0]
            event.target.value = ''
            if (file) void send(file)
          }}
        />
        <Button busy={busy !== null} onClick={() => input.current?.click()}>
          {busy ? `Sending ${busy} …` : 'Choose a file'}
        </Button>
      </div>
      <details>
        <summary>What a line looks like</summary>
        <pre className="sample" tabIndex={0}>{lineOf(kind)}</pre>
        <p className="muted">The same externalId again is the same task, so a file can be sent again safely. With a field “gold” a task is a hidden test.</p>
      </details>
      {error && <ErrorBox error={error} />}
      {report && <ReportView name={report.file.name} report={report.report} takeGood={() => void send(report.file, true)} />}
    </div>
  )
}

function ReportView({ name, report, takeGood }: { name: string; report: Report; takeGood: () => void }) {
  const good = report.lines - report.bad
  const bad = `${formatCount(report.bad)} of ${formatCount(report.lines)} lines ${report.bad === 1 ? 'is' : 'are'} not right`
  return (
    <div className="stack" role="status">
      <p className={report.bad > 0 ? 'notice warning' : 'notice good'}>
        <strong>{name}:</strong>{' '}
        {report.refused
          ? `${bad}; nothing was taken. Mend the file and send it again, or take the others.`
          : `${formatCount(report.added)} added${report.known > 0 ? `, ${formatCount(report.known)} there already` : ''}${report.bad > 0 ? `; ${bad}` : ''}.`}
      </p>
      {report.refused && good > 0 && (
        <Button className="start" onClick={takeGood}>
          Take the {formatCount(good)} good {good === 1 ? 'line' : 'lines'}
        </Button>
      )}
      {report.badLines.length > 0 && (
        <Table
          caption="Lines that are not right"
          rows={report.badLines}
          keyOf={(line) => String(line.line)}
          columns={[
            { head: 'Line', numeric: true, cell: (line) => formatCount(line.line) },
            { head: 'What is wrong', cell: (line) => line.message },
          ]}
        />
      )}
      {report.badLines.length < report.bad && <p className="muted">The first {formatCount(report.badLines.length)} are named.</p>}
    </div>
  )
}

async function upload(job: string, file: File, skip: boolean): Promise<Report> {
  let response: Response
  try {
    response = await fetch(`/jobs/${job}/tasks${skip ? '?onBadLines=skip' : ''}`, {
      method: 'POST',
      headers: { 'Content-Type': /\.csv$/i.test(file.name) ? 'text/csv' : 'application/x-ndjson', 'X-Crowd-Request': '1' },
      body: file,
    })
  } catch {
    throw networkError()
  }
  const body = (await response.json()) as Report & { code?: string; detail?: string }
  if (body.badLines === undefined) throw new ApiError(body.code ?? 'INTERNAL', body.detail ?? 'The file could not be taken.', [], response.status)
  return body
}
