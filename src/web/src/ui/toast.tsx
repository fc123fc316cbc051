import { useSyncExternalStore } from 'react'
import { explain } from '../api/errors'
import type { Tone } from './Card'

interface Toast {
  id: number
  text: string
  tone: Tone
}

/** How long a message stays, in milliseconds, and how many stay at once. */
const life = 6_000
const most = 4

let toasts: readonly Toast[] = []
let next = 1
const listeners = new Set<() => void>()
const set = (value: readonly Toast[]) => {
  toasts = value
  listeners.forEach((listener) => listener())
}

/** Says something in passing; screen readers say it too. */
export function toast(text: string, tone: Tone = 'good') {
  const id = next++
  set([...toasts.filter((t) => t.text !== text), { id, text, tone }].slice(-most))
  setTimeout(() => set(toasts.filter((t) => t.id !== id)), life)
}

/** Says what went wrong in passing. */
export function toastError(error: unknown) {
  const { title, detail } = explain(error)
  toast(`${title}. ${detail}`, 'bad')
}

export function ToastHost() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => toasts,
  )
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((t) => (
        <div key={t.id} className={`toast ${t.tone}`}>
          <span>{t.text}</span>
          <button type="button" aria-label="Dismiss" onClick={() => set(toasts.filter((other) => other.id !== t.id))}>
            ✕
          </button>
        </div>
      ))}
    </div>
  )
}
