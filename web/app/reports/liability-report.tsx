// What customers hold, by program and month: it balances in every row.
import { useState } from 'react'
import type { LiabilityRow } from '../../../contract/api/reports.ts'
import { useReport } from '../../api/reports.ts'
import { BarChart } from '../../ui/charts/bar-chart.tsx'
import { ChartCard, type SeriesTone } from '../../ui/charts/chart-card.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Money } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { firstOf } from './period.ts'
import type { ReportProps } from './report-props.ts'
import { ReportTable } from './report-table.tsx'
import css from './reports.module.css'
import { WORDS } from './words.ts'

const TONES: readonly SeriesTone[] = ['d1', 'd2', 'd3', 'd4', 'd5']

/** The parts of a row, in the order of its equation. */
const PARTS = ['opening', 'issued', 'redeemed', 'expired', 'adjusted', 'written_off', 'closing'] as const
type Part = (typeof PARTS)[number]

const LABELS = {
  opening: WORDS.opening,
  issued: WORDS.issued,
  redeemed: WORDS.redeemed,
  expired: WORDS.expired,
  adjusted: WORDS.adjusted,
  written_off: WORDS.writtenOff,
  closing: WORDS.closing,
} as const

export function LiabilityReport({ query }: ReportProps) {
  const { t, f } = useWords()
  const [as, setAs] = useState<'units' | 'money'>('units')
  const { report, list } = useReport<LiabilityRow>('liability', query)
  const rows = report?.data ?? []
  return (
    <>
      <ClosingChart rows={rows} />
      <div className="no-print">
        <Segmented<'units' | 'money'>
          label={t(WORDS.worth)}
          value={as}
          options={[
            { value: 'units', label: t(WORDS.inUnits) },
            { value: 'money', label: t(WORDS.inMoney) },
          ]}
          onChange={setAs}
        />
      </div>
      <ReportTable
        id="liability"
        label={t(WORDS.liability)}
        list={{ ...list, items: list.items?.toSorted((a, b) => (a.month < b.month ? 1 : a.month > b.month ? -1 : 0)) }}
        rowKey={(row) => `${row.month} ${row.program_id}`}
        columns={[
          { id: 'month', label: t(WORDS.month), cell: ({ month }) => f.month(firstOf(month)) },
          { id: 'program', label: t(WORDS.program), cell: ({ program_name }) => t(program_name) },
          ...PARTS.map((part) => ({
            id: part,
            label: t(LABELS[part]),
            figure: true,
            hidden: part === 'written_off',
            cell: (row: LiabilityRow) => <Figure row={row} part={part} as={as} />,
          })),
        ]}
      />
      <p className={css.note}>
        {t(WORDS.liabilitySentence)} {t(WORDS.valueNote)}
      </p>
    </>
  )
}

function Figure({ row, part, as }: { row: LiabilityRow; part: Part; as: 'units' | 'money' }) {
  const { f } = useWords()
  if (as === 'units' && row.program_type !== 'cashback') return f.number(row[part])
  const money = row[`${part}_amount`]
  return money === null ? '–' : <Money minor={money} />
}

/** The closing of each month in money, stacked by program; nothing while no unit has a value. */
function ClosingChart({ rows }: { rows: readonly LiabilityRow[] }) {
  const { t, f } = useWords()
  const valued = rows.filter(({ closing_amount }) => closing_amount !== null)
  const programs = [...new Map(valued.map((row) => [row.program_id, t(row.program_name)]))].slice(0, TONES.length)
  const months = [...new Set(valued.map(({ month }) => month))]
  if (programs.length === 0) return null
  const closingOf = (month: string, id: string) =>
    valued.find((row) => row.month === month && row.program_id === id)?.closing_amount ?? 0
  const series = programs.map(([, label], index) => ({ label, tone: TONES[index] ?? 'd1' }))
  return (
    <ChartCard
      title={t(WORDS.liabilityTitle)}
      series={series}
      table={{
        columns: [t(WORDS.month), ...programs.map(([, label]) => label)],
        rows: months.map((month) => [
          f.month(firstOf(month)),
          ...programs.map(([id]) => <Money key={id} minor={closingOf(month, id)} />),
        ]),
      }}
    >
      <BarChart
        label={t(WORDS.liabilityTitle)}
        series={series}
        format={(minor) => f.amount(minor, { whole: true })}
        bars={months.map((month) => ({
          key: month,
          label: f.number(Number(month.slice(5))),
          name: f.month(firstOf(month)),
          values: programs.map(([id]) => Math.max(0, closingOf(month, id))),
        }))}
      />
    </ChartCard>
  )
}
