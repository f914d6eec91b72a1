// Formats a subscription for the business API.
import { actorToJson } from '../../../../contract/actor.ts'
import type { Subscription } from '../../../../contract/api/customers.ts'
import type { EpochMs } from '../../../kernel/clock.ts'
import { formatId } from '../../../kernel/ids.ts'
import { isOver } from '../../../programs/plans/subscribe.ts'
import type { Subscription as SubscriptionRow } from '../../../programs/plans/subscriptions.ts'
import { formatInstant, formatOptionalId } from '../format.ts'

export function subscriptionToJson(row: SubscriptionRow, now: EpochMs): Subscription {
  return {
    id: formatId('subscription', row.id),
    customer_id: formatId('customer', row.customerId),
    program_id: formatId('program', row.programId),
    version: row.version,
    order_id: formatOptionalId('order', row.orderId),
    status: isOver(row, now) ? 'ended' : 'active',
    quantity: row.quantity,
    started_at: formatInstant(row.startedAt),
    ends_at: formatInstant(row.endsAt),
    next_period_at: formatInstant(row.nextPeriodAt),
    ended_at: formatInstant(row.endedAt),
    created_by: actorToJson(row.createdBy),
    ended_by: actorToJson(row.endedBy),
  }
}
