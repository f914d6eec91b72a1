// Loads and saves subscriptions (table `subscriptions`).
import { bulk, plain, text, timestamp } from '../../db/bulk.ts'
import type { BusinessLock } from '../../db/business-lock.ts'
import type { Queryable, Statement, Transaction } from '../../db/database.ts'
import { instant } from '../../db/values.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'
import { type AccountKey, keyColumns } from '../../ledger/accounts.ts'
import type { Book } from '../../ledger/book.ts'
import { recordSubscriptionEvents, type SubscriptionChanges } from './subscription-events.ts'
import type { Subscription } from './subscriptions.ts'

export async function loadSubscriptions(
  tx: Queryable,
  keys: readonly { businessId: Uuid; id: Uuid }[],
): Promise<Subscription[]> {
  if (keys.length === 0) return []
  return tx.query(LOAD, [keys.map((key) => key.businessId), keys.map((key) => key.id)])
}

export const SUBSCRIPTION_COLUMNS = `
  s.business_id as "businessId", s.id, s.customer_id as "customerId", s.program_id as "programId", s.version,
  s.order_id as "orderId", s.quantity, s.bought_at as "boughtAt", s.started_at as "startedAt", s.ends_at as "endsAt",
  s.next_period_at as "nextPeriodAt", s.ended_at as "endedAt", s.created_at as "createdAt",
  s.created_by as "createdBy", s.ended_by as "endedBy"`

const LOAD: Statement = {
  name: 'load_subscriptions',
  text: `
select ${SUBSCRIPTION_COLUMNS}
from unnest($1::uuid[], $2::uuid[]) as k (business_id, id)
join subscriptions s on s.business_id = k.business_id and s.id = k.id`,
}

/** A customer's plans of one program that run or start after an instant. */
export interface PlansAsked {
  readonly account: AccountKey
  readonly since: EpochMs
}

/**
 * Plans of accounts that the transaction has locked or locks in the same round trip, without
 * returned ones.
 */
export async function loadPlansHeld(tx: Queryable, asked: readonly PlansAsked[]): Promise<Subscription[]> {
  if (asked.length === 0) return []
  return tx.query(LOAD_HELD, [...keyColumns(asked.map((one) => one.account)), asked.map((one) => instant(one.since))])
}

const LOAD_HELD: Statement = {
  name: 'load_plans_held',
  text: `
select ${SUBSCRIPTION_COLUMNS}
from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[]) as k (business_id, customer_id, program_id, since)
join subscriptions s on s.business_id = k.business_id and s.customer_id = k.customer_id and s.program_id = k.program_id
  and s.quantity > 0 and s.ends_at > k.since`,
}

export async function saveSubscriptions(
  tx: Transaction,
  lock: BusinessLock,
  changes: SubscriptionChanges,
  by: Pick<Book<unknown>, 'now' | 'actor'>,
): Promise<void> {
  const rows = changes.after
  if (rows.length === 0) return
  recordSubscriptionEvents(tx, lock, changes, by)
  await tx.query(SAVE, SUBSCRIPTIONS.parameters(rows))
}

const SUBSCRIPTIONS = bulk<Subscription>('subscriptions', {
  business_id: plain('uuid', (row) => row.businessId),
  id: plain('uuid', (row) => row.id),
  customer_id: plain('uuid', (row) => row.customerId),
  program_id: plain('uuid', (row) => row.programId),
  version: plain('integer', (row) => row.version),
  order_id: plain('uuid', (row) => row.orderId),
  quantity: plain('integer', (row) => row.quantity),
  bought_at: timestamp((row) => row.boughtAt),
  started_at: timestamp((row) => row.startedAt),
  ends_at: timestamp((row) => row.endsAt),
  next_period_at: timestamp((row) => row.nextPeriodAt),
  ended_at: timestamp((row) => row.endedAt),
  created_at: timestamp((row) => row.createdAt),
  created_by: text((row) => row.createdBy),
  ended_by: text((row) => row.endedBy),
})

const SAVE: Statement = {
  name: 'save_subscriptions',
  text: SUBSCRIPTIONS.upsert(
    ['business_id', 'id'],
    ['customer_id', 'program_id', 'order_id', 'created_at', 'created_by'],
  ),
}
