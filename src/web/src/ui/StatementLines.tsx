import type { ReactNode } from 'react'
import { Button } from './Button'
import { Table } from './Table'
import { Money, RelativeTime } from './Values'

export interface StatementLine {
  id: string
  at: string
  amountMicros: number
  balanceMicros: number
}

/** Lines of a statement in one currency, the newest first, and a button for older ones. */
export const StatementLines = <Line extends StatementLine>({ caption, lines, currency, what, more }: {
  caption: string
  lines: readonly Line[]
  currency: string
  what: (line: Line) => ReactNode
  more: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
}) => (
  <>
    <Table
      caption={caption}
      rows={lines}
      keyOf={(line) => line.id}
      columns={[
        { head: 'When', cell: (line) => <RelativeTime at={line.at} /> },
        { head: 'What', cell: what },
        { head: 'Amount', numeric: true, cell: (line) => <Money micros={line.amountMicros} currency={currency} signed /> },
        { head: 'Balance', numeric: true, minor: true, cell: (line) => <Money micros={line.balanceMicros} currency={currency} /> },
      ]}
    />
    {more.hasNextPage && (
      <p className="more">
        <Button busy={more.isFetchingNextPage} onClick={() => void more.fetchNextPage()}>
          Show more
        </Button>
      </p>
    )}
  </>
)
