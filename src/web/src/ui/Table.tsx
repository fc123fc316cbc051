import type { ReactNode } from 'react'

export interface Column<Row> {
  head: ReactNode
  cell: (row: Row) => ReactNode
  /** Figures stand at the end of their cells. */
  numeric?: boolean
  /** Left out on a narrow screen. */
  minor?: boolean
}

/** Rows of the same kind; on a narrow screen it scrolls sideways within itself. */
export function Table<Row>({ caption, columns, rows, keyOf }: { caption: string; columns: Column<Row>[]; rows: readonly Row[]; keyOf: (row: Row) => string }) {
  const classOf = (column: Column<Row>) => [column.numeric && 'numeric', column.minor && 'minor'].filter(Boolean).join(' ') || undefined
  return (
    <div className="table-frame" tabIndex={0} role="region" aria-label={caption}>
      <table className="table">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th key={i} scope="col" className={classOf(column)}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column, i) => (
                <td key={i} className={classOf(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
