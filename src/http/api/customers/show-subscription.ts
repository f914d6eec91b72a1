// How the business API shows a subscription.
import type { Subscription } from '../../../../contract/api/customers.ts'
import type { EpochMs } from '../../../kernel/clock.ts'
import { formatId } from '../../../kernel/ids.ts'
import { isOver } from '../../../programs/plans/subscribe.ts'
import type { Subscription as SubscriptionRow } from '../../../programs/plans/subscriptions.ts'
import { showInstant, showOptionalId } from '../show.ts'

export function showSubscription(row: SubscriptionRow, now: EpochMs): Subscription {
  return {
    id: formatId('subscription', row.id),
    customer_id: formatId('customer', row.customerId),
    program_id: formatId('program', row.programId),
    version: row.version,
    order_id: showOptionalId('order', row.orderId),
    status: isOver(row, now) ? 'ended' : 'active',
    quantity: row.quantity,
    started_at: showInstant(row.startedAt),
    ends_at: showInstant(row.endsAt),
    next_period_at: showInstant(row.nextPeriodAt),
    ended_at: showInstant(row.endedAt),
  }
}
