// The account that LoyaPro calls in the POS: products, branches and customers that are exchanged.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { installationsQuery, syncAccount } from '../../api/connect.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Stack } from '../../ui/layout.tsx'
import { Failed } from '../../ui/states.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { WORDS } from './words.ts'

export function AccountState({ pos }: { pos: string }) {
  const { t, f } = useWords()
  const { can } = useBusiness()
  const queries = useQueryClient()
  const { data } = useQuery(installationsQuery)
  const sync = useMutation({
    mutationFn: () => syncAccount(pos),
    onSuccess: () => queries.invalidateQueries({ queryKey: installationsQuery.queryKey }),
  })
  const account = data?.data.find((one) => one.pos === pos)
  if (!account) return null
  const { catalogue, customers_waiting, customers_refused, problem, status } = account
  const synced = catalogue.synced_at === null ? WORDS.neverSynced : WORDS.synced(f.ago(catalogue.synced_at, new Date()))
  return (
    <Card
      title={t(WORDS.state)}
      action={
        can('connections:write') && (
          <Button size="small" busy={sync.isPending || catalogue.syncing} onClick={() => sync.mutate()}>
            {t(WORDS.sync)}
          </Button>
        )
      }
    >
      <Stack gap={8}>
        {status === 'needs_consent' && <p className="bad">{t(WORDS.needsConsent)}</p>}
        <p>{t(catalogue.syncing ? WORDS.syncing : synced)}</p>
        {customers_waiting > 0 && <p>{t(WORDS.waitingCustomers(f.number(customers_waiting)))}</p>}
        {customers_refused > 0 && <p>{t(WORDS.refusedCustomers(f.number(customers_refused)))}</p>}
        {[problem, catalogue.problem].map(
          (text) =>
            text !== null && (
              <p key={text} className="sub">
                {text}
              </p>
            ),
        )}
        {sync.error && <Failed error={sync.error} isWrite />}
      </Stack>
    </Card>
  )
}
