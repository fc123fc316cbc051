import { useEffect, useRef } from 'react'

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('textarea, select, input:not([type=radio], [type=checkbox], [type=button], [type=range])'))

/** Keys that work wherever the focus is, but not while somebody types or a dialog is open. The handler says whether it took the key. */
export function useKeys(handler: (event: KeyboardEvent) => boolean, enabled = true) {
  const latest = useRef(handler)
  latest.current = handler
  useEffect(() => {
    if (!enabled) return
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || typing(event.target) || document.querySelector('dialog[open]')) return
      if (latest.current(event)) event.preventDefault()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [enabled])
}
