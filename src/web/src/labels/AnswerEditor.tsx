import { BoxesEditor } from './BoxesEditor'
import { MultiChoiceEditor, SingleChoiceEditor } from './ChoiceEditors'
import { shownByEditor } from './inputs'
import { InputView } from './InputView'
import { PairwiseEditor } from './PairwiseEditor'
import { RankingEditor } from './RankingEditor'
import { SpansEditor } from './SpansEditor'
import type { Answer, Kind, Schema } from './types'
import { NumberEditor, RatingEditor, TextEditor } from './ValueEditors'
import './labels.css'

export interface EditorProps {
  schema: Schema
  input: unknown
  answer: Answer
  onChange: (answer: Answer) => void
  /** Whether keys work wherever the focus is; at most one editor of a page may have them. */
  keys?: boolean
}

const editors: Record<Kind, (props: EditorProps) => React.ReactNode> = {
  SINGLE_CHOICE: SingleChoiceEditor,
  MULTI_CHOICE: MultiChoiceEditor,
  RATING: RatingEditor,
  NUMBER: NumberEditor,
  TEXT: TextEditor,
  BOXES: BoxesEditor,
  SPANS: SpansEditor,
  PAIRWISE: PairwiseEditor,
  RANKING: RankingEditor,
}

/** The editor of the schema's kind. It shows the parts of the input that it works on: the image, the text, the pair, the items. */
export function AnswerEditor(props: EditorProps) {
  const Editor = editors[props.schema.kind]
  return <Editor {...props} />
}

const beside = new Set<Kind>(['SINGLE_CHOICE', 'MULTI_CHOICE', 'RATING', 'NUMBER', 'TEXT'])

/** A whole task: what it shows and where it is answered. */
export function TaskForm(props: EditorProps) {
  const omit = shownByEditor[props.schema.kind] ?? []
  return (
    <div className={beside.has(props.schema.kind) ? 'task-form beside' : 'task-form'}>
      <div className="task-input">
        <InputView input={props.input} omit={omit} />
      </div>
      <div className="task-editor">
        <AnswerEditor {...props} />
      </div>
    </div>
  )
}
