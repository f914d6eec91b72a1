// What is known of a customer at a glance.
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { CustomerInFull } from '../../../contract/api/customers.ts'
import { branchesQuery } from '../../api/business.ts'
import { api } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { confirm } from '../../ui/confirm.ts'
import { Stack } from '../../ui/layout.tsx'
import { Ago, Day, Money, Phone } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { nameOf, useBusiness } from '../business.tsx'
import css from './facts.module.css'
import { useRefresh } from './use-refresh.ts'
import { WORDS } from './words.ts'

const DAY_MS = 86_400_000

export function Facts({ customer }: { customer: CustomerInFull }) {
  const { t, f } = useWords()
  const { can } = useBusiness()
  const { data } = useQuery({ ...branchesQuery, enabled: can('business:read') })
  const { figures, birth_date: birthday, email, former_phones: former } = customer
  const { visits, spend, first_visit_at: first, last_visit_at: last } = figures
  const branch = data?.data.find(({ id }) => id === figures.branch_id)
  const days = first && last ? (Date.parse(last) - Date.parse(first)) / DAY_MS : 0
  const facts: [label: string, value: ReactNode][] = [
    [t(WORDS.visits), f.number(visits)],
    [t(WORDS.lastVisit), last ? <Ago key="last" value={last} /> : t(WORDS.never)],
  ]
  if (visits > 1) facts.push([t(WORDS.comesEvery), t(WORDS.days(Math.round((days / (visits - 1)) * 10) / 10))])
  if (visits > 0) facts.push([t(WORDS.basket), <Money key="basket" minor={Math.round(spend / visits)} />])
  facts.push([t(WORDS.spend), <Money key="spend" minor={spend} />])
  if (branch) facts.push([t(WORDS.mostlyAt), t(nameOf(branch.name))])
  if (birthday) facts.push([t(WORDS.birthday), <Day key="birthday" value={birthday} />])
  if (email) facts.push([t(WORDS.email), <bdi key="email">{email}</bdi>])
  return (
    <Card>
      <dl className={css.facts}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {former.length > 0 && (
          <div>
            <dt>{t(WORDS.formerNumbers)}</dt>
            <dd>
              <Stack gap={4}>
                {former.map(({ phone }) => (
                  <FormerPhone key={phone} customerId={customer.id} phone={phone} />
                ))}
              </Stack>
            </dd>
          </div>
        )}
      </dl>
    </Card>
  )
}

function FormerPhone({ customerId, phone }: { customerId: string; phone: string }) {
  const { t } = useWords()
  const { can, masks_phones: isMasked } = useBusiness()
  const refresh = useRefresh()
  const release = async () => {
    const question = { title: t(WORDS.release), text: t(WORDS.releaseText), act: t(WORDS.release), danger: true }
    if (!(await confirm(question))) return
    await api.delete(`/customers/${customerId}/former-phones/${encodeURIComponent(phone)}`)
    await refresh()
  }
  return (
    <span>
      <Phone value={phone} />{' '}
      {can('customers:write') && !isMasked && (
        <Button size="small" variant="quiet" onClick={() => void release()}>
          {t(WORDS.release)}
        </Button>
      )}
    </span>
  )
}
