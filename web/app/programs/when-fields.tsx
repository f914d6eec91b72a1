// Now, or at the beginning of a day.
import { DayField } from '../../ui/day-field.tsx'
import { Choices } from '../../ui/fields.tsx'
import { useWords } from '../../words/use-words.ts'

export interface When {
  choice: 'now' | 'later'
  day: string | null
}

interface WhenFieldsProps {
  value: When
  onChange(when: When): void
  error: string | undefined
}

export function WhenFields({ value, onChange, error }: WhenFieldsProps) {
  const { t } = useWords()
  return (
    <>
      <Choices<When['choice']>
        label={t(WORDS.when)}
        value={value.choice}
        onChange={(choice) => onChange({ ...value, choice })}
        options={[
          { value: 'now', label: t(WORDS.now) },
          { value: 'later', label: t(WORDS.later) },
        ]}
      />
      {value.choice === 'later' && (
        <DayField
          label={t(WORDS.day)}
          value={value.day}
          onChange={(day) => onChange({ ...value, day })}
          min={new Date().toISOString().slice(0, 10)}
          error={error}
        />
      )}
    </>
  )
}

const WORDS = {
  when: { en: 'When', ar: 'متى' },
  now: { en: 'Now', ar: 'الآن' },
  later: { en: 'At the beginning of a day', ar: 'في بداية يوم' },
  day: { en: 'Day', ar: 'اليوم' },
}
