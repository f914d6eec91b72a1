// The events of subscriptions: started, renewed, ended.
import type { BusinessLock } from '../../db/business-lock.ts'
import type { Transaction } from '../../db/database.ts'
import { recordEvents } from '../../events/record.ts'
import type { Book } from '../../ledger/book.ts'
import type { Subscription } from './subscriptions.ts'

export interface SubscriptionChanges {
  /** As they are stored; one that is not here is new. */
  readonly before: readonly Subscription[]
  readonly after: readonly Subscription[]
}

export function recordSubscriptionEvents(
  tx: Transaction,
  lock: BusinessLock,
  { before, after }: SubscriptionChanges,
  { now, actor }: Pick<Book<unknown>, 'now' | 'actor'>,
): void {
  recordEvents(tx, lock, after, (plan) => {
    const type = changeOf(
      before.find(({ id }) => id === plan.id),
      plan,
    )
    if (!type) return null
    const { id, customerId, programId, orderId, startedAt, endsAt } = plan
    const account = { customer_id: customerId, program_id: programId }
    const data = { ...account, order_id: orderId, started_at: startedAt, ends_at: endsAt }
    return { type, at: now, actor, subject: id, data }
  })
}

function changeOf(
  before: Subscription | undefined,
  after: Subscription,
): 'subscription.started' | 'subscription.renewed' | 'subscription.ended' | null {
  if (!before || (before.quantity === 0 && after.quantity > 0)) {
    return after.quantity > 0 ? 'subscription.started' : null
  }
  if (before.quantity > 0 && after.quantity === 0) return 'subscription.ended'
  if (before.endedAt === null && after.endedAt !== null) return 'subscription.ended'
  // The next period that is not granted is a later one, of a plan that did not move.
  const isLater = (after.nextPeriodAt ?? Number.POSITIVE_INFINITY) > (before.nextPeriodAt ?? Number.POSITIVE_INFINITY)
  return isLater && before.startedAt === after.startedAt && after.quantity > 0 ? 'subscription.renewed' : null
}
