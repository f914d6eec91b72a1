// What a back-test says first, and its figures by week and in percent.
import type { BackTestInFull } from '../../../contract/api/back-tests.ts'
import type { ProgramType } from '../../../contract/program.ts'
import type { Text } from '../../words/text.ts'
import { moneyText, unitsText } from '../../words/units.ts'

type Result = NonNullable<BackTestInFull['result']>
type Part = Pick<Result, 'actual' | 'tested'>

/** `It would have cost 1,143.00 SAR more, most of it on Tuesdays.` */
export function sentenceOf(result: Result, type: ProgramType, currency: string): Text {
  const change = result.tested - result.actual
  if (change === 0) return SAME
  const { worth } = result
  const amount = worth
    ? moneyText(Math.abs(worth.tested - worth.actual), currency)
    : unitsText(type, Math.abs(change), currency)
  const day = mainDay(result, change)
  const isMore = change > 0
  const en = worth
    ? `It would have cost ${amount.en} ${isMore ? 'more' : 'less'}`
    : `It would have given ${amount.en} ${isMore ? 'more' : 'less'}`
  const ar = worth
    ? `كانت التكلفة ${isMore ? 'ستزيد' : 'ستقل'} بمقدار ${amount.ar}`
    : `كان الممنوح ${isMore ? 'سيزيد' : 'سيقل'} بمقدار ${amount.ar}`
  return day
    ? { en: `${en}, most of it on ${day.en}.`, ar: `${ar}، ومعظم ذلك يوم ${day.ar}.` }
    : { en: `${en}.`, ar: `${ar}.` }
}

const SAME = { en: 'It would have given the same.', ar: 'كان سيمنح المقدار نفسه.' }

/** The weekday on which more than half of the difference falls. */
function mainDay({ weekdays }: Result, change: number): Text | null {
  const main = weekdays.find(({ actual, tested }) => (tested - actual) / change > 0.5)
  return main ? DAYS[main.weekday] : null
}

const DAYS: Record<Result['weekdays'][number]['weekday'], Text> = {
  mon: { en: 'Mondays', ar: 'الاثنين' },
  tue: { en: 'Tuesdays', ar: 'الثلاثاء' },
  wed: { en: 'Wednesdays', ar: 'الأربعاء' },
  thu: { en: 'Thursdays', ar: 'الخميس' },
  fri: { en: 'Fridays', ar: 'الجمعة' },
  sat: { en: 'Saturdays', ar: 'السبت' },
  sun: { en: 'Sundays', ar: 'الأحد' },
}

/** Days of up to six weeks; sums of seven days from the first one, of more. */
export function periodsOf(days: Result['days']): ({ from: string } & Part)[] {
  const size = days.length > 42 ? 7 : 1
  const periods: ({ from: string } & Part)[] = []
  days.forEach(({ date, actual, tested }, index) => {
    const last = periods.at(-1)
    if (index % size === 0 || !last) periods.push({ from: date, actual, tested })
    else periods[periods.length - 1] = { from: last.from, actual: last.actual + actual, tested: last.tested + tested }
  })
  return periods
}

/** 0.25 is a quarter more; null where nothing was given. */
export function changeOf({ actual, tested }: Part): number | null {
  if (actual === 0) return tested === 0 ? 0 : null
  return (tested - actual) / actual
}
