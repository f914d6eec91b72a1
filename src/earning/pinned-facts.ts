// Whether a sale keeps the terms and facts that judged it before, or is judged anew as if nothing
// had been known of it (pure).

import { givenBack, type KnownOrder } from '../orders/family.ts'
import type { Assessment } from './assessments.ts'

/**
 * A sale judged before, for the same customer, time, day and branch, keeps its terms and facts for
 * ever.
 */
export function pinnedBy({ before, customer, family: { sale } }: Pick<Assessment, 'before' | 'customer' | 'family'>) {
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
