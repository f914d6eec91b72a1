// The running subscriptions of a customer.
import type { CustomerInFull } from '../../../contract/api/customers.ts'
import { api } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { confirm } from '../../ui/confirm.ts'
import { ProgramGlyph } from '../../ui/glyph.tsx'
import { Row, Space, Stack } from '../../ui/layout.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { useRefresh } from './use-refresh.ts'
import { WORDS } from './words.ts'

export function Subscriptions({ customer }: { customer: CustomerInFull }) {
  const { t, f } = useWords()
  const { can } = useBusiness()
  const refresh = useRefresh()
  if (customer.subscriptions.length === 0) return null
  const nameOf = (id: string) => customer.balances.find(({ program_id: of }) => of === id)?.program_name
  const end = async (id: string) => {
    const question = { title: t(ENDING.title), text: t(ENDING.text), act: t(ENDING.title), danger: true }
    if (!(await confirm(question))) return
    await api.post(`/subscriptions/${id}/end`)
    await refresh()
  }
  return (
    <Card title={t(WORDS.subscriptions)}>
      <Stack gap={12}>
        {customer.subscriptions.map(({ id, program_id: programId, ends_at: at }) => (
          <Row key={id} gap={12}>
            <ProgramGlyph type="subscription" />
            <div>
              <b>{t(nameOf(programId) ?? WORDS.subscription)}</b>
              <div className="dim sm">
                {t(WORDS.endsOn)} {f.day(at)}
              </div>
            </div>
            <Space />
            {can('subscriptions:write') && (
              <Button size="small" variant="quiet" onClick={() => void end(id)}>
                {t(WORDS.endNow)}
              </Button>
            )}
          </Row>
        ))}
      </Stack>
    </Card>
  )
}

const ENDING = {
  title: { en: 'End the subscription', ar: 'إنهاء الاشتراك' },
  text: {
    en: 'No further period begins. What the present period granted stays until it expires.',
    ar: 'لن تبدأ فترة جديدة، ويبقى ما منحته الفترة الحالية حتى ينتهي.',
  },
}
