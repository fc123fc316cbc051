import DOMPurify from 'dompurify'
import { Marked } from 'marked'
import { useMemo } from 'react'

/** What may stand in texts that others wrote: no scripts, no styles, no forms, no frames. Links open apart and say nothing of this page. */
const purify = DOMPurify()
purify.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName === 'A') {
    node.setAttribute('target', '_blank')
    node.setAttribute('rel', 'noopener noreferrer nofollow')
  }
})

export const sanitise = (html: string) =>
  purify.sanitize(html, { USE_PROFILES: { html: true }, FORBID_TAGS: ['style', 'form', 'input', 'button', 'select', 'textarea', 'dialog'], FORBID_ATTR: ['style', 'class', 'id', 'name'] })

/** HTML that somebody else wrote, made harmless. */
export function RichText({ html, className = '' }: { html: string; className?: string }) {
  const clean = useMemo(() => sanitise(html), [html])
  return <div className={`prose ${className}`} dangerouslySetInnerHTML={{ __html: clean }} />
}

/** Headings begin below those of the page and of its dialogs and cards. */
const parser = new Marked({ walkTokens: (token) => void (token.type === 'heading' && (token.depth = Math.min(6, token.depth + 2))) })

/** Markdown that somebody else wrote. */
export function Markdown({ text, className }: { text: string; className?: string }) {
  const html = useMemo(() => parser.parse(text, { async: false, gfm: true }), [text])
  return <RichText html={html} className={className} />
}
