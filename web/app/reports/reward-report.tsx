// Rewards by how often they were redeemed, and what they cost.
import type { RewardRow } from '../../../contract/api/reports.ts'
import { useReport } from '../../api/reports.ts'
import { BarChart } from '../../ui/charts/bar-chart.tsx'
import { ChartCard } from '../../ui/charts/chart-card.tsx'
import { Money } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import type { ReportProps } from './report-props.ts'
import { ReportTable } from './report-table.tsx'
import { WORDS } from './words.ts'

const MOST_BARS = 10

export function RewardReport({ query }: ReportProps) {
  const { t, f } = useWords()
  const { report, list } = useReport<RewardRow>('rewards', query)
  const top = (report?.data ?? []).filter(({ redeemed }) => redeemed > 0).slice(0, MOST_BARS)
  const keyOf = ({ program_id, kind, reward_id }: RewardRow) => `${program_id} ${kind} ${reward_id}`
  const series = [{ label: t(WORDS.used), tone: 'd1' }] as const
  const count = (id: 'claimed' | 'redeemed' | 'restored' | 'unused', label: string, hidden = false) => ({
    id,
    label,
    figure: true,
    hidden,
    cell: (row: RewardRow) => f.number(row[id]),
  })
  return (
    <>
      {top.length > 1 && (
        <ChartCard
          title={t(WORDS.topRewards)}
          series={series}
          table={{
            columns: [t(WORDS.reward), t(WORDS.used)],
            rows: top.map((row) => [t(row.name), f.number(row.redeemed)]),
          }}
        >
          <BarChart
            label={t(WORDS.topRewards)}
            series={series}
            bars={top.map((row) => ({ key: keyOf(row), label: t(row.name), values: [row.redeemed] }))}
          />
        </ChartCard>
      )}
      <ReportTable
        id="rewards"
        label={t(WORDS.rewards)}
        list={list}
        rowKey={keyOf}
        columns={[
          { id: 'name', label: t(WORDS.reward), cell: ({ name }) => t(name) },
          { id: 'kind', label: t(WORDS.kind), cell: ({ kind }) => t(WORDS.kinds[kind]) },
          count('claimed', t(WORDS.claimed)),
          count('redeemed', t(WORDS.used)),
          count('restored', t(WORDS.restored), true),
          count('unused', t(WORDS.unused)),
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
