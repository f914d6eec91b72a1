// Settings › Staff: the people of the business, their roles, and open invitations.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Member } from '../../../../contract/api/staff.ts'
import { branchesQuery } from '../../../api/business.ts'
import { api } from '../../../api/client.ts'
import { demoQuery } from '../../../api/home.ts'
import { useList } from '../../../api/use-list.ts'
import { Button, ButtonLink } from '../../../ui/button.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { confirm } from '../../../ui/confirm.ts'
import { DataTable } from '../../../ui/data-table.tsx'
import { useSend } from '../../../ui/form.tsx'
import { Row, Space, Stack } from '../../../ui/layout.tsx'
import { BackLink, Page } from '../../../ui/page.tsx'
import { Empty, Failed, Forbidden } from '../../../ui/states.tsx'
import { toast } from '../../../ui/toast.tsx'
import { Ago } from '../../../ui/values.tsx'
import { useWords } from '../../../words/use-words.ts'
import { nameOf, useBusiness } from '../../business.tsx'
import { ROLES } from '../../shell/words.ts'
import { SETTINGS } from '../settings.tsx'
import { Invitations } from './invitations.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { RoleDialog } from './role-dialog.tsx'
import { removeTitle, WORDS } from './words.ts'

export function StaffSettings() {
  const { t } = useWords()
  const { can } = useBusiness()
  const [isInviting, setInviting] = useState(false)
  const isDemo = (useQuery(demoQuery).data?.status ?? 'none') !== 'none'
  return (
    <Page
      title={t(WORDS.staff)}
      subtitle={t(WORDS.staffText)}
      back={<BackLink to="/settings">{t(SETTINGS)}</BackLink>}
      actions={
        can('staff:write') && (
          <>
            {isDemo && <ButtonLink to="/settings/mails">{t(WORDS.mails)}</ButtonLink>}
            <Button variant="primary" onClick={() => setInviting(true)}>
              {t(WORDS.invite)}
            </Button>
          </>
        )
      }
    >
      {can('staff:read') ? (
        <Stack gap={24}>
          <Members />
          <Stack gap={12}>
            <h2>{t(WORDS.invitations)}</h2>
            <Invitations />
          </Stack>
        </Stack>
      ) : (
        <Forbidden />
      )}
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Page>
  )
}

function Members() {
  const { t } = useWords()
  const { can, person } = useBusiness()
  const list = useList<Member>('/staff')
  const branches = useQuery(branchesQuery).data?.data ?? []
  const [changed, setChanged] = useState<Member | null>(null)
  const namesOf = (ids: string[]) =>
    branches
      .filter(({ id }) => ids.includes(id))
      .map(({ name }) => t(nameOf(name)))
      .join(t(SEPARATOR))
  return (
    <>
      <DataTable
        label={t(WORDS.staff)}
        columns={[
          {
            id: 'person',
            label: t(WORDS.person),
            cell: ({ id, name, email }) => (
              <Stack gap={4}>
                <Row gap={8}>
                  <b>{name}</b>
                  {id === person.id && <Chip>{t(WORDS.you)}</Chip>}
                </Row>
                <bdi className="ltr dim sm">{email}</bdi>
              </Stack>
            ),
          },
          { id: 'role', label: t(WORDS.role), cell: ({ role }) => t(ROLES[role]) },
          {
            id: 'branches',
            label: t(WORDS.branches),
            cell: (member) => (member.branches === null ? t(WORDS.allBranches) : namesOf(member.branches)),
          },
          {
            id: 'seen',
            label: t(WORDS.seen),
            cell: ({ last_seen_at }) => (last_seen_at ? <Ago value={last_seen_at} /> : t(WORDS.longAgo)),
          },
          ...(can('staff:write')
            ? [
                {
                  id: 'acts',
                  label: t(WORDS.acts),
                  figure: true,
                  cell: (member: Member) => <Acts member={member} onChange={() => setChanged(member)} />,
                },
              ]
            : []),
        ]}
        list={list}
        rowKey={({ id }) => id}
        empty={<Empty title={t(WORDS.nobody)} />}
      />
      {changed && <RoleDialog key={changed.id} member={changed} onClose={() => setChanged(null)} />}
    </>
  )
}

function Acts({ member, onChange }: { member: Member; onChange(): void }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const removing = useSend(async () => {
    await api.delete(`/staff/${member.id}`)
    return true
  })
  const remove = async () => {
    const question = { title: t(removeTitle(member.name)), text: t(WORDS.removeText), act: t(WORDS.remove) }
    if (!(await confirm({ ...question, danger: true })) || (await removing.send()) === null) return
    toast(WORDS.removed)
    await queries.invalidateQueries({ queryKey: ['/staff'] })
  }
  return (
    <Stack gap={8}>
      <Row gap={8}>
        <Space />
        <Button size="small" onClick={onChange}>
          {t(WORDS.change)}
        </Button>
        <Button size="small" variant="quiet" busy={removing.isBusy} onClick={() => void remove()}>
          {t(WORDS.remove)}
        </Button>
      </Row>
      {removing.error != null && <Failed error={removing.error} isWrite />}
    </Stack>
  )
}

const SEPARATOR = { en: ', ', ar: '، ' }
