// Posts the plan that a sale buys: places it among the customer's other plans and grants what is
// due.
import type { SubscriptionDefinition } from '../../contract/program.ts'
import { must } from '../kernel/assert.ts'
import type { Uuid } from '../kernel/ids.ts'
import { accountId } from '../ledger/accounts.ts'
import { movementOf } from '../ledger/transfers.ts'
import type { KnownOrder } from '../orders/family.ts'
import { restack } from '../programs/plans/renewals.ts'
import { grantDue, newSubscription, type Subscription, subscriptionId } from '../programs/plans/subscriptions.ts'
import { planTerms } from './plans.ts'
import type { Posted, PostingContext, Target } from './posting.ts'
import type { SharedState } from './working-set.ts'

/** Grants the due periods again for every plan whose beginning changed. */
export function postPlan(
  { sale: one, working: { book } }: PostingContext,
  { key, version, entitlement }: Target,
  definition: SubscriptionDefinition,
  shared: SharedState,
): Posted {
  const { family, programs } = one
  const sale = must<KnownOrder>(family.sale ?? one.before, 'the sale')
  const account = accountId(key)
  const held = shared.plans.get(account) ?? []
  const ownId = subscriptionId(family.id, key.programId, key.customerId)
  const known = boughtPlan(held, family.id, ownId)
  const id = known?.id ?? ownId
  const quantity = entitlement?.units ?? 0
  if (!known && quantity === 0) return { movements: [], subscriptions: [], budgets: [], shared }
  const terms = { definition, version: version.version, timezone: programs.business.timezone }
  const termsOf = (plan: Subscription) => (plan.id === id ? terms : planTerms(programs, plan))
  const boughtAt = sale.occurredAt
  const fresh = newSubscription(
    { ...key, id, orderId: family.id, quantity, boughtAt, createdAt: book.now, createdBy: null },
    terms,
  )
  const { endedAt = null, endedBy = null, createdAt = book.now, createdBy = null } = known ?? {}
  const own = { ...fresh, endedAt, endedBy, createdAt, createdBy }
  const others = held.filter((plan) => plan !== known)
  const since = Math.min(boughtAt, known?.boughtAt ?? boughtAt)
  const placed = restack([...others, own], since, termsOf)
  const granted = placed.filter((plan) => !others.includes(plan)).map((plan) => grantDue(book, plan, termsOf(plan)))
  const changed = new Map(granted.map(({ subscription }) => [subscription.id, subscription]))
  const plans = placed.map((plan) => changed.get(plan.id) ?? plan)
  return {
    movements: granted.flatMap(({ transfers }) => transfers).map(movementOf),
    subscriptions: [...changed.values()],
    budgets: [],
    shared: { ...shared, plans: new Map(shared.plans).set(account, plans) },
  }
}

/**
 * The plan that the sale bought: with the id derived from its customer, or from a customer who has
 * since been merged into this one. Of two, the one that is valid.
 */
function boughtPlan(held: readonly Subscription[], saleId: Uuid, id: Uuid): Subscription | undefined {
  const bought = held.filter((plan) => plan.id === id || plan.orderId === saleId)
  return bought.find((plan) => plan.quantity > 0) ?? bought.find((plan) => plan.id === id) ?? bought[0]
}
