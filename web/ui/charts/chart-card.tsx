// The card of a chart: a sentence that says what it shows, a legend, and the same figures as a table.
import { type ReactNode, useState } from 'react'
import { useWords } from '../../words/use-words.ts'
import { Card } from '../card.tsx'
import css from './chart.module.css'

/** The colours of tokens.css: customers, others (hatched), attention, fourth, fifth. */
export type SeriesTone = 'd1' | 'd2' | 'd3' | 'd4' | 'd5'

export interface Series {
  label: string
  tone: SeriesTone
}

export interface ChartCardProps {
  title: ReactNode
  /** What the chart says, before it is looked at. */
  sentence?: ReactNode
  series?: readonly Series[]
  action?: ReactNode
  /** The figures of the chart, in the same order. */
  table: { columns: readonly string[]; rows: readonly (readonly ReactNode[])[] }
  children: ReactNode
}

export function ChartCard({ title, sentence, series = [], action, table, children }: ChartCardProps) {
  const { t } = useWords()
  const [isTable, setTable] = useState(false)
  return (
    <Card
      title={title}
      action={
        <>
          {series.length > 1 && <Legend series={series} />}
          {action}
        </>
      }
    >
      {sentence !== undefined && <p className={css.sentence}>{sentence}</p>}
      {isTable ? <Figures {...table} /> : children}
      <button type="button" className={`link sm ${css.switch}`} onClick={() => setTable(!isTable)}>
        {t(isTable ? WORDS.chart : WORDS.table)}
      </button>
    </Card>
  )
}

function Legend({ series }: { series: readonly Series[] }) {
  return (
    <ul className={css.legend}>
      {series.map(({ label, tone }) => (
        <li key={label}>
          <i className={css[tone]} />
          {label}
        </li>
      ))}
    </ul>
  )
}

function Figures({ columns, rows }: ChartCardProps['table']) {
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, place) => (
                <td key={place}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const WORDS = { table: { en: 'As a table', ar: 'عرض كجدول' }, chart: { en: 'As a chart', ar: 'عرض كرسم' } }
