// Chooses the purchased plan that a use is taken from. Each purchase has the limits of its plan.
import type { SubscriptionDefinition } from '../../../contract/program/definition.ts'
import type { Queryable, Statement } from '../../db/database.ts'
import { instant } from '../../db/values.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/local-date.ts'
import type { AccountKey } from '../../ledger/accounts.ts'
import { runningSubscriptions } from '../../programs/plans/holdings.ts'
import { periodLots, type Subscription } from '../../programs/plans/subscriptions.ts'
import type { BusinessPrograms } from '../../programs/store.ts'
import type { OpenClaims } from './claim-ledger.ts'

/** A purchased plan in the version of its period, with the lot of its next use. */
export interface ChosenPlan {
  subscriptionId: Uuid
  lotId: Uuid
  definition: SubscriptionDefinition
  /** When that use expires. */
  expiresAt: EpochMs | null
}

/**
 * The first plan, in the sequence in which uses are spent, whose limits allow one more use now;
 * else the first one. Null if no use is left. The open lots of the account are loaded.
 */
export async function choosePlan(
  q: Queryable,
  programs: BusinessPrograms,
  { book }: OpenClaims,
  key: AccountKey,
  now: EpochMs,
): Promise<ChosenPlan | null> {
  const running = await runningSubscriptions(q, key.businessId, key.customerId, now)
  const owned = running.filter(({ programId }) => programId === key.programId)
  const planOf = new Map(owned.flatMap((one) => lotsOf(one, programs).map((lot) => [lot.lotId, lot] as const)))
  const plans = book.openLots(book.account(key)).flatMap((lot) => {
    const plan = planOf.get(lot.id)
    return plan && (lot.expiresAt === null || lot.expiresAt > now) ? [{ ...plan, expiresAt: lot.expiresAt }] : []
  })
  const [first] = plans
  if (plans.length < 2 || first === undefined) return first ?? null
  const today = localDate(now, programs.business.timezone)
  const pauses = owned.map((one) => planIn(one, programs)?.plan.minutes_between_uses ?? 0)
  const uses = await q.query<PurchaseUses>(PLAN_USES, [
    key.businessId,
    key.customerId,
    key.programId,
    today,
    instant(now),
    owned.map(({ id }) => id),
    pauses,
  ])
  return plans.find((plan) => allowsUse(plan, uses)) ?? first
}

interface Plan extends Omit<ChosenPlan, 'expiresAt'> {
  quantity: number
}

function lotsOf(subscription: Subscription, programs: BusinessPrograms): Plan[] {
  const definition = planIn(subscription, programs)
  if (!definition) return []
  const { id: subscriptionId, quantity } = subscription
  return periodLots(subscriptionId, definition).map((lotId) => ({ subscriptionId, lotId, definition, quantity }))
}

function planIn({ programId, version }: Subscription, programs: BusinessPrograms): SubscriptionDefinition | null {
  const definition = programs.version(programId, version)?.definition
  return definition?.type === 'subscription' ? definition : null
}

interface PurchaseUses {
  subscriptionId: Uuid
  onDay: number
  near: number
}

function allowsUse({ subscriptionId, quantity, definition: { plan } }: Plan, uses: readonly PurchaseUses[]): boolean {
  const { onDay, near } = uses.find((one) => one.subscriptionId === subscriptionId) ?? { onDay: 0, near: 0 }
  if (plan.per_day_limit !== undefined && onDay >= plan.per_day_limit * quantity) return false
  return plan.minutes_between_uses === undefined || near < quantity
}

/** Held claims count as uses at this time. */
const PLAN_USES: Statement = {
  name: 'claims_uses_of_plans',
  text: `
select c.subscription_id as "subscriptionId",
  count(*) filter (where c.status = 'held' or c.business_date = $4::date) as "onDay",
  count(*) filter (where c.status = 'held' or c.used_at > $5::timestamptz - make_interval(mins => k.pause)) as near
from unnest($6::uuid[], $7::int[]) as k (id, pause)
join claims c on c.business_id = $1 and c.customer_id = $2 and c.program_id = $3 and c.subscription_id = k.id
where c.kind = 'use' and (c.status = 'redeemed' or (c.status = 'held' and c.expires_at > $5::timestamptz))
group by 1`,
}
