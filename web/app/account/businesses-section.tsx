// My account › Businesses: where the person belongs, in which role, and which one is shown; and leaving.
import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import type { Membership } from '../../api/session.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Chip } from '../../ui/chip.tsx'
import { confirm } from '../../ui/confirm.ts'
import { useSend } from '../../ui/form.tsx'
import { Row, Space, Stack } from '../../ui/layout.tsx'
import { Failed } from '../../ui/states.tsx'
import { useWords } from '../../words/use-words.ts'
import { nameOf, useBusiness } from '../business.tsx'
import { ROLES } from '../shell/words.ts'
import { useSwitch } from '../use-switch.ts'
import { leaveTitle, WORDS } from './words.ts'

export function BusinessesSection() {
  const { t } = useWords()
  const { memberships } = useBusiness()
  return (
    <Card title={t(WORDS.businesses)}>
      <Stack gap={16}>
        {memberships.map((membership) => (
          <Business key={membership.business.id} membership={membership} />
        ))}
      </Stack>
    </Card>
  )
}

function Business({ membership: { business, role } }: { membership: Membership }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const { business: shown, memberships } = useBusiness()
  const open = useSwitch()
  const name = nameOf(business.name)
  const leaving = useSend(async () => {
    await api.delete(`/session/memberships/${business.id}`)
    return true
  })
  const leave = async () => {
    const question = { title: t(leaveTitle(name)), text: t(WORDS.leaveText), act: t(WORDS.leave), danger: true }
    if (!(await confirm(question)) || (await leaving.send()) === null) return
    await queries.invalidateQueries({ queryKey: ['session'] })
  }
  return (
    <Stack gap={8}>
      <Row gap={12}>
        <Stack gap={4}>
          <b>{t(name)}</b>
          <span className="dim sm">{t(ROLES[role])}</span>
        </Stack>
        <Space />
        {business.id === shown.id ? (
          memberships.length > 1 && <Chip>{t(WORDS.shown)}</Chip>
        ) : (
          <Button size="small" onClick={() => void open(business.id)}>
            {t(WORDS.open)}
          </Button>
        )}
        <Button size="small" variant="quiet" busy={leaving.isBusy} onClick={() => void leave()}>
          {t(WORDS.leave)}
        </Button>
      </Row>
      {leaving.error != null && <Failed error={leaving.error} isWrite />}
    </Stack>
  )
}
