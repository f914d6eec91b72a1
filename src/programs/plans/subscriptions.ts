// Subscriptions in the ledger: each started period of a plan is a lot that expires with the period.
import type { SubscriptionDefinition } from '../../../contract/program.ts'
import type { Queryable, Statement } from '../../db/database.ts'
import { instant } from '../../db/values.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import { derivedId, type Uuid } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/local-date.ts'
import { type AccountKey, keyColumns } from '../../ledger/accounts.ts'
import type { Book } from '../../ledger/book.ts'
import { post } from '../../ledger/post.ts'
import { retime } from '../../ledger/time.ts'
import type { Transfer } from '../../ledger/transfers.ts'
import type { Why } from '../why.ts'
import { periodBounds, periodLotExpiry } from './periods.ts'

/** A plan that a customer has. */
export interface Subscription extends AccountKey {
  id: Uuid
  version: number
  /** The sale that bought it; null for one started through the API. */
  orderId: Uuid | null
  /** How many times the plan was bought; 0 when the purchase was returned. */
  quantity: number
  /** When it was bought, or the requested start. */
  boughtAt: EpochMs
  /** When its first period starts: at the purchase, or when the plan before it ends. */
  startedAt: EpochMs
  endsAt: EpochMs
  /** When the next period starts that is not granted yet. */
  nextPeriodAt: EpochMs | null
  /** When it was ended manually: periods that start later are not granted. */
  endedAt: EpochMs | null
  createdAt: EpochMs
}

/** The terms of a subscription: its plan, and the time zone of its periods. */
export interface SubscriptionTerms {
  definition: SubscriptionDefinition
  version: number
  timezone: string
}

/** The id of the subscription that a sale buys: one for each customer, program and sale. */
export function subscriptionId(saleId: Uuid, programId: Uuid, customerId: Uuid): Uuid {
  return derivedId('subscription', saleId, programId, customerId)
}

/** A subscription that starts with its purchase, without granted periods. */
export function newSubscription(
  held: Pick<Subscription, 'id' | 'orderId' | 'quantity' | 'boughtAt' | 'createdAt'> & AccountKey,
  terms: SubscriptionTerms,
): Subscription {
  const { boughtAt } = held
  const undated = { ...held, version: terms.version, startedAt: boughtAt, endsAt: boughtAt, nextPeriodAt: boughtAt }
  return beginAt({ ...undated, endedAt: null }, boughtAt, terms)
}

/** The subscription with another start; `grantDue` moves its periods. */
export function beginAt(
  subscription: Subscription,
  startedAt: EpochMs,
  { definition: { plan }, timezone }: SubscriptionTerms,
): Subscription {
  const { to } = periodBounds(plan, startedAt, plan.periods - 1, timezone)
  return { ...subscription, startedAt, endsAt: to }
}

/**
 * When its last period ends. A subscription that was ended manually keeps the period that ran at
 * that time; before its start there was none.
 */
export function lastUntil({ startedAt, endsAt, endedAt }: Subscription, terms: SubscriptionTerms): EpochMs {
  if (endedAt === null || endedAt >= endsAt) return endsAt
  return periods(startedAt, terms, endedAt - 1).begun.at(-1)?.to ?? Number.NEGATIVE_INFINITY
}

/** The lots of the periods that have started by `now`: they must be loaded before `grantDue`. */
export function begunLots(id: Uuid, startedAt: EpochMs, terms: SubscriptionTerms, now: EpochMs): Uuid[] {
  return periods(startedAt, terms, now).begun.map(({ k }) => periodLot(id, k))
}

/**
 * Brings the granted units to what the subscription is entitled to at the book's time: every
 * started period, in full. Used for the purchase, its return, the start of the next period and
 * verification.
 */
export function grantDue(
  book: Book<Why>,
  subscription: Subscription,
  terms: SubscriptionTerms,
): { subscription: Subscription; transfers: Transfer<Why>[] } {
  const { id, boughtAt, startedAt, quantity, endedAt } = subscription
  const { definition, version, timezone } = terms
  const gone = quantity === 0 ? 'returned' : 'period_moved'
  const { begun, next } = periods(startedAt, terms, book.now)
  const account = book.account(subscription)
  // Periods that had started but no longer have, because the plan now starts later, are taken back.
  const ahead = periods(startedAt, terms, Number.MAX_SAFE_INTEGER).begun.slice(begun.length)
  const due = [...begun, ...ahead.filter(({ k }) => account.lots.has(periodLot(id, k)))]
  const transfers = due.flatMap(({ k, from, to }) => {
    const lotId = periodLot(id, k)
    const before = book.lot(account, lotId)?.granted ?? 0
    const allowed = from <= book.now && (endedAt === null || from < endedAt)
    const target = allowed ? quantity * definition.plan.uses_per_period : 0
    const fromDate = localDate(from, timezone)
    const lotTerms = {
      version,
      businessDate: fromDate,
      occurredAt: from,
      availableAt: from,
      expiresAt: periodLotExpiry(definition.plan, startedAt, k, timezone),
      slidingDays: null,
    }
    const moved = target > 0 ? retime(book, subscription, lotId, lotTerms) : []
    const posted = post(book, {
      account: subscription,
      lotId,
      sourceId: id,
      target,
      kind: 'grant',
      debt: definition.debt,
      occurredAt: from,
      terms: lotTerms,
      why: {
        t: 'period',
        k: k + 1,
        of: definition.plan.periods,
        u: target,
        from: fromDate,
        to: localDate(to - 1, timezone),
        ...(startedAt > boughtAt && { x: 1 as const }),
      },
      reverseWhy: { t: 'undone', by: gone, was: before },
    })
    return [...moved, ...posted]
  })
  const goesOn = quantity > 0 && endedAt === null
  return { subscription: { ...subscription, nextPeriodAt: goesOn ? next : null }, transfers }
}

/**
 * The lots that a plan may have had at any start: those of the periods that would have started by
 * `now` if it had started with its purchase.
 */
export function lotsEver({ id, boughtAt, startedAt }: Subscription, terms: SubscriptionTerms, now: EpochMs): Uuid[] {
  return begunLots(id, Math.min(boughtAt, startedAt), terms, now)
}

/**
 * The units granted to a subscription in total: every period before the next due one. For
 * verification.
 */
export function grantedUnits(subscription: Subscription, terms: SubscriptionTerms): number {
  const { startedAt, quantity, endedAt, nextPeriodAt } = subscription
  const { begun } = periods(startedAt, terms, Number.MAX_SAFE_INTEGER)
  const granted = begun.filter(
    ({ from }) => (nextPeriodAt === null || from < nextPeriodAt) && (endedAt === null || from < endedAt),
  )
  return granted.length * quantity * terms.definition.plan.uses_per_period
}

function periods(startedAt: EpochMs, { definition: { plan }, timezone }: SubscriptionTerms, now: EpochMs) {
  const begun: { k: number; from: EpochMs; to: EpochMs }[] = []
  for (let k = 0; k < plan.periods; k++) {
    const bounds = periodBounds(plan, startedAt, k, timezone)
    if (bounds.from > now) return { begun, next: bounds.from }
    begun.push({ k, ...bounds })
  }
  return { begun, next: null }
}

/** The lots of all periods of a subscription, granted or not. */
export function periodLots(id: Uuid, { plan }: SubscriptionDefinition): Uuid[] {
  return Array.from({ length: plan.periods }, (_, k) => periodLot(id, k))
}

function periodLot(id: Uuid, k: number): Uuid {
  return derivedId('period', id, String(k))
}

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
