// Visits by day, with and without a customer.
import type { VisitRow } from '../../../contract/api/reports.ts'
import { useReport } from '../../api/reports.ts'
import { BarChart } from '../../ui/charts/bar-chart.tsx'
import { ChartCard } from '../../ui/charts/chart-card.tsx'
import { Money } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import type { ReportProps } from './report-props.ts'
import { ReportTable } from './report-table.tsx'
import { visitColumns } from './visit-columns.tsx'
import { WORDS } from './words.ts'

export function VisitReport({ query }: ReportProps) {
  const { t, f } = useWords()
  const { report, list } = useReport<VisitRow>('visits', query)
  const rows = report?.data ?? []
  const visits = rows.reduce((sum, row) => sum + row.visits, 0)
  const known = rows.reduce((sum, row) => sum + row.customer_visits, 0)
  const series = [
    { label: t(WORDS.customers), tone: 'd1' },
    { label: t(WORDS.others), tone: 'd2' },
  ] as const
  const words = useWords()
  return (
    <>
      {visits > 0 && (
        <ChartCard
          title={t(WORDS.visits)}
          sentence={t(WORDS.visitsSentence(f.percent(known / visits)))}
          series={series}
          table={{
            columns: [t(WORDS.day), t(WORDS.customers), t(WORDS.others), t(WORDS.sales)],
            rows: rows.map((row) => [
              f.day(row.day),
              f.number(row.customer_visits),
              f.number(row.other_visits),
              <Money key="sales" minor={row.amount} />,
            ]),
          }}
        >
          <BarChart
            label={t(WORDS.visits)}
            series={series}
            bars={rows.map(({ day, customer_visits, other_visits }) => ({
              key: day,
              label: f.number(Number(day.slice(8))),
              name: f.fullDay(day),
              values: [customer_visits, other_visits],
            }))}
          />
        </ChartCard>
      )}
      <ReportTable
        id="visits"
        label={t(WORDS.visits)}
        list={visits === 0 && list.items ? { ...list, items: [] } : list}
        rowKey={({ day }) => day}
        columns={[
          { id: 'day', label: t(WORDS.day), cell: ({ day }) => f.shortDay(day) },
          ...visitColumns<VisitRow>(words),
          {
            id: 'new_customers',
            label: t(WORDS.newCustomers),
            figure: true,
            cell: (row) => (row.new_customers === null ? '–' : f.number(row.new_customers)),
          },
          {
            id: 'active_customers',
            label: t(WORDS.activeCustomers),
            figure: true,
            hidden: true,
            cell: (row) => (row.active_customers === null ? '–' : f.number(row.active_customers)),
          },
        ]}
      />
    </>
  )
}
