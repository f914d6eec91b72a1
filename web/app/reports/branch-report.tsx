// Branches side by side.
import type { BranchRow } from '../../../contract/api/reports.ts'
import { useReport } from '../../api/reports.ts'
import { BarChart } from '../../ui/charts/bar-chart.tsx'
import { ChartCard } from '../../ui/charts/chart-card.tsx'
import { Money } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import type { ReportProps } from './report-props.ts'
import { ReportTable } from './report-table.tsx'
import { visitColumns } from './visit-columns.tsx'
import { WORDS } from './words.ts'

/** More bars than that cannot be read. */
const MOST_BARS = 20

export function BranchReport({ query }: ReportProps) {
  const words = useWords()
  const { t, f } = words
  const { report, list } = useReport<BranchRow>('branches', query)
  const rows = (report?.data ?? []).slice(0, MOST_BARS)
  const nameOf = ({ branch_name }: BranchRow) => t(branch_name ?? WORDS.noBranch)
  const series = [
    { label: t(WORDS.customers), tone: 'd1' },
    { label: t(WORDS.others), tone: 'd2' },
  ] as const
  return (
    <>
      {rows.length > 1 && (
        <ChartCard
          title={t(WORDS.visitsByBranch)}
          series={series}
          table={{
            columns: [t(WORDS.branch), t(WORDS.customers), t(WORDS.others)],
            rows: rows.map((row) => [nameOf(row), f.number(row.customer_visits), f.number(row.other_visits)]),
          }}
        >
          <BarChart
            label={t(WORDS.visitsByBranch)}
            series={series}
            bars={rows.map((row) => ({
              key: row.branch_id ?? '',
              label: nameOf(row),
              values: [row.customer_visits, row.other_visits],
            }))}
          />
        </ChartCard>
      )}
      <ReportTable
        id="branches"
        label={t(WORDS.branches)}
        list={list}
        rowKey={({ branch_id }) => branch_id ?? ''}
        columns={[
          { id: 'branch', label: t(WORDS.branch), cell: nameOf },
          ...visitColumns<BranchRow>(words),
          { id: 'redeemed', label: t(WORDS.redemptions), figure: true, cell: ({ redeemed }) => f.number(redeemed) },
          {
            id: 'discount',
            label: t(WORDS.discount),
            figure: true,
            cell: ({ discount }) => <Money minor={discount} />,
          },
        ]}
      />
    </>
  )
}
