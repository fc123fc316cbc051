import { useState } from 'react'
import { useApiMutation } from '../api/hooks'
import { Examples, type Example } from '../labels/Examples'
import type { Kind, Schema } from '../labels/types'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Field, TextArea } from '../ui/Field'
import { Markdown } from '../ui/Markdown'
import { problemNames } from '../ui/problems'
import { ErrorBox } from '../ui/States'
import { toast } from '../ui/toast'
import { graphql } from './gql'
import type { Problem } from './gql/graphql'

const ReportOperation = graphql(`
  mutation ReportProblem($assignment: ID!, $problem: Problem!, $message: String) {
    reportProblem(assignment: $assignment, problem: $problem, message: $message)
  }
`)

const always: [string, string][] = [
  ['Enter', 'Submit'],
  ['Ctrl Enter', 'Submit while typing'],
  ['S', 'Skip: give this task to others'],
  ['R', 'Report a problem'],
  ['?', 'This window'],
]

const keysOf: Partial<Record<Kind, [string, string][]>> = {
  SINGLE_CHOICE: [['1 … 9, 0', 'Choose the label']],
  MULTI_CHOICE: [['1 … 9, 0', 'Choose the label, or not']],
  RATING: [['0 … 9', 'Choose the point']],
  PAIRWISE: [
    ['← or 1', 'The left one'],
    ['→ or 2', 'The right one'],
    ['↓ or 3', 'Neither, where that is allowed'],
  ],
  RANKING: [
    ['Tab', 'Go to an item'],
    ['↑ ↓', 'Move it'],
    ['Home, End', 'To the first or last place'],
  ],
  BOXES: [
    ['N', 'A new box in the middle'],
    ['[ and ]', 'Select a box'],
    ['Arrows', 'Move it; with Shift by ten pixels'],
    ['Alt and arrows', 'Resize it'],
    ['1 … 9, 0', 'Choose its class'],
    ['Delete', 'Remove it'],
    ['+ and −', 'Zoom'],
    ['Z', 'Undo'],
  ],
  SPANS: [
    ['← →', 'Choose a word; with Shift more of them'],
    ['1 … 9, 0', 'Mark what is chosen'],
    ['[ and ]', 'Select a span'],
    ['Delete', 'Remove it'],
  ],
}

/** The instructions with their examples, and the keys of this kind of task. */
export function HelpDialog({ open, onClose, instructions, schema, examples }: { open: boolean; onClose: () => void; instructions: string; schema: Schema; examples: readonly Example[] }) {
  return (
    <Dialog title="Instructions" open={open} onClose={onClose} wide>
      {instructions.trim() ? <Markdown text={instructions} /> : <p className="muted">The requester gave none.</p>}
      {examples.length > 0 && <h3>Examples</h3>}
      <Examples schema={schema} examples={examples} />
      <h3 className="keys-title">Keys</h3>
      <dl className="keys">
        {[...(keysOf[schema.kind] ?? []), ...always].map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd className="key">{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}

export function ReportDialog({ assignment, open, onClose, onReported }: { assignment: string; open: boolean; onClose: () => void; onReported: () => void }) {
  const [problem, setProblem] = useState<Problem>('BROKEN')
  const [message, setMessage] = useState('')
  const report = useApiMutation(ReportOperation, {
    onSuccess: () => {
      toast('Thank you. The requester and the quality managers read it.')
      onReported()
    },
  })
  return (
    <Dialog
      title="Report a problem"
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={report.isPending} disabled={problem === 'OTHER' && !message.trim()} onClick={() => report.mutate({ assignment, problem, message: message.trim() || null })}>
            Report and go on
          </Button>
        </>
      }
    >
      {report.error && <ErrorBox error={report.error} />}
      <fieldset className="choices">
        <legend>What is wrong with this task?</legend>
        {(Object.entries(problemNames) as [Problem, string][]).map(([value, name]) => (
          <label key={value} className="choice">
            <input type="radio" name="problem" checked={problem === value} onChange={() => setProblem(value)} />
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
      <Field label={problem === 'OTHER' ? 'What exactly' : 'What exactly, if there is more to say'}>
        <TextArea maxLength={2000} rows={3} value={message} onChange={(e) => setMessage(e.target.value)} />
      </Field>
      <p className="muted">The task goes to somebody else; reporting costs you nothing.</p>
    </Dialog>
  )
}
