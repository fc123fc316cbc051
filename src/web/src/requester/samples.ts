import type { LabelKind } from './gql/graphql'

/** An input of the kind, to see how a task looks before there is one. */
export function sampleOf(kind: LabelKind): unknown {
  switch (kind) {
    case 'BOXES':
      return { image: '/icon.svg', alt: 'A sample image' }
    case 'PAIRWISE':
      return { left: { text: 'Yes, we deliver on Saturdays.' }, right: { text: 'Please look at our website.' } }
    case 'RANKING':
      return { items: [{ id: 'a', text: 'The first' }, { id: 'b', text: 'The second' }, { id: 'c', text: 'The third' }] }
    case 'SPANS':
      return { text: 'Ada Lovelace met Charles Babbage in London in 1833.' }
    default:
      return { text: 'Where is my parcel? It is a week late.' }
  }
}

/** A line of an import file of the kind. */
export const lineOf = (kind: LabelKind) => JSON.stringify({ externalId: 'item-1', input: sampleOf(kind) })
