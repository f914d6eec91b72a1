// What a customer has besides units: running subscriptions and unused awards.
import type { Queryable, Statement } from '../../db/database.ts'
import { instant } from '../../db/values.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'
import { SUBSCRIPTION_COLUMNS } from './subscription-store.ts'
import type { Subscription } from './subscriptions.ts'

/** The maximum number of subscriptions in an answer. */
const MOST_LISTED = 100

/** Subscriptions that have not ended by `now`, newest first; at most the latest 100. */
export function runningSubscriptions(
  q: Queryable,
  businessId: Uuid,
  customerId: Uuid,
  now: EpochMs,
): Promise<Subscription[]> {
  return q.query(RUNNING_SUBSCRIPTIONS, [businessId, customerId, instant(now), MOST_LISTED])
}

const RUNNING_SUBSCRIPTIONS: Statement = {
  name: 'running_subscriptions',
  text: `
select ${SUBSCRIPTION_COLUMNS}
from subscriptions s
where s.business_id = $1 and s.customer_id = $2 and s.quantity > 0 and s.ends_at > $3::timestamptz
  and (s.ended_at is null or s.ended_at > $3::timestamptz)
order by s.id desc
limit $4`,
}

/** All subscriptions of a customer, newest first; at most the latest 100. */
export function subscriptionsOf(q: Queryable, businessId: Uuid, customerId: Uuid): Promise<Subscription[]> {
  return q.query(ALL_SUBSCRIPTIONS, [businessId, customerId, MOST_LISTED])
}

const ALL_SUBSCRIPTIONS: Statement = {
  name: 'subscriptions_of_customer',
  text: `
select ${SUBSCRIPTION_COLUMNS}
from subscriptions s
where s.business_id = $1 and s.customer_id = $2
order by s.created_at desc, s.id desc
limit $3`,
}

export interface UnusedAward {
  id: Uuid
  programId: Uuid
  version: number
  goal: number
  wonAt: EpochMs
  expiresAt: EpochMs | null
}

/** Awards that are valid at `now`, by program and number. */
export function unusedAwards(q: Queryable, businessId: Uuid, customerId: Uuid, now: EpochMs): Promise<UnusedAward[]> {
  return q.query(WON_CARDS, [businessId, customerId, instant(now)])
}

const WON_CARDS: Statement = {
  name: 'won_cards_of_customer',
  text: `
select id, program_id as "programId", version, goal, won_at as "wonAt", expires_at as "expiresAt"
from awards
where business_id = $1 and customer_id = $2 and status = 'won' and (expires_at is null or expires_at > $3::timestamptz)
order by program_id, number`,
}
