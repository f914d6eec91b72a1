// The open invitations, each with what came of its mail.
import { useQueryClient } from '@tanstack/react-query'
import type { Invitation } from '../../../../contract/api/staff.ts'
import { api } from '../../../api/client.ts'
import { useList } from '../../../api/use-list.ts'
import { Button } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { confirm } from '../../../ui/confirm.ts'
import { DataTable } from '../../../ui/data-table.tsx'
import { useSend } from '../../../ui/form.tsx'
import { Row, Space, Stack } from '../../../ui/layout.tsx'
import { Empty, Failed } from '../../../ui/states.tsx'
import { toast } from '../../../ui/toast.tsx'
import { Moment } from '../../../ui/values.tsx'
import { useWords } from '../../../words/use-words.ts'
import { useBusiness } from '../../business.tsx'
import { ROLES } from '../../shell/words.ts'
import { WORDS, withdrawTitle } from './words.ts'

const TONES = { waiting: 'neutral', sent: 'good', failed: 'fail' } as const

/** Milliseconds. A mail is sent within seconds. */
const REFRESH_MS = 15_000

export function Invitations() {
  const { t } = useWords()
  const { can } = useBusiness()
  const list = useList<Invitation>('/invitations', {}, { refetchInterval: REFRESH_MS })
  return (
    <DataTable
      label={t(WORDS.invitations)}
      columns={[
        { id: 'email', label: t(WORDS.email), cell: ({ email }) => <bdi className="ltr">{email}</bdi> },
        { id: 'role', label: t(WORDS.role), cell: ({ role }) => t(ROLES[role]) },
        { id: 'mail', label: t(WORDS.mail), cell: ({ mail }) => <Chip tone={TONES[mail]}>{t(WORDS[mail])}</Chip> },
        {
          id: 'until',
          label: t(WORDS.validUntil),
          cell: ({ expires_at }) =>
            Date.parse(expires_at) > Date.now() ? (
              <Moment value={expires_at} />
            ) : (
              <Chip tone="note">{t(WORDS.ended)}</Chip>
            ),
        },
        ...(can('staff:write')
          ? [
              {
                id: 'acts',
                label: t(WORDS.acts),
                figure: true,
                cell: (invitation: Invitation) => <Acts invitation={invitation} />,
              },
            ]
          : []),
      ]}
      list={list}
      rowKey={({ id }) => id}
      empty={<Empty title={t(WORDS.noInvitations)}>{t(WORDS.noInvitationsText)}</Empty>}
    />
  )
}

function Acts({ invitation }: { invitation: Invitation }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: ['/invitations'] })
  const resending = useSend(() => api.post<Invitation>(`/invitations/${invitation.id}/resend`))
  const withdrawing = useSend(async () => {
    await api.delete(`/invitations/${invitation.id}`)
    return true
  })
  const resend = async () => {
    if ((await resending.send()) === null) return
    toast(WORDS.invited)
    await refresh()
  }
  const withdraw = async () => {
    const question = { title: t(withdrawTitle(invitation.email)), text: t(WORDS.withdrawText), act: t(WORDS.withdraw) }
    if (!(await confirm({ ...question, danger: true })) || (await withdrawing.send()) === null) return
    toast(WORDS.withdrawn)
    await refresh()
  }
  const error = resending.error ?? withdrawing.error
  return (
    <Stack gap={8}>
      <Row gap={8}>
        <Space />
        <Button size="small" busy={resending.isBusy} onClick={() => void resend()}>
          {t(WORDS.resend)}
        </Button>
        <Button size="small" variant="quiet" busy={withdrawing.isBusy} onClick={() => void withdraw()}>
          {t(WORDS.withdraw)}
        </Button>
      </Row>
      {error != null && <Failed error={error} isWrite />}
    </Stack>
  )
}
