// Two days of one's own for the period of the top bar.
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import type { Text } from '../../words/text.ts'
import { useWords } from '../../words/use-words.ts'
import { PERIOD_NAMES } from './words.ts'

interface Props {
  from: string
  to: string
  onChoose(from: string, to: string): void
  onClose(): void
}

export function PeriodDialog({ from, to, onChoose, onClose }: Props) {
  const { t } = useWords()
  const [days, setDays] = useState({ from, to })
  return (
    <Dialog title={t(PERIOD_NAMES.custom)} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onChoose(days.from, days.to)
          onClose()
        }}
      >
        <Stack>
          <DayField
            label={t(WORDS.from)}
            value={days.from}
            onChange={(day) => day && setDays({ ...days, from: day })}
          />
          <DayField label={t(WORDS.to)} value={days.to} onChange={(day) => day && setDays({ ...days, to: day })} />
          <Row>
            <Button type="submit" variant="primary">
              {t(WORDS.show)}
            </Button>
            <Button variant="quiet" onClick={onClose}>
              {t(WORDS.cancel)}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  )
}

const WORDS = {
  from: { en: 'First day', ar: 'من يوم' },
  to: { en: 'Last day', ar: 'إلى يوم' },
  show: { en: 'Show', ar: 'عرض' },
  cancel: { en: 'Cancel', ar: 'إلغاء' },
} as const satisfies Record<string, Text>
