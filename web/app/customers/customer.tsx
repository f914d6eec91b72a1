// One customer: balances, when they expire, everything that happened, and what can be done.
import {
  IconArrowsExchange,
  IconDots,
  IconDownload,
  IconPhone,
  IconPlusMinus,
  IconTrash,
  IconUserEdit,
  IconUserOff,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Navigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { CustomerInFull } from '../../../contract/api/customers.ts'
import { SEGMENTS } from '../../../contract/segments.ts'
import { api } from '../../api/client.ts'
import { ApiError } from '../../api/error.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { confirm } from '../../ui/confirm.ts'
import { useSend } from '../../ui/form.tsx'
import { Column, Grid } from '../../ui/layout.tsx'
import { Menu } from '../../ui/menu.tsx'
import { BackLink, Page } from '../../ui/page.tsx'
import { Failed, QueryView } from '../../ui/states.tsx'
import { Phone } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { Balances } from './balances.tsx'
import { Facts } from './facts.tsx'
import { Lots } from './lots.tsx'
import { Notes } from './notes.tsx'
import { Rewards } from './rewards.tsx'
import { saveExport } from './save-export.ts'
import { Story } from './story.tsx'
import { Subscriptions } from './subscriptions.tsx'
import { useAllowance } from './use-allowance.ts'
import { useRefresh } from './use-refresh.ts'
import { WORDS } from './words.ts'

const AdjustDialog = lazy(() => import('./adjust-dialog.tsx').then((file) => ({ default: file.AdjustDialog })))
const PhoneDialog = lazy(() => import('./phone-dialog.tsx').then((file) => ({ default: file.PhoneDialog })))
const MergeDialog = lazy(() => import('./merge-dialog.tsx').then((file) => ({ default: file.MergeDialog })))
const EraseDialog = lazy(() => import('./erase-dialog.tsx').then((file) => ({ default: file.EraseDialog })))
const ProfileDialog = lazy(() => import('./profile-dialog.tsx').then((file) => ({ default: file.ProfileDialog })))

export function Customer() {
  const { t } = useWords()
  const { id } = useParams({ from: '/shell/customers/$id' })
  const query = useQuery({
    queryKey: ['/customers', id],
    queryFn: ({ signal }) => api.get<CustomerInFull>(`/customers/${id}`, { signal }),
  })
  const { error } = query
  if (error instanceof ApiError && error.code === 'customer_merged') {
    return <Navigate to="/customers/$id" params={{ id: String(error.body.merged_into) }} replace />
  }
  if (query.data) return <Profile key={id} customer={query.data} query={query} />
  return (
    <Page title={t(WORDS.customer)} back={<Back />}>
      <QueryView query={query}>{() => null}</QueryView>
    </Page>
  )
}

function Back() {
  const { t } = useWords()
  return <BackLink to="/customers">{t(WORDS.customers)}</BackLink>
}

type Act = 'adjust' | 'phone' | 'merge' | 'profile' | 'erase'

function Profile({ customer, query }: { customer: CustomerInFull; query: Parameters<typeof QueryView>[0]['query'] }) {
  const { t, f } = useWords()
  const { can } = useBusiness()
  const [act, setAct] = useState<Act | null>(null)
  const close = () => setAct(null)
  const { id, name, phone, figures, blacklisted, created_at: since } = customer
  const exclude = useExclude(customer)
  const exporting = useSend(() => saveExport(id))
  const dialog = { customer, onClose: close }
  const canWrite = can('customers:write')
  const { data: allowance } = useAllowance()
  const canAdjust = allowance !== undefined && allowance.limit?.per_adjustment !== 0
  // A merge moves whole balances, whatever they are worth.
  const canMerge = allowance?.limit === null
  return (
    <Page
      title={name ?? t(WORDS.unnamed)}
      back={<Back />}
      chips={
        <>
          {blacklisted && <Chip tone="fail">{t(WORDS.blacklisted)}</Chip>}
          {figures.segments.map((one) => (
            <Chip key={one}>{t(SEGMENTS[one].person)}</Chip>
          ))}
        </>
      }
      subtitle={
        <>
          <Phone value={phone} /> · {t(WORDS.since(f.month(since)))}
        </>
      }
      actions={
        <>
          {canAdjust && (
            <Button icon={IconPlusMinus} onClick={() => setAct('adjust')}>
              {t(WORDS.giveOrTake)}
            </Button>
          )}
          {(canWrite || canMerge || can('privacy:export')) && (
            <Menu
              align="end"
              trigger={<IconButton icon={IconDots} label={t(WORDS.more)} variant="plain" />}
              groups={[
                canWrite
                  ? [
                      { label: t(WORDS.edit), icon: IconUserEdit, onSelect: () => setAct('profile') },
                      { label: t(WORDS.changePhone), icon: IconPhone, onSelect: () => setAct('phone') },
                      {
                        label: t(blacklisted ? WORDS.include : WORDS.exclude),
                        icon: IconUserOff,
                        onSelect: () => void exclude(),
                      },
                    ]
                  : [],
                canMerge ? [{ label: t(WORDS.merge), icon: IconArrowsExchange, onSelect: () => setAct('merge') }] : [],
                [
                  ...(can('privacy:export')
                    ? [{ label: t(WORDS.export), icon: IconDownload, onSelect: () => void exporting.send() }]
                    : []),
                  ...(can('privacy:erase')
                    ? [
                        {
                          label: t(WORDS.erase),
                          icon: IconTrash,
                          tone: 'danger' as const,
                          onSelect: () => setAct('erase'),
                        },
                      ]
                    : []),
                ],
              ]}
            />
          )}
        </>
      }
    >
      {exporting.error != null && <Failed error={exporting.error} />}
      <QueryView query={query}>
        {() => (
          <>
            <Balances customer={customer} />
            <Grid>
              <Column span={8}>
                <Lots customer={customer} />
                <Story customerId={id} />
              </Column>
              <Column span={4}>
                <Facts customer={customer} />
                {can('claims:read') && can('rewards:read') && <Rewards customer={customer} />}
                <Subscriptions customer={customer} />
                <Notes customerId={id} />
              </Column>
            </Grid>
          </>
        )}
      </QueryView>
      <Suspense>
        {act === 'adjust' && <AdjustDialog {...dialog} />}
        {act === 'phone' && <PhoneDialog {...dialog} />}
        {act === 'merge' && <MergeDialog {...dialog} />}
        {act === 'erase' && <EraseDialog {...dialog} />}
        {act === 'profile' && <ProfileDialog {...dialog} />}
      </Suspense>
    </Page>
  )
}

/** Excludes the customer after a question, or includes them again. */
function useExclude({ id, blacklisted }: CustomerInFull) {
  const { t } = useWords()
  const refresh = useRefresh()
  return async () => {
    const question = { title: t(WORDS.exclude), text: t(WORDS.excludeText), act: t(WORDS.exclude), danger: true }
    if (!blacklisted && !(await confirm(question))) return
    await api.patch(`/customers/${id}`, { blacklisted: !blacklisted })
    await refresh()
  }
}
