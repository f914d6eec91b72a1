// Posts one assessed sale: brings every program in which it is or was entitled to its target. Void,
// return and correction all use this step.
import { must } from '../kernel/assert.ts'
import type { Uuid } from '../kernel/ids.ts'
import { accountId } from '../ledger/accounts.ts'
import type { PinnedVersion } from '../programs/terms.ts'
import type { UndoneBy } from '../programs/why.ts'
import type { Decision } from './assess.ts'
import { postPlan } from './post-plan.ts'
import { postSale } from './post-sale.ts'
import type { Posted, PostingContext, Target } from './posting.ts'
import type { SharedState } from './working-set.ts'

export function postAssessment(context: PostingContext, shared: SharedState): Posted {
  let all: Posted = { movements: [], subscriptions: [], budgets: [], shared }
  for (const target of targetsOf(context)) {
    const { definition } = target.version
    const one =
      definition.type === 'subscription'
        ? postPlan(context, target, definition, all.shared)
        : postSale(context, target, definition, all.shared)
    all = {
      movements: [...all.movements, ...one.movements],
      subscriptions: [...all.subscriptions, ...one.subscriptions],
      budgets: [...all.budgets, ...one.budgets],
      shared: one.shared,
    }
  }
  return all
}

/**
 * The former customer of the sale is entitled to no units, unless it is the same customer and the
 * decision entitles them.
 */
function targetsOf({ sale, decision }: PostingContext): Target[] {
  const { before, customer, programs, businessId } = sale
  const assessedBefore =
    before?.terms != null ? must(programs.termsNumber(before.terms), 'the pinned terms').members : []
  const targets = new Map<string, Target>()
  const add = (customerId: Uuid, version: PinnedVersion, rest: Pick<Target, 'entitlement' | 'by'>) => {
    const key = { businessId, customerId, programId: version.programId }
    targets.set(accountId(key), { key, version, ...rest })
  }
  if (before?.customerId) {
    const by = before.customerId === customer?.id ? undoneBy(decision) : 'customer_changed'
    for (const version of assessedBefore) add(before.customerId, version, { entitlement: null, by })
  }
  if (customer) {
    for (const entitlement of decision.entitlements) {
      add(customer.id, entitlement.version, { entitlement, by: null })
    }
  }
  return [...targets.values()]
}

function undoneBy({ reason }: Decision): UndoneBy | null {
  return reason === 'void' ||
    reason === 'joined' ||
    reason === 'returned' ||
    reason === 'not_paid_yet' ||
    reason === 'customer_blacklisted'
    ? reason
    : null
}
