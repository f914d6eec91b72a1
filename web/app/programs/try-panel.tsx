// Beside a draft: a sample order, and what it would earn by the real engine, with the why.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { TriedProgram } from '../../../contract/api/try-program.ts'
import { readDefinition } from '../../../contract/program/read.ts'
import { api } from '../../api/client.ts'
import { ApiError } from '../../api/error.ts'
import { Card } from '../../ui/card.tsx'
import { MoneyField, NumberField } from '../../ui/fields.tsx'
import { ProgramGlyph } from '../../ui/glyph.tsx'
import { Row } from '../../ui/layout.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Loading } from '../../ui/states.tsx'
import { useSettled } from '../../ui/use-settled.ts'
import { Money, Units } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { WhyOf } from '../why-of.tsx'
import css from './programs.module.css'
import { type Situation, sampleRequest } from './sample-order.ts'

export interface TryPanelProps {
  /** With its `type`. */
  definition: unknown
  programId?: string
}

export function TryPanel({ definition, programId }: TryPanelProps) {
  const { t } = useWords()
  const [situation, setSituation] = useState<Situation>('tuesday')
  const [items, setItems] = useState<number | undefined>(2)
  const [amount, setAmount] = useState<number | undefined>(4200)
  const request = useSettled(
    JSON.stringify(
      sampleRequest(definition, { situation, items: items ?? 1, amount: amount ?? 0, programId }, new Date()),
    ),
  )
  const isComplete = readDefinition(definition).kind === 'ok'
  const query = useQuery({
    queryKey: ['try', request],
    queryFn: ({ signal }) => api.post<TriedProgram>('/programs/try', JSON.parse(request), { signal }),
    placeholderData: keepPreviousData,
    retry: false,
    enabled: isComplete,
  })
  return (
    <Card title={t(WORDS.title)}>
      <div className={css.preview} style={{ position: 'static' }}>
        <Segmented<Situation>
          label={t(WORDS.title)}
          value={situation}
          onChange={setSituation}
          options={[
            { value: 'tuesday', label: t(WORDS.tuesday) },
            { value: 'first', label: t(WORDS.first) },
            { value: 'return', label: t(WORDS.return) },
          ]}
        />
        <Row gap={12} align="end">
          <NumberField label={t(WORDS.items)} value={items} onChange={setItems} />
          <MoneyField label={t(WORDS.paid)} value={amount} onChange={setAmount} />
        </Row>
        {!isComplete || (query.error instanceof ApiError && query.error.status === 422) ? (
          <p className="dim">{t(WORDS.incomplete)}</p>
        ) : query.data ? (
          <Tried tried={query.data} />
        ) : (
          <Loading rows={2} />
        )}
      </div>
    </Card>
  )
}

function Tried({ tried }: { tried: TriedProgram }) {
  const { t, f } = useWords()
  const { program_type: type, units, why, after_return: back } = tried
  return (
    <>
      <p className={css.result}>
        <ProgramGlyph type={type} size="large" />
        {type === 'cashback' ? (
          <Money minor={units} />
        ) : type === 'subscription' ? (
          t(WORDS.plans(units))
        ) : (
          <Units type={type} units={units} />
        )}
      </p>
      <WhyOf why={why} units={units} />
      {back && <WhyOf title={t(WORDS.afterReturn)} why={back.why} units={back.units} />}
      {tried.expires_at !== null && units > 0 && (
        <p className="dim sm">
          {t(WORDS.expires)}: {f.day(new Date(Date.parse(tried.expires_at) - 1))}
        </p>
      )}
    </>
  )
}

const WORDS = {
  title: { en: 'Try it', ar: 'جرّبه' },
  tuesday: { en: 'A Tuesday', ar: 'يوم ثلاثاء' },
  first: { en: 'First order', ar: 'أول طلب' },
  return: { en: 'A return', ar: 'إرجاع' },
  items: { en: 'Items', ar: 'عدد القطع' },
  paid: { en: 'Paid', ar: 'المدفوع' },
  incomplete: { en: 'Complete the program, and the answer is shown here.', ar: 'أكمل البرنامج لتظهر النتيجة هنا.' },
  afterReturn: { en: 'If half of it comes back', ar: 'إذا أُرجع نصفه' },
  expires: { en: 'Can be used until', ar: 'صالح حتى' },
  plans: (count: number) => ({ en: `Plans: ${count}`, ar: `عدد الباقات: ${count}` }),
}
