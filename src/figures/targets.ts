// What the rewards of a business cost at least, by program: decides who is ready to redeem and who
// is almost there.
import { NEAR_SHARE } from '../../contract/segments.ts'
import type { Queryable, Statement } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { CustomerBalance } from '../ledger/read.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import { lastInForce } from '../programs/terms.ts'

export interface Target {
  readonly programId: Uuid
  /** Units that redeem something; null where only a complete stamp card does. */
  readonly ready: number | null
  /** Units that come near to it. */
  readonly near: number
}

export interface Targets {
  readonly programs: readonly Target[]
  /** Stamp programs, whose complete cards can be redeemed. */
  readonly cards: readonly Uuid[]
}

/**
 * Of the active programs, by the versions in force now. Points: the price of the cheapest active
 * reward; cashback: the minimum to redeem, if there is one, as else the first halala would count;
 * stamps: a complete card, near from the share of its goal on. Free rewards and subscriptions do
 * not count.
 */
export async function loadTargets(q: Queryable, programs: BusinessPrograms, now: EpochMs): Promise<Targets> {
  const prices = await q.query<{ programId: Uuid; price: number }>(CHEAPEST, [programs.businessId])
  const cheapest = new Map(prices.map(({ programId, price }) => [programId, price]))
  const targets: Target[] = []
  const cards: Uuid[] = []
  for (const { id, status } of programs.programs.values()) {
    const definition = lastInForce(programs.terms, id, now)?.definition
    if (status !== 'active' || !definition) continue
    const price = cheapest.get(id)
    if (definition.type === 'stamps') {
      cards.push(id)
      targets.push({ programId: id, ready: price ?? null, near: nearOf(Math.min(definition.goal, price ?? Infinity)) })
    } else if (definition.type === 'cashback') {
      const least = Math.min(definition.minimum_to_redeem ?? Infinity, price ?? Infinity)
      if (least < Infinity) targets.push({ programId: id, ready: least, near: nearOf(least) })
    } else if (definition.type === 'points' && price !== undefined) {
      targets.push({ programId: id, ready: price, near: nearOf(price) })
    }
  }
  return { programs: targets, cards }
}

/** Whether a customer with these balances can redeem something, or nearly can. */
export function standingOf(
  targets: Targets,
  balances: readonly Pick<CustomerBalance, 'programId' | 'available'>[],
  hasCard: boolean,
): 'ready' | 'near' | 'far' {
  const units = new Map(balances.map(({ programId, available }) => [programId, available]))
  const has = ({ programId }: Target, least: number | null) => least !== null && (units.get(programId) ?? 0) >= least
  if (hasCard || targets.programs.some((one) => has(one, one.ready))) return 'ready'
  return targets.programs.some((one) => has(one, one.near)) ? 'near' : 'far'
}

/** Those of these customers who have a complete stamp card that they can use now. */
export async function withCards(
  q: Queryable,
  businessId: Uuid,
  customerIds: readonly Uuid[],
  { cards }: Targets,
  now: EpochMs,
): Promise<Set<Uuid>> {
  if (cards.length === 0 || customerIds.length === 0) return new Set()
  const rows = await q.query<{ id: Uuid }>(WITH_CARDS, [businessId, customerIds, cards, instant(now)])
  return new Set(rows.map(({ id }) => id))
}

function nearOf(least: number): number {
  return Math.ceil((least * NEAR_SHARE) / 100)
}

const CHEAPEST: Statement = {
  name: 'cheapest_rewards',
  text: `
select r.program_id as "programId", min(v.price) as price
from rewards r
join reward_versions v on v.business_id = r.business_id and v.reward_id = r.id and v.version = r.version
where r.business_id = $1 and r.status = 'active' and v.price > 0
group by r.program_id`,
}

const WITH_CARDS: Statement = {
  name: 'customers_with_cards',
  text: `
select distinct customer_id as id from awards
where business_id = $1 and customer_id = any ($2::uuid[]) and program_id = any ($3::uuid[]) and status = 'won'
  and (expires_at is null or expires_at > $4::timestamptz)`,
}
