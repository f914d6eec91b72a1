// Values as the reader expects them: money with its sign, units with their noun, days, moments,
// phone numbers. Numbers and codes keep their direction inside Arabic text.
import { useSyncExternalStore } from 'react'
import type { ProgramType } from '../../contract/program.ts'
import { unitsText } from '../words/units.ts'
import { useWords } from '../words/use-words.ts'
import { Riyal } from './riyal.tsx'
import css from './values.module.css'

export interface MoneyProps {
  /** Minor units: 4800 is 48.00. */
  minor: number
  /** Without the decimals: figures of 1,000 and more. */
  whole?: boolean
  /** `+` before what is more than nothing. */
  signed?: boolean
}

/** The riyal sign at the left of the number, in both languages; the code of any other currency. */
export function Money({ minor, whole = false, signed = false }: MoneyProps) {
  const { f, setting } = useWords()
  const amount = f.amount(Math.abs(minor), { whole })
  const sign = minor < 0 ? '−' : signed && minor > 0 ? '+' : ''
  return (
    <span className={css.money}>
      {sign !== '' && <span className={css.sign}>{sign}</span>}
      {setting.currency === 'SAR' ? <Riyal /> : <small>{setting.currency}</small>}
      <span>{amount}</span>
    </span>
  )
}

/** `48 points`, «نقطتان»; money for cashback. */
export function Units({ type, units }: { type: ProgramType; units: number }) {
  const { t, setting } = useWords()
  if (type === 'cashback') return <Money minor={units} />
  return <span className={css.units}>{t(unitsText(type, units, setting.currency))}</span>
}

/** A day; `hijri` adds the Hijri day, for where a day is chosen. */
export function Day({ value, hijri = false }: { value: string; hijri?: boolean }) {
  const { f } = useWords()
  return (
    <time dateTime={value} className={css.nowrap}>
      {f.day(value)}
      {hijri && <span className={css.hijri}> · {f.hijri(value)}</span>}
    </time>
  )
}

/** `30 November 2026, 14:05` in the zone of the business. */
export function Moment({ value }: { value: string }) {
  const { f } = useWords()
  return (
    <time dateTime={value} title={f.hijri(value)}>
      {f.moment(value)}
    </time>
  )
}

/** `3 minutes ago`; the moment itself as a tooltip. */
export function Ago({ value }: { value: string }) {
  const { f } = useWords()
  const now = useMinute()
  return (
    <time dateTime={value} title={f.moment(value)}>
      {f.ago(value, now)}
    </time>
  )
}

/** `+966 50 000 0014`; a masked one as the server sent it. */
export function Phone({ value }: { value: string }) {
  return <bdi className="ltr nw">{value.replace(/^(\+966)(5\d)(\d{3})(\d{4})$/, '$1 $2 $3 $4')}</bdi>
}

/** An id or code, read from the left. */
export function Code({ value }: { value: string }) {
  return <bdi className={`ltr ${css.code}`}>{value}</bdi>
}

let minute = new Date()

/** The time, renewed while a component shows it. */
function useMinute(): Date {
  return useSyncExternalStore(everyHalfMinute, () => minute)
}

/** One function for all: a new one in each render would subscribe again, and render again. */
function everyHalfMinute(changed: () => void): () => void {
  const timer = setInterval(() => {
    minute = new Date()
    changed()
  }, 30_000)
  return () => clearInterval(timer)
}
