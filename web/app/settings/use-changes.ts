// The lines of an entry of the activity log, for the reader.
import { changesInWords, type RecordedValues } from '../../../contract/activity/changes.ts'
import { moneyText } from '../../words/units.ts'
import { useWords } from '../../words/use-words.ts'

export function useChanges(): (values: RecordedValues) => ReturnType<typeof changesInWords> {
  const { t, f, language, setting } = useWords()
  return (values) =>
    changesInWords(values, {
      language,
      moment: (instant) => f.moment(new Date(instant).toISOString()),
      number: f.number,
      money: (minor) => t(moneyText(minor, setting.currency)),
    })
}
