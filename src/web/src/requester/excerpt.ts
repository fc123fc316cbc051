/** A line that tells one input from another. */
export function excerptOf(input: unknown): string {
  const text = textIn(input)
  return text.length > 140 ? `${text.slice(0, 139)}…` : text
}

function textIn(input: unknown): string {
  if (typeof input === 'string') return input
  if (input !== null && typeof input === 'object' && !Array.isArray(input)) {
    const { text, markdown, image, audio, video, left } = input as Record<string, unknown>
    for (const value of [text, markdown, image, audio, video]) if (typeof value === 'string') return value
    if (left !== undefined) return textIn(left)
  }
  return JSON.stringify(input) ?? ''
}
