// Cohorts: one line for each month joined, one cell for each month after.
import type { CSSProperties } from 'react'
import type { CohortRow } from '../../../contract/api/reports.ts'
import { useReport } from '../../api/reports.ts'
import { Card } from '../../ui/card.tsx'
import { Money } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { firstOf, monthsApart } from './period.ts'
import type { ReportProps } from './report-props.ts'
import { ReportTable } from './report-table.tsx'
import css from './reports.module.css'
import { WORDS } from './words.ts'

export function CohortReport({ query }: ReportProps) {
  const { t, f } = useWords()
  const { report, list } = useReport<CohortRow>('cohorts', query)
  return (
    <>
      {report && report.data.length > 0 && <Triangle rows={report.data} />}
      <ReportTable
        id="cohorts"
        label={t(WORDS.cohorts)}
        list={list}
        rowKey={({ joined, month }) => `${joined} ${month}`}
        columns={[
          { id: 'joined', label: t(WORDS.joined), cell: ({ joined }) => f.month(firstOf(joined)) },
          { id: 'month', label: t(WORDS.month), cell: ({ month }) => f.month(firstOf(month)) },
          { id: 'size', label: t(WORDS.size), figure: true, cell: ({ size }) => f.number(size) },
          {
            id: 'customers',
            label: t(WORDS.activeCustomers),
            figure: true,
            cell: ({ customers, share }) => `${f.number(customers)} (${f.percent(share)})`,
          },
          { id: 'visits', label: t(WORDS.visits), figure: true, cell: ({ visits }) => f.number(visits) },
          { id: 'amount', label: t(WORDS.sales), figure: true, cell: ({ amount }) => <Money minor={amount} /> },
        ]}
      />
    </>
  )
}

function Triangle({ rows }: { rows: readonly CohortRow[] }) {
  const { t, f } = useWords()
  const cohorts = [...Map.groupBy(rows, ({ joined }) => joined)]
  const most = Math.max(...rows.map(({ joined, month }) => monthsApart(joined, month)))
  const after = Array.from({ length: most + 1 }, (_, months) => months)
  return (
    <Card title={t(WORDS.cohortTitle)}>
      <p className="sub">{t(WORDS.cohortSentence)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys. */}
      <section className={css.scroll} tabIndex={0} aria-label={t(WORDS.cohortTitle)}>
        <table className={css.cohorts}>
          <thead>
            <tr>
              <th scope="col">{t(WORDS.joined)}</th>
              <th scope="col" className={css.size}>
                {t(WORDS.size)}
              </th>
              {after.map((months) => (
                <th key={months} scope="col">
                  <bdi className="ltr">{months === 0 ? t(WORDS.sameMonth) : t(WORDS.monthAfter(f.number(months)))}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cohorts.map(([joined, own]) => (
              <tr key={joined}>
                <th scope="row">{f.month(firstOf(joined))}</th>
                <td className={css.size}>{f.number(own[0]?.size ?? 0)}</td>
                {own.map(({ month, share }) => (
                  <td key={month} className={css.cell} style={{ '--share': `${share * 100}%` } as CSSProperties}>
                    {f.percent(share)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  )
}
