// Starts a test on past orders: of how many days.
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/fields.tsx'
import { Row } from '../../ui/layout.tsx'
import { useWords } from '../../words/use-words.ts'

interface BackTestStarterProps {
  days: number
  onDays(days: number): void
  busy: boolean
  onStart(): void
}

export function BackTestStarter({ days, onDays, busy, onStart }: BackTestStarterProps) {
  const { t } = useWords()
  return (
    <Row gap={8} align="end" wrap>
      <SelectField
        label={t(WORDS.period)}
        value={String(days)}
        options={CHOICES.map(({ days: value, text }) => ({ value: String(value), label: t(text) }))}
        onChange={(value) => onDays(Number(value))}
      />
      <Button busy={busy} onClick={onStart}>
        {t(WORDS.start)}
      </Button>
    </Row>
  )
}

const CHOICES = [
  { days: 30, text: { en: 'Last 30 days', ar: 'آخر 30 يومًا' } },
  { days: 90, text: { en: 'Last 90 days', ar: 'آخر 90 يومًا' } },
  { days: 366, text: { en: 'Last year', ar: 'آخر سنة' } },
]

const WORDS = {
  period: { en: 'Orders of', ar: 'طلبات' },
  start: { en: 'Try it', ar: 'جرّب' },
}
