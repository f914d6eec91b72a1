// Rewards by how often they were claimed, redeemed and left unused.
import type { Queryable, Statement } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Range } from './read-visits.ts'

export interface RewardUse {
  programId: Uuid
  kind: 'reward' | 'cashback' | 'card' | 'use'
  /** Null for what is in no catalogue: cashback, stamp cards, uses of a plan. */
  rewardId: Uuid | null
  name: string | null
  nameAr: string | null
  claimed: number
  redeemed: number
  /** Redeemed and given back, because the order was voided or returned. */
  restored: number
  /** The code ran out or was cancelled. */
  unused: number
  /** Units spent and discounts given by what is redeemed. */
  units: number
  discount: number
}

/** Most redeemed first. Claims count where they were made, redemptions where they happened. */
export function readRewardUse(
  q: Queryable,
  businessId: Uuid,
  { from, to }: Range,
  limit: number,
): Promise<RewardUse[]> {
  return q.query<RewardUse>(REWARDS, [businessId, from, to, limit])
}

const REWARDS: Statement = {
  name: 'report_rewards',
  text: `
select d.program_id as "programId", d.kind, r.id as "rewardId", r.name, r.name_ar as "nameAr", d.claimed, d.redeemed, d.restored,
  d.unused, d.units, d.discount
from (
  select program_id, kind, reward_id, sum(claimed)::bigint as claimed, sum(redeemed)::bigint as redeemed,
    sum(restored)::bigint as restored, sum(unused)::bigint as unused, sum(units)::bigint as units, sum(discount)::bigint as discount
  from daily_claims where business_id = $1 and day between $2::date and $3::date group by 1, 2, 3
) d
left join rewards r on r.business_id = $1 and r.id = d.reward_id
order by d.redeemed desc, d.claimed desc, d.program_id, d.kind, d.reward_id limit $4`,
}
