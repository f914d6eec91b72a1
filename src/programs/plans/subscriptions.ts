// Subscriptions in the ledger: each started period of a plan is a lot that expires with the period.
import type { Actor } from '../../../contract/actor.ts'
import type { SubscriptionDefinition } from '../../../contract/program.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import { derivedId, type Uuid } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/local-date.ts'
import type { AccountKey } from '../../ledger/accounts.ts'
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
  /** Null for a purchase, which is by the POS of its order. */
  createdBy: Actor | null
  /** Who ended it by hand. */
  endedBy: Actor | null
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
  held: Pick<Subscription, 'id' | 'orderId' | 'quantity' | 'boughtAt' | 'createdAt' | 'createdBy'> & AccountKey,
  terms: SubscriptionTerms,
): Subscription {
  const { boughtAt } = held
  const undated = { ...held, version: terms.version, startedAt: boughtAt, endsAt: boughtAt, nextPeriodAt: boughtAt }
  return beginAt({ ...undated, endedAt: null, endedBy: null }, boughtAt, terms)
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
  // Periods that had started but no longer have, because the plan now starts later, are reversed.
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
