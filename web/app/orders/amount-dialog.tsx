// Narrows the list of orders to a range of totals.
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { MoneyField } from '../../ui/fields.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { useWords } from '../../words/use-words.ts'
import type { OrderFilters } from './order-filters.ts'
import { WORDS } from './words.ts'

interface AmountDialogProps {
  given: OrderFilters
  onApply(changes: OrderFilters): void
  onClose(): void
}

export function AmountDialog({ given, onApply, onClose }: AmountDialogProps) {
  const { t } = useWords()
  const [min, setMin] = useState(given.minTotal)
  const [max, setMax] = useState(given.maxTotal)
  return (
    <Dialog title={t(WORDS.amount)} width={420} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onApply({ minTotal: min, maxTotal: max })
        }}
      >
        <Stack>
          <Row align="start" gap={12}>
            <MoneyField label={t(WORDS.minTotal)} value={min} onChange={setMin} />
            <MoneyField label={t(WORDS.maxTotal)} value={max} onChange={setMax} />
          </Row>
          <Row>
            <Button type="submit" variant="primary">
              {t(WORDS.apply)}
            </Button>
            <Button variant="quiet" onClick={() => onApply({ minTotal: undefined, maxTotal: undefined })}>
              {t(WORDS.clear)}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  )
}
