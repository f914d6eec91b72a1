// Subscriptions on the ledger: each period of a plan that has begun is a lot of its own, which
// expires with the period.
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

/** A plan that a customer holds. */
export interface Subscription extends AccountKey {
  id: Uuid
  version: number
  /** The sale that bought it; null when the API did. */
  orderId: Uuid | null
  /** How many times the plan is held; 0 when the purchase was given back. */
  quantity: number
  /** When it was bought, or asked to begin. */
  boughtAt: EpochMs
  /** When its first period begins: then, or when the plan before it ends. */
  startedAt: EpochMs
  endsAt: EpochMs
  /** When the next period begins that is not granted yet. */
  nextPeriodAt: EpochMs | null
  /** When it was ended by hand: periods that begin later are not granted. */
  endedAt: EpochMs | null
  createdAt: EpochMs
}

/**
 * The terms under which a subscription stands: its plan, and the zone in which its periods are
 * counted.
 */
export interface SubscriptionTerms {
  definition: SubscriptionDefinition
  version: number
  timezone: string
}

/** The id of the subscription that a sale buys: one customer, one program, one sale. */
export function subscriptionId(saleId: Uuid, programId: Uuid, customerId: Uuid): Uuid {
  return derivedId('subscription', saleId, programId, customerId)
}

/** A subscription that starts with its purchase, nothing granted yet. */
export function newSubscription(
  held: Pick<Subscription, 'id' | 'orderId' | 'quantity' | 'boughtAt' | 'createdAt'> & AccountKey,
  terms: SubscriptionTerms,
): Subscription {
  const { boughtAt } = held
  const undated = { ...held, version: terms.version, startedAt: boughtAt, endsAt: boughtAt, nextPeriodAt: boughtAt }
  return beginAt({ ...undated, endedAt: null }, boughtAt, terms)
}

/** The subscription with another beginning; `settleSubscription` brings its periods along. */
export function beginAt(
  subscription: Subscription,
  startedAt: EpochMs,
  { definition: { plan }, timezone }: SubscriptionTerms,
): Subscription {
  const { to } = periodBounds(plan, startedAt, plan.periods - 1, timezone)
  return { ...subscription, startedAt, endsAt: to }
}

/**
 * When its last period ends. One that was ended by hand keeps the period that ran then; before its
 * beginning there was none.
 */
export function lastUntil({ startedAt, endsAt, endedAt }: Subscription, terms: SubscriptionTerms): EpochMs {
  if (endedAt === null || endedAt >= endsAt) return endsAt
  return periods(startedAt, terms, endedAt - 1).begun.at(-1)?.to ?? Number.NEGATIVE_INFINITY
}

/**
 * The lots of the periods that have begun by `now`: what must be loaded before
 * `settleSubscription`.
 */
export function begunLots(id: Uuid, startedAt: EpochMs, terms: SubscriptionTerms, now: EpochMs): Uuid[] {
  return periods(startedAt, terms, now).begun.map(({ k }) => periodLot(id, k))
}

/**
 * Brings what is granted to what the subscription is entitled to at the book's instant: every
 * period that has begun, whole. The same step serves the purchase, its return, the start of the
 * next period and a verification.
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
  // Periods that had begun and have not any more, because the plan turned out to begin later, are
  // taken back.
  const ahead = periods(startedAt, terms, Number.MAX_SAFE_INTEGER).begun.slice(begun.length)
  const settled = [...begun, ...ahead.filter(({ k }) => account.lots.has(periodLot(id, k)))]
  const transfers = settled.flatMap(({ k, from, to }) => {
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
 * The lots that a plan may have had at any beginning: those of its periods that begin by `now` when
 * it begins with its purchase.
 */
export function lotsEver({ id, boughtAt, startedAt }: Subscription, terms: SubscriptionTerms, now: EpochMs): Uuid[] {
  return begunLots(id, Math.min(boughtAt, startedAt), terms, now)
}

/**
 * What is granted to a subscription in all: every period before the one that is due next. For
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

/** The lots of all periods that a subscription can have, granted or not. */
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

/** A customer's plans of one program, as far as they run or begin after an instant. */
export interface PlansAsked {
  readonly account: AccountKey
  readonly since: EpochMs
}

/**
 * Of accounts that the transaction has locked, or is about to lock in the same breath. Those that
 * were given back are left out.
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
