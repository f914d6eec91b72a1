// The draft as one sentence: its green words are changed in place, and change the definition.
import { lazy, type ReactNode, Suspense, useId, useState } from 'react'
import { latinDigits, minorPlaces } from '../../words/format.ts'
import { useWords } from '../../words/use-words.ts'
import { productSource } from '../id-sources.ts'
import { valueAt, withValueAt } from './presets.ts'
import css from './programs.module.css'

const IdSearch = lazy(() => import('../../ui/id-search.tsx').then((file) => ({ default: file.IdSearch })))

export interface SentenceProps {
  definition: unknown
  onChange(definition: unknown): void
}

type Path = readonly (string | number)[]

/** Null for a definition that one sentence cannot say: it is changed in the form. */
export function Sentence(props: SentenceProps): ReactNode {
  const { language } = useWords()
  const kind = kindOf(props.definition)
  if (kind === null) return null
  const Said = SENTENCES[kind][language]
  return (
    <p className={css.sentence}>
      <Said {...props} />
    </p>
  )
}

type Kind = 'per_amount' | 'percent' | 'stamps' | 'plan'

export function kindOf(definition: unknown): Kind | null {
  const type = valueAt(definition, ['type'])
  if (type === 'subscription') return 'plan'
  const rules = valueAt(definition, ['rules'])
  const earn = valueAt(definition, ['rules', 0, 'earn', 'kind'])
  if (!Array.isArray(rules) || rules.length !== 1) return null
  if (type === 'stamps') return earn === 'per_item' ? 'stamps' : null
  return earn === 'per_amount' || earn === 'percent' ? earn : null
}

const EARN: Path = ['rules', 0, 'earn']

const SENTENCES: Record<Kind, Record<'en' | 'ar', (props: SentenceProps) => ReactNode>> = {
  per_amount: {
    en: (it) => (
      <>
        Every <MoneyWord {...it} path={[...EARN, 'per']} label="Amount" /> spent earns{' '}
        <NumberWord {...it} path={[...EARN, 'units']} label="Points" /> points. They last <ExpiryWord {...it} />.
      </>
    ),
    ar: (it) => (
      <>
        كل <MoneyWord {...it} path={[...EARN, 'per']} label="المبلغ" /> من الإنفاق يكسب{' '}
        <NumberWord {...it} path={[...EARN, 'units']} label="النقاط" /> من النقاط، وصلاحيتها <ExpiryWord {...it} />.
      </>
    ),
  },
  percent: {
    en: (it) => (
      <>
        <NumberWord {...it} path={[...EARN, 'basis_points']} scale={100} label="Percent" /> % of every order comes back
        as cashback. It lasts <ExpiryWord {...it} />.
      </>
    ),
    ar: (it) => (
      <>
        يعود <NumberWord {...it} path={[...EARN, 'basis_points']} scale={100} label="النسبة" /> % من كل طلب إلى رصيد
        الكاش باك، وصلاحيته <ExpiryWord {...it} />.
      </>
    ),
  },
  stamps: {
    en: (it) => (
      <>
        Every item gives <NumberWord {...it} path={[...EARN, 'units']} label="Stamps" /> stamp, and{' '}
        <NumberWord {...it} path={['goal']} label="Stamps per card" /> stamps give{' '}
        <TextWord {...it} path={['reward', 'name', 'en']} label="Reward" />. Stamps last <ExpiryWord {...it} />.
      </>
    ),
    ar: (it) => (
      <>
        عدد الأختام لكل قطعة <NumberWord {...it} path={[...EARN, 'units']} label="الأختام" />، وعند بلوغ{' '}
        <NumberWord {...it} path={['goal']} label="عدد الأختام المطلوبة" /> يحصل العميل على{' '}
        <TextWord {...it} path={['reward', 'name', 'ar']} label="المكافأة" />. صلاحية الأختام <ExpiryWord {...it} />.
      </>
    ),
  },
  plan: {
    en: (it) => (
      <>
        Buying <ProductWord {...it} path={['plan', 'products_bought']} label="Product" placeholder="a product" /> starts{' '}
        <NumberWord {...it} path={['plan', 'period', 'count']} label="Months" /> month with{' '}
        <NumberWord {...it} path={['plan', 'uses_per_period']} label="Uses" /> uses, at most{' '}
        <NumberWord {...it} path={['plan', 'per_day_limit']} label="Uses a day" /> a day.
      </>
    ),
    ar: (it) => (
      <>
        شراء <ProductWord {...it} path={['plan', 'products_bought']} label="المنتج" placeholder="منتج" /> يفعّل باقة
        مدتها بالأشهر <NumberWord {...it} path={['plan', 'period', 'count']} label="الأشهر" />، وعدد استخداماتها{' '}
        <NumberWord {...it} path={['plan', 'uses_per_period']} label="الاستخدامات" />، وبحد أقصى في اليوم{' '}
        <NumberWord {...it} path={['plan', 'per_day_limit']} label="الحد اليومي" />.
      </>
    ),
  },
}

interface WordProps extends SentenceProps {
  path: Path
  label: string
}

function NumberWord({ definition, onChange, path, label, scale = 1 }: WordProps & { scale?: number }) {
  const value = valueAt(definition, path)
  return (
    <span className={css.word}>
      <input
        aria-label={label}
        inputMode="decimal"
        size={Math.max(1, String(Number(value ?? 0) / scale).length)}
        value={typeof value === 'number' ? String(value / scale) : ''}
        onChange={({ target }) => {
          const read = Number.parseFloat(latinDigits(target.value).replace(/[^\d.]/g, ''))
          onChange(withValueAt(definition, path, Number.isNaN(read) ? 0 : Math.round(read * scale)))
        }}
      />
    </span>
  )
}

function MoneyWord(props: WordProps) {
  const { setting } = useWords()
  const { language, currency } = setting
  return (
    <>
      <NumberWord {...props} scale={10 ** minorPlaces(currency)} />{' '}
      {currency === 'SAR' ? (language === 'ar' ? 'ريال' : 'riyal') : currency}
    </>
  )
}

function TextWord({ definition, onChange, path, label }: WordProps) {
  const value = valueAt(definition, path)
  const text = typeof value === 'string' ? value : ''
  return (
    <span className={css.word}>
      <input
        aria-label={label}
        style={{ direction: 'inherit', textAlign: 'start' }}
        size={Math.max(4, text.length)}
        maxLength={80}
        value={text}
        onChange={({ target }) => onChange(withValueAt(definition, path, target.value))}
      />
    </span>
  )
}

/** The products of a list, by their names; the first one is chosen here. */
function ProductWord({ definition, onChange, path, label, placeholder }: WordProps & { placeholder: string }) {
  const { language } = useWords()
  const [isChoosing, setChoosing] = useState(false)
  const value = valueAt(definition, path)
  const [first, ...others] = Array.isArray(value) ? value.map(String) : []
  const names = productSource.useNames([first ?? [], ...others].flat())
  if (first !== undefined && !isChoosing) {
    const text = [first, ...others].map((id) => names.get(id) ?? id).join(language === 'ar' ? ' أو ' : ' or ')
    return (
      <button type="button" className={css.word} aria-label={`${label}: ${text}`} onClick={() => setChoosing(true)}>
        {text}
      </button>
    )
  }
  return (
    <span className={css.word}>
      <Suspense>
        <IdSearch
          source={productSource}
          label={label}
          placeholder={placeholder}
          isWord
          autoFocus={isChoosing}
          onChoose={(id) => {
            setChoosing(false)
            onChange(withValueAt(definition, path, [id, ...others.filter((one) => one !== id)]))
          }}
          onLeave={() => setChoosing(false)}
        />
      </Suspense>
    </span>
  )
}

const EXPIRIES = [
  { value: 'never', expiry: { kind: 'never' }, en: 'for ever', ar: 'بدون انتهاء' },
  { value: 'm3', expiry: { kind: 'after', months: 3 }, en: '3 months', ar: '3 أشهر' },
  { value: 'm6', expiry: { kind: 'after', months: 6 }, en: '6 months', ar: '6 أشهر' },
  { value: 'm12', expiry: { kind: 'after', months: 12 }, en: '12 months', ar: '12 شهرًا' },
  {
    value: 's180',
    expiry: { kind: 'sliding', days: 180 },
    en: '180 days after the last order',
    ar: '180 يومًا بعد آخر طلب',
  },
] as const

function ExpiryWord({ definition, onChange }: SentenceProps) {
  const { language } = useWords()
  const id = useId()
  const now = JSON.stringify(valueAt(definition, ['expiry']) ?? { kind: 'never' })
  const chosen = EXPIRIES.find(({ expiry }) => JSON.stringify(expiry) === now)
  return (
    <span className={css.word}>
      <select
        id={id}
        aria-label={language === 'ar' ? 'الصلاحية' : 'Expiry'}
        value={chosen?.value ?? 'other'}
        onChange={({ target }) => {
          const next = EXPIRIES.find(({ value }) => value === target.value)
          if (next) onChange(withValueAt(definition, ['expiry'], next.expiry))
        }}
      >
        {EXPIRIES.map((one) => (
          <option key={one.value} value={one.value}>
            {one[language]}
          </option>
        ))}
        {!chosen && <option value="other">{language === 'ar' ? 'حسب الشروط أدناه' : 'as set below'}</option>}
      </select>
    </span>
  )
}
