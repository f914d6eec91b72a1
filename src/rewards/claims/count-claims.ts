// Counts claims for limits: of a reward, of a plan, and of open codes.
import type { Queryable, Statement } from '../../db/database.ts'
import { instant } from '../../db/values.ts'
import { must } from '../../kernel/assert.ts'
import type { EpochMs, IsoDate } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'
import { type Claim, isTaken } from './claim.ts'

/** The held and redeemed claims of a reward by one customer. */
export async function countTakenByCustomer(
  q: Queryable,
  businessId: Uuid,
  customerId: Uuid,
  rewardId: Uuid,
): Promise<number> {
  const [row] = await q.query<{ taken: number }>(TAKEN_BY, [businessId, customerId, rewardId])
  return row?.taken ?? 0
}

const TAKEN_BY: Statement = {
  name: 'claims_taken_by',
  text: `
select count(*) as taken from claims
where business_id = $1 and customer_id = $2 and reward_id = $3 and status in ('held', 'redeemed')`,
}

/**
 * The open codes among the latest thousand claims of a customer; a code is valid for at most a day.
 */
export async function countOpenCodes(q: Queryable, businessId: Uuid, customerId: Uuid): Promise<number> {
  const [row] = await q.query<{ open: number }>(OPEN_CODES, [businessId, customerId])
  return row?.open ?? 0
}

const OPEN_CODES: Statement = {
  name: 'claims_open_codes',
  text: `
select count(*) filter (where status = 'held') as open
from (select status from claims where business_id = $1 and customer_id = $2 order by id desc limit 1000) as latest`,
}

/** The other held and redeemed claims of a reward: by the same customer, and by all customers. */
export async function countTakenByOthers(
  q: Queryable,
  claim: Claim,
  rewardId: Uuid,
): Promise<{ byCustomer: number; inAll: number }> {
  const [row] = await q.query<{ byCustomer: number; inAll: number }>(TAKEN_BY_OTHERS, [
    claim.businessId,
    claim.customerId,
    rewardId,
    claim.id,
  ])
  const { byCustomer, inAll } = must(row, 'the reward of a claim')
  return { byCustomer, inAll: inAll - Number(isTaken(claim)) }
}

const TAKEN_BY_OTHERS: Statement = {
  name: 'claims_taken_by_others',
  text: `
select r.taken as "inAll", (
    select count(*) from claims c
    where c.business_id = $1 and c.customer_id = $2 and c.reward_id = $3 and c.id <> $4 and c.status in ('held', 'redeemed')
  ) as "byCustomer"
from rewards r
where r.business_id = $1 and r.id = $3`,
}

export interface PlanUses {
  /** The number of plans in the purchase; the limits hold for each of them. */
  plans: number
  /** Uses on the day of the use in question. */
  onDay: number
  /** Uses closer to it than the minimum time between two uses. */
  near: number
  /**
   * The use whose waiting time must end before the next one; null if one of the plans can be used
   * now.
   */
  blockedBy: EpochMs | null
}

/** The uses of a purchased plan, without this claim and, if given, without this order. */
export async function loadPlanUses(
  q: Queryable,
  claim: Pick<Claim, 'businessId' | 'customerId' | 'programId' | 'id' | 'subscriptionId' | 'terms'>,
  { day, at, exceptOrder = null }: { day: IsoDate; at: EpochMs; exceptOrder?: Uuid | null },
): Promise<PlanUses> {
  const { businessId, customerId, programId, id, subscriptionId, terms } = claim
  const minutes = terms.minutes_between_uses ?? 0
  const key = [businessId, customerId, programId, id, subscriptionId]
  const [row] = await q.query<PlanUses>(USES, [...key, exceptOrder, day, instant(at), minutes])
  return must(row, 'the one row of a count')
}

const USES: Statement = {
  name: 'claims_uses',
  text: `
with plan as (
  select greatest(1, coalesce((select quantity from subscriptions where business_id = $1 and id = $5::uuid), 1)) as plans
),
use as (
  select used_at, business_date = $7::date as on_day,
    used_at > $8::timestamptz - make_interval(mins => $9::int) and used_at < $8::timestamptz + make_interval(mins => $9::int) as near
  from claims
  where business_id = $1 and customer_id = $2 and program_id = $3 and id <> $4 and kind = 'use' and status = 'redeemed'
    and subscription_id is not distinct from $5::uuid and order_id is distinct from $6::uuid
)
select plans, (select count(*) from use where on_day) as "onDay", (select count(*) from use where near) as near,
  (select used_at from use where near order by used_at desc offset plans - 1 limit 1) as "blockedBy"
from plan`,
}
