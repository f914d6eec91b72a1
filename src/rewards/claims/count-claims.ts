// How many claims there are of what, as limits ask: of a reward, of a plan, and of codes that are
// out.
import type { Queryable, Statement } from '../../db/database.ts'
import { instant } from '../../db/values.ts'
import { must } from '../../kernel/assert.ts'
import type { EpochMs, IsoDate } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'
import { type Claim, isTaken } from './claim.ts'

/** How often a customer has, or is about to have, a reward. */
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
 * How many codes are out for a customer, among their latest thousand claims: a code lives for a day
 * at most.
 */
export async function countOpenCodes(q: Queryable, businessId: Uuid, customerId: Uuid): Promise<number> {
  const [row] = await q.query<{ out: number }>(CODES_OUT, [businessId, customerId])
  return row?.out ?? 0
}

const CODES_OUT: Statement = {
  name: 'claims_codes_out',
  text: `
select count(*) filter (where status = 'held') as out
from (select status from claims where business_id = $1 and customer_id = $2 order by id desc limit 1000) as latest`,
}

/** How often a reward is taken by other claims: by the customer, and by all. */
export async function countTakenByOthers(
  q: Queryable,
  claim: Claim,
  rewardId: Uuid,
): Promise<{ byCustomer: number; inAll: number }> {
  const [row] = await q.query<{ byCustomer: number; inAll: number }>(TAKEN_BESIDE, [
    claim.businessId,
    claim.customerId,
    rewardId,
    claim.id,
  ])
  const { byCustomer, inAll } = must(row, 'the reward of a claim')
  return { byCustomer, inAll: inAll - Number(isTaken(claim)) }
}

const TAKEN_BESIDE: Statement = {
  name: 'claims_taken_beside',
  text: `
select r.taken as "inAll", (
    select count(*) from claims c
    where c.business_id = $1 and c.customer_id = $2 and c.reward_id = $3 and c.id <> $4 and c.status in ('held', 'redeemed')
  ) as "byCustomer"
from rewards r
where r.business_id = $1 and r.id = $3`,
}

export interface PlanUses {
  /** How many plans one purchase holds: each has the limits. */
  plans: number
  /** Of the day that was asked for. */
  onDay: number
  /** Uses nearer than the pause between two uses. */
  near: number
  /**
   * The one that must be over for another use: by then each of the plans has been used within the
   * pause. Null when one is free.
   */
  blockedBy: EpochMs | null
}

/**
 * What a customer has used of a purchased plan, other than by this claim and, when it is given,
 * other than for this order.
 */
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
