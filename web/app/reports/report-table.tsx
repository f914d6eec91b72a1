// The rows of a report, below its chart.
import type { List } from '../../api/use-list.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/states.tsx'
import { useWords } from '../../words/use-words.ts'
import { WORDS } from './words.ts'

interface ReportTableProps<Row> {
  id: string
  label: string
  columns: readonly Column<Row>[]
  list: List<Row>
  rowKey(row: Row): string
}

export function ReportTable<Row>({ id, ...rest }: ReportTableProps<Row>) {
  const { t } = useWords()
  return (
    <DataTable
      id={`report-${id}`}
      {...rest}
      empty={<Empty title={t(WORDS.nothing)}>{t(WORDS.nothingText)}</Empty>}
      csv
    />
  )
}
