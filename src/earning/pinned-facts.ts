// Whether a sale keeps the terms and facts that assessed it before, or is assessed as a new one
// (pure).
import type { Uuid } from '../kernel/ids.ts'
import { type Family, givenBack, type KnownOrder } from '../orders/family.ts'
import type { OrderRow } from '../orders/store.ts'

export interface AssessedSale {
  /** The sale as it was assessed last; null when it is new. */
  before: OrderRow | null
  customer: { id: Uuid } | null
  family: Family
}

/**
 * A sale that was assessed before, for the same customer, time, day and branch, keeps its terms and
 * facts permanently.
 */
export function pinnedBy({ before, customer, family: { sale } }: AssessedSale) {
  if (!before || !sale || before.terms === null || before.customerId !== customer?.id) return null
  const same =
    before.occurredAt === sale.occurredAt &&
    before.businessDate === sale.businessDate &&
    before.order.branch.id === sale.order.branch.id &&
    makesSameRoom(before, sale)
  return same ? { terms: before.terms, facts: before.facts } : null
}

/**
 * Whether the order leaves the same room to itself: what an exchange gives back is free for what it
 * sells.
 */
function makesSameRoom(before: KnownOrder, now: KnownOrder): boolean {
  if (before.originalId === null && now.originalId === null) return true
  return before.originalId === now.originalId && JSON.stringify(givenBack(before)) === JSON.stringify(givenBack(now))
}
