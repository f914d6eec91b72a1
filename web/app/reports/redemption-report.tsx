// How much of what programs issued was redeemed, and how much expired.
import type { RedemptionRow } from '../../../contract/api/reports.ts'
import { useReport } from '../../api/reports.ts'
import { ProgramGlyph } from '../../ui/glyph.tsx'
import { Row } from '../../ui/layout.tsx'
import { Money, Units } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import type { ReportProps } from './report-props.ts'
import { ReportTable } from './report-table.tsx'
import css from './reports.module.css'
import { WORDS } from './words.ts'

export function RedemptionReport({ query }: ReportProps) {
  const { t, f } = useWords()
  const { list } = useReport<RedemptionRow>('redemption', query)
  const units = (id: 'issued' | 'redeemed' | 'expired' | 'outstanding', label: string) => ({
    id,
    label,
    figure: true,
    cell: (row: RedemptionRow) => <Units type={row.program_type} units={row[id]} />,
  })
  const rate = (id: 'redemption_rate' | 'breakage_rate', label: string) => ({
    id,
    label,
    figure: true,
    cell: (row: RedemptionRow) => (row[id] === null ? '–' : f.percent(row[id], 1)),
  })
  return (
    <>
      <ReportTable
        id="redemption"
        label={t(WORDS.redemption)}
        list={list}
        rowKey={({ program_id }) => program_id}
        columns={[
          {
            id: 'program',
            label: t(WORDS.program),
            cell: ({ program_type, program_name }) => (
              <Row gap={8}>
                <ProgramGlyph type={program_type} />
                <b>{t(program_name)}</b>
              </Row>
            ),
          },
          units('issued', t(WORDS.issued)),
          units('redeemed', t(WORDS.redeemed)),
          rate('redemption_rate', t(WORDS.redemptionRate)),
          units('expired', t(WORDS.expired)),
          rate('breakage_rate', t(WORDS.breakageRate)),
          units('outstanding', t(WORDS.outstanding)),
          {
            id: 'outstanding_amount',
            label: t(WORDS.worth),
            figure: true,
            cell: ({ outstanding_amount: minor }) => (minor === null ? '–' : <Money minor={minor} />),
          },
        ]}
      />
      <p className={css.note}>
        {t(WORDS.redemptionSentence)} {t(WORDS.valueNote)}
      </p>
    </>
  )
}
