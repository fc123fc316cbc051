import { useEffect, useId, useRef, type ReactNode } from 'react'
import { Button } from './Button'

/** A modal window on the browser's own dialog: it keeps the focus, closes with Escape and gives the focus back. */
export function Dialog({ title, open, onClose, children, actions, wide }: { title: string; open: boolean; onClose: () => void; children: ReactNode; actions?: ReactNode; wide?: boolean }) {
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    if (open && !dialog.open) dialog.showModal()
    if (!open && dialog.open) dialog.close()
  }, [open])
  return (
    <dialog
      ref={ref}
      className={wide ? 'dialog wide' : 'dialog'}
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === ref.current) onClose()
      }}
    >
      {open && (
        <div className="dialog-body">
          <header className="dialog-header">
            <h2 id={id}>{title}</h2>
            <Button kind="quiet" small aria-label="Close" onClick={onClose}>
              ✕
            </Button>
          </header>
          <div className="dialog-content">{children}</div>
          {actions && <footer className="dialog-actions">{actions}</footer>}
        </div>
      )}
    </dialog>
  )
}
