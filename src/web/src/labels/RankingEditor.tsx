import { useRef, useState } from 'react'
import type { EditorProps } from './AnswerEditor'
import { itemsOf } from './inputs'
import { InputView } from './InputView'

/** The order with one item moved to another place. */
export function moved(order: readonly string[], from: number, to: number): string[] {
  const result = [...order]
  const [item] = result.splice(from, 1)
  if (item === undefined) return [...order]
  result.splice(Math.max(0, Math.min(order.length - 1, to)), 0, item)
  return result
}

/** Items put in order by dragging, by arrow keys, or by the buttons at their ends. */
export function RankingEditor({ input, answer, onChange }: EditorProps) {
  const items = itemsOf(input)
  const order = answer.ranking?.length === items.length ? answer.ranking : items.map((item) => item.id)
  const list = useRef<HTMLOListElement>(null)
  const [dragged, setDragged] = useState<string | null>(null)
  const [said, setSaid] = useState('')

  const move = (id: string, to: number, focus = false) => {
    const from = order.indexOf(id)
    if (to < 0 || to >= order.length || to === from) return
    onChange({ ranking: moved(order, from, to) })
    setSaid(`Now in place ${to + 1} of ${order.length}.`)
    if (focus) requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)?.focus())
  }

  const drag = (event: React.PointerEvent, id: string) => {
    if (dragged !== id || !list.current) return
    const rows = [...list.current.children] as HTMLElement[]
    const place = rows.findIndex((row) => {
      const area = row.getBoundingClientRect()
      return event.clientY < area.top + area.height / 2
    })
    const to = place === -1 ? order.length - 1 : place
    const from = order.indexOf(id)
    if (to !== from && to !== from + 1) move(id, to > from ? to - 1 : to)
    else if (place === -1) move(id, order.length - 1)
  }

  return (
    <div>
      <p className="editor-title" id="ranking-title">
        Put the best first
      </p>
      <ol className="ranking" ref={list} aria-labelledby="ranking-title">
        {order.map((id, place) => {
          const item = items.find((other) => other.id === id)
          return (
            <li key={id} className={dragged === id ? 'ranking-item dragged' : 'ranking-item'}>
              <button
                type="button"
                className="ranking-handle"
                data-id={id}
                aria-label={`Item ${id}, place ${place + 1} of ${order.length}. Arrow keys move it.`}
                onKeyDown={(event) => {
                  const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
                  const to = event.key === 'Home' ? 0 : event.key === 'End' ? order.length - 1 : place + by
                  if (to === place) return
                  event.preventDefault()
                  move(id, to, true)
                }}
                onPointerDown={(event) => {
                  event.currentTarget.setPointerCapture(event.pointerId)
                  setDragged(id)
                }}
                onPointerMove={(event) => drag(event, id)}
                onPointerUp={() => setDragged(null)}
                onPointerCancel={() => setDragged(null)}
              >
                <span className="ranking-place">{place + 1}</span>
                <span aria-hidden="true">⠿</span>
              </button>
              <div className="ranking-content">
                <InputView input={item?.content ?? id} />
              </div>
              <div className="ranking-buttons">
                <button type="button" aria-label={`Move ${id} up`} disabled={place === 0} onClick={() => move(id, place - 1)}>
                  ↑
                </button>
                <button type="button" aria-label={`Move ${id} down`} disabled={place === order.length - 1} onClick={() => move(id, place + 1)}>
                  ↓
                </button>
              </div>
            </li>
          )
        })}
      </ol>
      <p className="sr-only" aria-live="polite">
        {said}
      </p>
    </div>
  )
}
