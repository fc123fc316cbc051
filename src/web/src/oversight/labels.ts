interface Schema {
  kind: string
  labels?: readonly string[] | null
  least?: number | null
  most?: number | null
  tie?: boolean | null
}

/** The labels by the names that predictions have, and whether they form a finite set. */
export function labelsOf(schema: Schema): { labels: readonly string[]; finite: boolean } {
  switch (schema.kind) {
    case 'SINGLE_CHOICE':
      return { labels: schema.labels ?? [], finite: true }
    case 'RATING': {
      const least = schema.least ?? 0
      return { labels: Array.from({ length: (schema.most ?? least) - least + 1 }, (_, i) => String(least + i)), finite: true }
    }
    case 'PAIRWISE':
      return { labels: schema.tie ? ['left', 'right', 'tie'] : ['left', 'right'], finite: true }
    default:
      return { labels: [], finite: false }
  }
}
