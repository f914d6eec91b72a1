// A table of a list of the API: rows that open, columns that are remembered, more rows at the foot,
// and the same rows as CSV. It scrolls inside its card when the window is narrow.
import { IconDownload } from '@tabler/icons-react'
import { Link, type LinkProps } from '@tanstack/react-router'
import { type ReactNode, useId } from 'react'
import type { List } from '../api/use-list.ts'
import { useWords } from '../words/use-words.ts'
import { Button, ButtonAnchor } from './button.tsx'
import { Card } from './card.tsx'
import { type Column, ColumnMenu, useColumns } from './columns.tsx'
import css from './data-table.module.css'
import { WORDS } from './data-table.words.ts'
import { Failed, Loading } from './states.tsx'

export type { Column } from './columns.tsx'

export interface DataTableProps<Row> {
  /** Under which the choice of columns is remembered; without it there is none. */
  id?: string
  /** What the table lists, for screen readers. */
  label: string
  columns: readonly Column<Row>[]
  list: List<Row>
  rowKey(row: Row): string
  /** Where a row leads; the first column is the link. */
  link?: (row: Row) => LinkProps
  /** Search and filters, above the rows. */
  filters?: ReactNode
  /** Instead of the rows, when there are none. */
  empty: ReactNode
  /** Offers the rows as CSV. */
  csv?: boolean
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { id, columns, list, filters, csv = false } = props
  const { t } = useWords()
  const { shown, hiddenIds, toggle } = useColumns(id, columns)
  return (
    <Card flush>
      {(filters !== undefined || id !== undefined || csv) && (
        <div className={`${css.bar} no-print`}>
          <div className={css.filters}>{filters}</div>
          {csv && (
            <ButtonAnchor size="small" icon={IconDownload} href={list.csv} download>
              CSV
            </ButtonAnchor>
          )}
          {id !== undefined && <ColumnMenu columns={columns} hiddenIds={hiddenIds} toggle={toggle} />}
        </div>
      )}
      <Rows {...props} columns={shown} />
      {list.items !== undefined && (list.items.length > 0 || list.hasMore) && (
        <div className={`${css.foot} no-print`}>
          <span className="dim sm">{list.items.length > 0 && t(WORDS.shown(list.items.length, list.hasMore))}</span>
          {list.hasMore && (
            <Button size="small" busy={list.isLoadingMore} onClick={list.more}>
              {t(WORDS.more)}
            </Button>
          )}
        </div>
      )}
    </Card>
  )
}

function Rows<Row>({ label, columns, list, rowKey, link, empty }: DataTableProps<Row>) {
  const caption = useId()
  const { items, error, loadedAt, retry } = list
  if (items === undefined) return error ? <Failed error={error} retry={retry} /> : <Loading shape="table" rows={8} />
  return (
    <>
      {error != null && <Failed error={error} since={loadedAt} retry={retry} />}
      {items.length === 0 ? (
        empty
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
        <section className={css.scroll} aria-labelledby={caption} tabIndex={0}>
          <table className={css.table} data-stale={list.isStale || undefined}>
            <caption id={caption} className="hidden">
              {label}
            </caption>
            <thead>
              <tr>
                {columns.map((column) => (
                  <Head key={column.id} {...column} />
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((row) => (
                <tr key={rowKey(row)} className={link ? css.opens : undefined}>
                  {columns.map((column, index) => (
                    <td key={column.id} className={column.figure ? css.figure : undefined}>
                      {link && index === 0 ? (
                        <Link {...link(row)} className={css.link}>
                          {column.cell(row)}
                        </Link>
                      ) : (
                        column.cell(row)
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  )
}

function Head<Row>({ label, figure, sort }: Column<Row>) {
  return (
    <th scope="col" className={figure ? css.figure : undefined} aria-sort={sort?.direction ?? undefined}>
      {sort ? (
        <button type="button" className={css.sort} onClick={sort.onSort}>
          {label}
          <i aria-hidden="true">{sort.direction === 'ascending' ? '↑' : sort.direction === 'descending' ? '↓' : '↕'}</i>
        </button>
      ) : (
        label
      )}
    </th>
  )
}
