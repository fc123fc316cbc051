import { keyOfLabel, seriesColour } from './types'

/** The classes of boxes or spans with their colours and keys; one is the current one. */
export function ClassPicker({ classes, current, onPick }: { classes: readonly string[]; current: string; onPick: (name: string) => void }) {
  return (
    <div className="classes" role="group" aria-label="Class">
      {classes.map((name, index) => (
        <button key={name} type="button" className="class-button" aria-pressed={name === current} onPointerDown={(e) => e.preventDefault()} onClick={() => onPick(name)}>
          <span className="swatch" style={{ background: seriesColour(index) }} aria-hidden="true" />
          {name}
          {keyOfLabel(index) && (
            <kbd className="key" aria-hidden="true">
              {keyOfLabel(index)}
            </kbd>
          )}
        </button>
      ))}
    </div>
  )
}

/** What was drawn or marked, each with its class to change and a button to remove it. */
export function MarkList({ title, marks, classes, selected, onSelect, onClass, onRemove }: { title: string; marks: { class: string; text: string }[]; classes: readonly string[]; selected: number | null; onSelect: (index: number) => void; onClass: (index: number, name: string) => void; onRemove: (index: number) => void }) {
  return (
    <section className="marks" aria-label={title}>
      <h3>
        {title} <span className="muted">{marks.length}</span>
      </h3>
      {marks.length === 0 && <p className="muted">None. That is an answer too.</p>}
      <ul>
        {marks.map((mark, index) => (
          <li key={index} className={selected === index ? 'mark selected' : 'mark'}>
            <span className="swatch" style={{ background: seriesColour(classes.indexOf(mark.class)) }} aria-hidden="true" />
            <button type="button" className="mark-text" onClick={() => onSelect(index)} aria-pressed={selected === index}>
              {mark.text}
            </button>
            <select aria-label={`Class of ${mark.text}`} value={mark.class} onChange={(e) => onClass(index, e.target.value)}>
              {classes.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
            <button type="button" aria-label={`Remove ${mark.text}`} onClick={() => onRemove(index)}>
              ✕
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
