// Loads and saves subscriptions (table `subscriptions`).
import type { Queryable, Statement } from '../../db/database.ts'
import { instant } from '../../db/values.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'
import { type AccountKey, keyColumns } from '../../ledger/accounts.ts'
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
  s.next_period_at as "nextPeriodAt", s.ended_at as "endedAt", s.created_at as "createdAt"`

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

export async function saveSubscriptions(tx: Queryable, rows: readonly Subscription[]): Promise<void> {
  if (rows.length === 0) return
  await tx.query(SAVE, [
    rows.map((row) => row.businessId),
    rows.map((row) => row.id),
    rows.map((row) => row.customerId),
    rows.map((row) => row.programId),
    rows.map((row) => row.version),
    rows.map((row) => row.orderId),
    rows.map((row) => row.quantity),
    rows.map((row) => instant(row.startedAt)),
    rows.map((row) => instant(row.endsAt)),
    rows.map((row) => instant(row.nextPeriodAt)),
    rows.map((row) => instant(row.endedAt)),
    rows.map((row) => instant(row.createdAt)),
    rows.map((row) => instant(row.boughtAt)),
  ])
}

const SAVE: Statement = {
  name: 'save_subscriptions',
  text: `
insert into subscriptions (business_id, id, customer_id, program_id, version, order_id, quantity, started_at, ends_at,
  next_period_at, ended_at, created_at, bought_at)
select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::integer[], $6::uuid[], $7::integer[],
  $8::timestamptz[], $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[])
on conflict (business_id, id) do update set version = excluded.version, quantity = excluded.quantity, bought_at = excluded.bought_at,
  started_at = excluded.started_at, ends_at = excluded.ends_at, next_period_at = excluded.next_period_at,
  ended_at = excluded.ended_at`,
}
