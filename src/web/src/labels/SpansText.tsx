import { forwardRef } from 'react'
import { levelsOf, piecesOf } from './spans'

/** The distance of the lines below a text, in pixels. */
const step = 5

interface Line {
  start: number
  end: number
  colour: string
  /** Said to screen readers where the span begins. */
  name: string
  /** The line on which it lies; chosen so that none overlap when it is left out. */
  level?: number
}

/** A text with lines below its spans, one below the other where they overlap. */
export const SpansText = forwardRef<HTMLDivElement, { text: string; lines: Line[]; strong?: number | null; range?: { start: number; end: number } | null } & React.HTMLAttributes<HTMLDivElement>>(
  function SpansText({ text, lines, strong, range, className = '', ...rest }, ref) {
    const free = levelsOf(lines)
    const levels = lines.map((line, i) => line.level ?? free[i]!)
    const most = Math.max(0, ...levels) + 1
    const pieces = piecesOf(text.length, lines, range ? [range.start, range.end] : [])
    return (
      <div ref={ref} {...rest} className={`spans-text ${className}`} style={{ lineHeight: `calc(1.6em + ${most * step}px)` }}>
        {pieces.map((piece) => {
          const here = piece.spans.map((i) => ({ ...lines[i]!, level: levels[i]!, index: i }))
          const within = range && piece.start < range.end && piece.end > range.start
          const starts = here.filter((line) => line.start === piece.start)
          return (
            <span
              key={piece.start}
              data-start={piece.start}
              className={['piece', within && 'range', here.some((line) => line.index === strong) && 'strong'].filter(Boolean).join(' ')}
              title={here.map((line) => line.name).join(', ') || undefined}
              style={
                here.length > 0
                  ? {
                      backgroundImage: here.map((line) => `linear-gradient(${line.colour}, ${line.colour})`).join(', '),
                      backgroundPosition: here.map((line) => `0 calc(100% - ${(most - 1 - line.level) * step}px)`).join(', '),
                      paddingBottom: `${most * step}px`,
                    }
                  : undefined
              }
            >
              {starts.length > 0 && <span className="sr-only" data-aside="">{`[${starts.map((line) => line.name).join(', ')}: `}</span>}
              {text.slice(piece.start, piece.end)}
              {here.some((line) => line.end === piece.end) && (
                <span className="sr-only" data-aside="">
                  ]
                </span>
              )}
            </span>
          )
        })}
      </div>
    )
  },
)

/** Where in the text a place of the document is; null outside of it. */
export function offsetOf(container: HTMLElement, node: Node, offset: number): number | null {
  if (!container.contains(node)) return null
  if (node === container) return offset === 0 ? 0 : offsetBehind(container.childNodes[offset - 1])
  const element = node instanceof Element ? node : node.parentElement
  const piece = element?.closest<HTMLElement>('[data-start]')
  if (!piece) return null
  const start = Number(piece.dataset.start)
  if (element?.closest('[data-aside]')) return start
  if (node.nodeType === Node.TEXT_NODE) return start + offset
  const before = [...node.childNodes].slice(0, offset).filter((child) => child.nodeType === Node.TEXT_NODE)
  return start + before.reduce((sum, child) => sum + (child.textContent?.length ?? 0), 0)
}

function offsetBehind(piece: Node | undefined): number | null {
  if (!(piece instanceof HTMLElement) || piece.dataset.start === undefined) return null
  const text = [...piece.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE)
  return Number(piece.dataset.start) + text.reduce((sum, child) => sum + (child.textContent?.length ?? 0), 0)
}
