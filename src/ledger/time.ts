// Effects of time: pending units become available, units expire, and sliding expiry follows the
// customer's last order.
import { assert, must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { type AccountKey, debtOf } from './accounts.ts'
import type { Book, BookAccount } from './book.ts'
import { type Lot, type LotTerms, spendingOrder } from './lots.ts'
import type { Transfer } from './transfers.ts'

/**
 * Releases, then expires, units that are due at the book's time, with one transfer per lot. The
 * account's open lots are loaded. Every operation that takes from open lots calls it first, so that
 * results do not depend on whether a job has run.
 */
export function releaseAndExpire<Why>(book: Book<Why>, key: AccountKey): Transfer<Why>[] {
  const account = book.account(key)
  assert(account.allOpen, `time passes over lots of ${account.id} that were not loaded`)
  account.timePassed = true
  const lots = [...account.lots.values()].filter((lot) => lot.remaining > 0)
  const released = lots.sort(byRelease).flatMap((lot) => releaseIfDue(book, account, lot.id))
  const expired = lots
    .sort(spendingOrder)
    .flatMap(({ id }) => expireUnits(book, account, id, account.lots.get(id)?.remaining ?? 0))
  book.assertSound(account)
  return [...released, ...expired]
}

/** As `releaseAndExpire` on the first call per book and account; then nothing. */
export function releaseAndExpireOnce<Why>(book: Book<Why>, account: BookAccount): Transfer<Why>[] {
  return account.timePassed ? [] : releaseAndExpire(book, account.key)
}

/** Moves a pending lot that is due to the available account, where its units repay debt first. */
export function releaseIfDue<Why>(book: Book<Why>, account: BookAccount, lotId: Uuid): Transfer<Why>[] {
  const lot = book.lot(account, lotId)
  if (!lot?.pending || lot.availableAt > book.now) return []
  const units = lot.remaining
  if (units === 0) {
    account.lots.set(lotId, { ...lot, pending: false })
    return []
  }
  const kept = units - Math.min(units, debtOf(account.balances))
  return [
    book.record(account, {
      kind: 'pending_release',
      debit: 'pending',
      credit: 'available',
      units,
      lots: [{ lotId, units: kept }],
      sourceId: lotId,
      occurredAt: lot.availableAt,
      why: book.reasons.released(lot, units, account.key),
    }),
  ]
}

/** Expires these units of a lot whose expiry has passed. */
export function expireUnits<Why>(book: Book<Why>, account: BookAccount, lotId: Uuid, units: number): Transfer<Why>[] {
  const lot = book.lot(account, lotId)
  if (!lot || lot.expiresAt === null || lot.expiresAt > book.now || units === 0) return []
  const debit = lot.pending ? 'pending' : 'available'
  return [
    book.record(account, {
      kind: 'expire',
      debit,
      credit: 'expired',
      units,
      lots: [{ lotId, units }],
      sourceId: lotId,
      occurredAt: lot.expiresAt,
      why: book.reasons.expired(lot, units, account.key),
    }),
  ]
}

/**
 * Sets the expiry of the loaded sliding lots of an account; `expiryOf` returns null for a lot that
 * does not change. Call it before any other operation on the account, and `restoreExtended` after
 * it. Returns whether the expiry of any lot changed.
 */
export function slide<Why>(book: Book<Why>, key: AccountKey, expiryOf: (lot: Lot) => EpochMs | null): boolean {
  const { lots } = book.account(key)
  let moved = false
  for (const lot of lots.values()) {
    const expiresAt = lot.slidingDays === null ? null : expiryOf(lot)
    if (expiresAt === null || expiresAt === lot.expiresAt) continue
    lots.set(lot.id, { ...lot, expiresAt })
    moved = true
  }
  return moved
}

/**
 * Restores the expired units of loaded lots whose expiry is in the future again: they had expired
 * only because an order was unknown. The units repay debt first, so units that were spent in the
 * meantime stay spent.
 */
export function restoreExtended<Why>(book: Book<Why>, key: AccountKey): Transfer<Why>[] {
  const account = book.account(key)
  const restored = [...account.lots.values()].sort(spendingOrder).flatMap((lot) => restoreEarly(book, account, lot))
  book.assertSound(account)
  return restored
}

function restoreEarly<Why>(book: Book<Why>, account: BookAccount, lot: Lot): Transfer<Why>[] {
  const { id: lotId, expired: units, expiresAt, occurredAt } = lot
  if (units === 0 || (expiresAt !== null && expiresAt <= book.now)) return []
  const lots = [{ lotId, units: units - Math.min(units, debtOf(account.balances)) }]
  const why = book.reasons.extended(lot, units, account.key)
  const route = { kind: 'restore', debit: 'expired', credit: 'available' } as const
  return [book.record(account, { ...route, units, lots, sourceId: lotId, occurredAt, why })]
}

/**
 * Restores expired units of a loaded lot for a card that took them before they expired. The account
 * has no debt.
 */
export function restoreExpired<Why>(
  book: Book<Why>,
  account: BookAccount,
  lotId: Uuid,
  units: number,
  why: Why,
): Transfer<Why> {
  const { occurredAt } = must(book.lot(account, lotId), `lot ${lotId}`)
  assert(debtOf(account.balances) === 0, 'expired units are restored beside a debt')
  const route = { kind: 'restore', debit: 'expired', credit: 'available' } as const
  return book.record(account, { ...route, units, lots: [{ lotId, units }], sourceId: lotId, occurredAt, why })
}

/**
 * Updates the terms of a lot when the time or day of its source is corrected, or when orders change
 * a sliding expiry. Units that have become available stay available.
 */
export function retime<Why>(book: Book<Why>, key: AccountKey, lotId: Uuid, terms: LotTerms): Transfer<Why>[] {
  const account = book.account(key)
  const lot = book.lot(account, lotId)
  if (!lot || !isMoved(lot, terms)) return []
  const { version, businessDate, occurredAt, availableAt, expiresAt, slidingDays } = terms
  // An empty lot has not released any units yet.
  const pending = lot.granted === 0 ? availableAt > book.now : lot.pending
  const moved = { ...lot, version, businessDate, occurredAt, availableAt, expiresAt, slidingDays, pending }
  account.lots.set(lotId, moved)
  const transfers = [...releaseIfDue(book, account, lotId), ...restoreEarly(book, account, moved)]
  return [...transfers, ...expireUnits(book, account, lotId, account.lots.get(lotId)?.remaining ?? 0)]
}

function isMoved(lot: Lot, { occurredAt, businessDate, expiresAt }: LotTerms): boolean {
  return lot.occurredAt !== occurredAt || lot.businessDate !== businessDate || lot.expiresAt !== expiresAt
}

function byRelease(a: Lot, b: Lot): number {
  return a.availableAt - b.availableAt || spendingOrder(a, b)
}
