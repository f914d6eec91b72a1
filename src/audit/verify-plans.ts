// Verifies plans: how many each sale bought, when each begins after the customer's other plans, and
// the units that are granted for it.
import type { Queryable, Statement } from '../db/database.ts'
import { planTerms } from '../earning/plans.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import { formatId, type Uuid } from '../kernel/ids.ts'
import { accountId } from '../ledger/accounts.ts'
import { customerRanges, type Difference } from '../ledger/verify.ts'
import { restack } from '../programs/plans/renewals.ts'
import { loadSubscriptions, SUBSCRIPTION_COLUMNS } from '../programs/plans/subscription-store.ts'
import { grantedUnits, type Subscription, subscriptionId } from '../programs/plans/subscriptions.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import { difference, postedUnits } from './verify-posted.ts'

/** Plans that a sale buys for a customer, derived from the sale. */
export interface Bought {
  saleId: Uuid
  boughtAt: EpochMs
  customerId: Uuid
  programId: Uuid
  quantity: number
}

/** Every difference between the plans that sales bought and the stored plans. */
export async function* verifyBought(
  q: Queryable,
  businessId: Uuid,
  bought: readonly Bought[],
): AsyncGenerator<Difference> {
  const keyed = bought.map((one) => ({
    ...one,
    businessId,
    id: subscriptionId(one.saleId, one.programId, one.customerId),
  }))
  // The id of a plan is derived from the customer at the time of the sale; after a merge the plan
  // belongs to the survivor.
  const held = Map.groupBy(await loadSubscriptions(q, keyed), (plan) =>
    keyOf(plan.orderId, plan.programId, plan.customerId),
  )
  for (const { id, saleId, customerId, programId, quantity, boughtAt } of keyed) {
    const plans = held.get(keyOf(saleId, programId, customerId)) ?? []
    const plan = plans.find((one) => one.quantity > 0) ?? plans[0]
    const where = `for ${formatId('customer', customerId)} in ${formatId('program', programId)}`
    const stored = plan?.quantity ?? 0
    if (stored !== quantity) yield { what: `plans bought ${where}`, id, stored, derived: quantity }
    else if (plan && quantity > 0 && plan.boughtAt !== boughtAt) {
      yield { what: `time of purchase of the plan ${where}`, id, stored: plan.boughtAt, derived: boughtAt }
    }
  }
}

function keyOf(saleId: Uuid | null, programId: Uuid, customerId: Uuid): string {
  return `${saleId} ${programId} ${customerId}`
}

/**
 * Verifies that every plan begins when it was bought or when the previous one ends, and that its
 * granted units are those of the periods that have begun.
 */
export async function* verifyPlans(q: Queryable, programs: BusinessPrograms): AsyncGenerator<Difference> {
  const { businessId } = programs
  if (![...programs.programs.values()].some(({ type }) => type === 'subscription')) return
  for await (const { after, upTo } of customerRanges(q, businessId, 1000)) {
    const plans = await q.query<Subscription>(PLANS, [businessId, after, upTo])
    yield* verifyBeginnings(programs, plans)
    yield* await verifyGrants(q, programs, plans)
  }
}

function* verifyBeginnings(programs: BusinessPrograms, plans: readonly Subscription[]): Generator<Difference> {
  const standing = plans.filter((plan) => plan.quantity > 0)
  for (const held of Map.groupBy(standing, accountId).values()) {
    const placed = restack(held, Number.NEGATIVE_INFINITY, (plan) => planTerms(programs, plan))
    for (const { id, startedAt, endsAt } of placed) {
      const stored = must(
        held.find((plan) => plan.id === id),
        'a plan',
      )
      const what = `beginning of a plan of ${formatId('customer', stored.customerId)}`
      if (stored.startedAt !== startedAt) yield { what, id, stored: stored.startedAt, derived: startedAt }
      else if (stored.endsAt !== endsAt)
        yield { what: what.replace('beginning', 'end'), id, stored: stored.endsAt, derived: endsAt }
    }
  }
}

async function verifyGrants(
  q: Queryable,
  programs: BusinessPrograms,
  plans: readonly Subscription[],
): Promise<Difference[]> {
  const ids = plans.map((plan) => plan.id)
  const posted = await postedUnits(
    q,
    programs.businessId,
    ids,
    plans.map((plan) => plan.customerId),
  )
  const units = new Map(posted.map((one) => [`${one.sourceId} ${one.customerId}`, one.units]))
  return plans.flatMap((plan) => {
    const { id, customerId, programId } = plan
    const derived = grantedUnits(plan, planTerms(programs, plan))
    const stored = units.get(`${id} ${customerId}`) ?? 0
    return stored === derived ? [] : [difference(id, customerId, programId, stored, derived)]
  })
}

const PLANS: Statement = {
  name: 'verify_plans',
  text: `
select ${SUBSCRIPTION_COLUMNS} from subscriptions s
where s.business_id = $1 and s.customer_id > $2 and s.customer_id <= $3 order by s.id`,
}
