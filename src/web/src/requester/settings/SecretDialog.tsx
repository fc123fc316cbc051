import { useState } from 'react'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Field, Input } from '../../ui/Field'

/** A secret that the server shows once. */
export function SecretDialog({ title, secret, onClose }: { title: string; secret: string | null; onClose: () => void }) {
  const [copied, setCopied] = useState(false)
  const close = () => {
    setCopied(false)
    onClose()
  }
  return (
    <Dialog title={title} open={secret !== null} onClose={close} actions={<Button kind="primary" onClick={close}>I have kept it</Button>}>
      <p>Keep it now: it is shown only this once.</p>
      <div className="funding">
        <Field label="Secret">
          <Input readOnly value={secret ?? ''} onFocus={(e) => e.target.select()} />
        </Field>
        <Button onClick={() => void navigator.clipboard.writeText(secret ?? '').then(() => setCopied(true))}>{copied ? 'Copied' : 'Copy'}</Button>
      </div>
    </Dialog>
  )
}
