// Whether orders of the POS arrive: it waits, says what is wrong with what came, or turns green.
import { IconSend } from '@tabler/icons-react'
import type { PosRefusal, PosStatus } from '../../../contract/api/onboarding.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Stack } from '../../ui/layout.tsx'
import { LivePanel } from '../../ui/live-panel.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { checksOf } from './checks.ts'
import { useConnectReference } from './reference-step.tsx'
import { TestOrder } from './test-order.tsx'
import { WORDS } from './words.ts'

export function Arrivals({ status }: { status: PosStatus }) {
  const { t, f } = useWords()
  const { can } = useBusiness()
  const { latest_order: latest, refusals } = status
  const [refusal] = refusals
  const now = new Date()
  const checks = checksOf(status).map(({ text, state, note }) => ({
    text: t(text),
    state,
    ...(note && { note: t(note) }),
  }))
  if (refusal) {
    return (
      <Card flush>
        <LivePanel
          state="wrong"
          title={t(refusal.title)}
          checks={checks}
          action={<Remedy pos={status.pos} refusal={refusal} />}
        >
          <p className="bad">{t(WORDS.came(f.ago(refusal.at, now)))}</p>
          <p>{t(refusal.detail)}</p>
        </LivePanel>
      </Card>
    )
  }
  if (latest) {
    return (
      <Card flush>
        <LivePanel
          state="arrived"
          title={t(WORDS.arrived)}
          checks={checks}
          action={
            <Stack gap={12}>
              <ButtonLink to="/orders/$id" params={{ id: latest.id }}>
                {t(WORDS.showOrder)}
              </ButtonLink>
              {can('connections:write') && <TestOrder icon={IconSend} />}
            </Stack>
          }
        >
          <p>{t(WORDS.arrivedText(f.ago(latest.received_at, now)))}</p>
        </LivePanel>
      </Card>
    )
  }
  return (
    <Card flush>
      <LivePanel
        state="waiting"
        title={t(WORDS.waiting)}
        checks={checks}
        action={can('connections:write') ? <TestOrder icon={IconSend} /> : undefined}
      >
        <p>{t(WORDS.waitingText)}</p>
      </LivePanel>
    </Card>
  )
}

/** The one act that mends it, where this page can do it. */
function Remedy({ pos, refusal: { remedy, reference } }: { pos: string; refusal: PosRefusal }) {
  const { t } = useWords()
  const { can } = useBusiness()
  const { connect, isPending } = useConnectReference(pos)
  if (remedy !== 'connect_reference' || reference === null || !can('connections:write')) return null
  return (
    <Stack gap={8}>
      <Button variant="primary" busy={isPending} onClick={() => connect(reference)}>
        {t(WORDS.takeReference(reference))}
      </Button>
    </Stack>
  )
}
