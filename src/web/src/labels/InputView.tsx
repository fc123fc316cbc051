import { useState } from 'react'
import { Markdown, RichText } from '../ui/Markdown'
import { isFields, mediaAddress, type Fields } from './inputs'

/**
 * What a task shows. Of an object the fields `text`, `html`, `markdown`, `image`, `audio`, `video`, `left` with `right` and `items` are shown as
 * what they are, the others as a list of names and values. A text is shown as a text, anything else as JSON.
 */
export function InputView({ input, omit = [] }: { input: unknown; omit?: readonly string[] }) {
  if (typeof input === 'string') return <p className="input-text">{input}</p>
  if (typeof input === 'number' || typeof input === 'boolean') return <p className="input-text">{String(input)}</p>
  if (Array.isArray(input)) return <List items={input as unknown[]} />
  if (!isFields(input)) return <Json value={input} />
  return <FieldsView fields={Object.fromEntries(Object.entries(input).filter(([name]) => !omit.includes(name)))} />
}

const known = ['text', 'html', 'markdown', 'image', 'audio', 'video', 'left', 'right', 'items', 'alt', 'captions']

function FieldsView({ fields }: { fields: Fields }) {
  const { text, html, markdown, left, right, items } = fields
  const image = mediaAddress(fields.image)
  const audio = mediaAddress(fields.audio)
  const video = mediaAddress(fields.video)
  const captions = mediaAddress(fields.captions)
  const rest = Object.entries(fields).filter(([name]) => !known.includes(name) && !(image && (name === 'width' || name === 'height')))
  return (
    <div className="input-fields">
      {text !== undefined && <InputView input={text} />}
      {typeof html === 'string' && <RichText html={html} />}
      {typeof markdown === 'string' && <Markdown text={markdown} />}
      {image && <Picture address={image} alt={typeof fields.alt === 'string' ? fields.alt : 'The image of this task'} />}
      {audio && <audio controls preload="metadata" src={audio} aria-label="The recording of this task" />}
      {video && (
        <video controls preload="metadata" src={video} aria-label="The film of this task" crossOrigin={captions ? 'anonymous' : undefined}>
          {captions && <track kind="captions" src={captions} default />}
        </video>
      )}
      {left !== undefined && right !== undefined && (
        <div className="pair">
          <section aria-label="Left">
            <InputView input={left} />
          </section>
          <section aria-label="Right">
            <InputView input={right} />
          </section>
        </div>
      )}
      {Array.isArray(items) && <List items={items as unknown[]} />}
      {rest.length > 0 && (
        <dl className="input-rest">
          {rest.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{typeof value === 'object' && value !== null ? <Json value={value} /> : String(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}

function Picture({ address, alt }: { address: string; alt: string }) {
  const [failed, setFailed] = useState(false)
  if (failed) return <p className="notice warning">The image cannot be loaded. If it stays so, report a problem with the task.</p>
  return <img className="input-image" src={address} alt={alt} referrerPolicy="no-referrer" onError={() => setFailed(true)} />
}

const List = ({ items }: { items: unknown[] }) => (
  <ul className="input-list">
    {items.map((item, i) => (
      <li key={i}>
        <InputView input={isFields(item) ? Object.fromEntries(Object.entries(item).filter(([name]) => name !== 'id')) : item} />
      </li>
    ))}
  </ul>
)

const Json = ({ value }: { value: unknown }) => (
  <pre className="input-json" tabIndex={0}>
    {JSON.stringify(value, null, 2)}
  </pre>
)
