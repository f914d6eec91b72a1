// The columns of the CSV file of the activity log: what the screen shows.
import { changeLine, changesInWords, type ValueForms } from '../../../../contract/activity/changes.ts'
import { operationText } from '../../../../contract/activity/operations.ts'
import type { Activity } from '../../../../contract/api/activity.ts'
import { currencyDigits, formatMinor } from '../../../kernel/money.ts'
import { type CsvColumn, csvTime } from '../../csv.ts'
import type { Language } from '../../language.ts'

export function activityColumns(
  { timezone, currency }: { timezone: string; currency: string },
  language: Language,
): CsvColumn<Activity>[] {
  const forms: ValueForms = {
    language,
    moment: (instant) => csvTime(Date.parse(instant), timezone) ?? instant,
    number: String,
    money: (minor) => `${formatMinor(minor, currencyDigits(currency))} ${currency}`,
  }
  return [
    { heading: { en: 'Time', ar: 'الوقت' }, value: (row) => csvTime(Date.parse(row.at), timezone) },
    { heading: { en: 'Who', ar: 'بواسطة' }, value: (row) => row.actor_name ?? row.actor.id },
    { heading: { en: 'What', ar: 'العملية' }, value: (row) => operationText(row.operation)[language] },
    {
      heading: { en: 'Subject', ar: 'موضوع العملية' },
      value: ({ subject_name: name }) => name && (language === 'ar' ? (name.ar ?? name.en) : name.en),
    },
    { heading: { en: 'Subject ID', ar: 'معرّف موضوع العملية' }, value: (row) => row.subject },
    {
      heading: { en: 'Changes', ar: 'التغييرات' },
      value: (row) => {
        const { changes, rest } = changesInWords(row, forms)
        return [...changes.map(changeLine), ...(rest > 0 ? [`… +${rest}`] : [])].join('\n')
      },
    },
    { heading: { en: 'Address', ar: 'عنوان IP' }, value: (row) => row.address },
    { heading: { en: 'Browser or client', ar: 'المتصفح أو البرنامج' }, value: (row) => row.user_agent },
    { heading: { en: 'Request ID', ar: 'معرّف طلب API' }, value: (row) => row.request_id },
  ]
}
