// What a customer can redeem now, and the codes that are open.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Claim } from '../../../contract/api/claims.ts'
import type { CustomerInFull } from '../../../contract/api/customers.ts'
import { api } from '../../api/client.ts'
import { activeRewardsQuery } from '../../api/programs.ts'
import type { Page } from '../../api/queries.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ProgramGlyph } from '../../ui/glyph.tsx'
import { Row, Space, Stack } from '../../ui/layout.tsx'
import { Failed } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { Code, Units } from '../../ui/values.tsx'
import { useWords } from '../../words/use-words.ts'
import { useBusiness } from '../business.tsx'
import { useRefresh } from './use-refresh.ts'
import { WORDS } from './words.ts'

export function Rewards({ customer }: { customer: CustomerInFull }) {
  const { t, f } = useWords()
  const { can } = useBusiness()
  const refresh = useRefresh()
  const [error, setError] = useState<unknown>(null)
  const rewards = useQuery(activeRewardsQuery)
  const path = `/customers/${customer.id}/claims`
  const claims = useQuery({
    queryKey: [path, 'held'],
    queryFn: ({ signal }) => api.get<Page<Claim>>(path, { query: { status: 'held', limit: 20 }, signal }),
  })
  const run = async (work: () => Promise<void>) => {
    setError(null)
    await work().catch(setError)
    await refresh()
  }
  const issue = (body: object) =>
    run(async () => {
      const claim = await api.post<Claim>(path, body)
      toast(WORDS.codeIssued(claim.code))
    })
  const cancel = (id: string) =>
    run(async () => {
      await api.post(`/claims/${id}/cancel`)
      toast(WORDS.codeCancelled)
    })
  const balances = new Map(customer.balances.map((one) => [one.program_id, one]))
  const ready = (rewards.data?.data ?? []).filter(
    ({ program_id: id, price }) => (balances.get(id)?.available ?? 0) >= price,
  )
  const cards = [...new Map(customer.stamp_cards.map((card) => [card.program_id, card])).values()]
  const open = claims.data?.data ?? []
  return (
    <Card title={t(WORDS.ready)}>
      <Stack gap={12}>
        {error != null && <Failed error={error} isWrite />}
        {ready.length === 0 && cards.length === 0 && <p className="sub">{t(WORDS.noReady)}</p>}
        {cards.map(({ id, program_id: programId, reward }) => (
          <Row key={id} gap={12}>
            <ProgramGlyph type="stamps" />
            <div>
              <b>{reward ? t(reward) : t(WORDS.cardReady)}</b>
              <div className="dim sm">{t(WORDS.cardReady)}</div>
            </div>
            <Space />
            {can('claims:write') && (
              <Button size="small" onClick={() => void issue({ program_id: programId })}>
                {t(WORDS.issue)}
              </Button>
            )}
          </Row>
        ))}
        {ready.map(({ id, name, program_type: type, price }) => (
          <Row key={id} gap={12}>
            <ProgramGlyph type={type} />
            <div>
              <b>{t(name)}</b>
              <div className="dim sm">
                <Units type={type} units={price} />
              </div>
            </div>
            <Space />
            {can('claims:write') && (
              <Button size="small" onClick={() => void issue({ reward_id: id })}>
                {t(WORDS.issue)}
              </Button>
            )}
          </Row>
        ))}
        {open.length > 0 && <h3>{t(WORDS.openCodes)}</h3>}
        {open.map(({ id, code, name, expires_at: at }) => (
          <Row key={id} gap={12}>
            <div>
              <b>
                <Code value={code.replace(/^(\d{4})/, '$1 ')} />
              </b>
              <div className="dim sm">
                {t(name)} · {t(WORDS.validUntil)} {f.time(at)}
              </div>
            </div>
            <Space />
            {can('claims:write') && (
              <Button size="small" variant="quiet" onClick={() => void cancel(id)}>
                {t(WORDS.cancelCode)}
              </Button>
            )}
          </Row>
        ))}
      </Stack>
    </Card>
  )
}
