import { cloneElement, useId, type InputHTMLAttributes, type ReactElement, type SelectHTMLAttributes, type TextareaHTMLAttributes } from 'react'

interface Control {
  id?: string
  'aria-describedby'?: string
  'aria-invalid'?: boolean
}

/** A label, its one control, a hint and what is wrong with it. */
export function Field({ label, hint, error, children, hideLabel }: { label: string; hint?: string; error?: string | null; children: ReactElement<Control>; hideLabel?: boolean }) {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id} className={hideLabel ? 'sr-only' : undefined}>
        {label}
      </label>
      {cloneElement(children, { id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {hint && (
        <small id={`${id}-hint`} className="hint">
          {hint}
        </small>
      )}
      {error && (
        <small id={`${id}-error`} className="field-error">
          {error}
        </small>
      )}
    </div>
  )
}

export const Input = ({ className = '', ...rest }: InputHTMLAttributes<HTMLInputElement>) => <input {...rest} className={`input ${className}`} />
export const TextArea = ({ className = '', rows = 4, ...rest }: TextareaHTMLAttributes<HTMLTextAreaElement>) => <textarea {...rest} rows={rows} className={`input ${className}`} />
export const Select = ({ className = '', ...rest }: SelectHTMLAttributes<HTMLSelectElement>) => <select {...rest} className={`input ${className}`} />

/** A switch between yes and no, with its label beside it. */
export function Checkbox({ label, ...rest }: InputHTMLAttributes<HTMLInputElement> & { label: string }) {
  return (
    <label className="checkbox">
      <input {...rest} type="checkbox" />
      <span>{label}</span>
    </label>
  )
}
