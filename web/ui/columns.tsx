// Which columns of a table a reader sees; remembered in this browser.
import { IconColumns3 } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useWords } from '../words/use-words.ts'
import { Button } from './button.tsx'
import { WORDS } from './data-table.words.ts'
import { Menu } from './menu.tsx'

export interface Column<Row> {
  /** Stable: the choice of columns is stored under it. */
  id: string
  label: string
  cell(row: Row): ReactNode
  /** Figures stand at the end. */
  figure?: boolean
  /** Not shown until the reader chooses it. */
  hidden?: boolean
  /** What sorts by this column, when the list can be sorted by it. */
  sort?: { direction: 'ascending' | 'descending' | null; onSort(): void }
}

export function useColumns<Row>(table: string | undefined, columns: readonly Column<Row>[]) {
  const key = `loyapro-columns-${table}`
  const [changed, setChanged] = useState<Record<string, boolean>>(() => (table === undefined ? {} : read(key)))
  const isHidden = ({ id, hidden = false }: Column<Row>) => changed[id] ?? hidden
  const hiddenIds = new Set(columns.filter(isHidden).map(({ id }) => id))
  const toggle = (id: string) => {
    const next = { ...changed, [id]: !hiddenIds.has(id) }
    localStorage.setItem(key, JSON.stringify(next))
    setChanged(next)
  }
  return { shown: columns.filter(({ id }) => !hiddenIds.has(id)), hiddenIds, toggle }
}

function read(key: string): Record<string, boolean> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}')
  } catch {
    return {}
  }
}

interface MenuProps<Row> {
  columns: readonly Column<Row>[]
  hiddenIds: ReadonlySet<string>
  toggle(id: string): void
}

/** The first column names the row, and stays. */
export function ColumnMenu<Row>({ columns, hiddenIds, toggle }: MenuProps<Row>) {
  const { t } = useWords()
  return (
    <Menu
      align="end"
      several
      trigger={
        <Button size="small" icon={IconColumns3}>
          {t(WORDS.columns)}
        </Button>
      }
      groups={[
        columns.slice(1).map(({ id, label }) => ({
          label,
          checked: !hiddenIds.has(id),
          onSelect: () => toggle(id),
        })),
      ]}
    />
  )
}
