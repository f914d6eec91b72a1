// What time alone does: pending units become available, old ones expire, and sliding expiry moves
// with the customer's last order.
import { assert, must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { type AccountKey, debtOf } from './accounts.ts'
import type { Book, BookAccount } from './book.ts'
import { burnOrder, type Lot, type LotTerms } from './lots.ts'
import type { Transfer } from './transfers.ts'

/**
 * Brings an account whose open lots are loaded to the book's instant: releases what is due, then
 * expires what is due, one transfer a lot. Every operation that takes from open lots does it first,
 * so that it does not matter whether a job ran before.
 */
export function releaseAndExpire<Why>(book: Book<Why>, key: AccountKey): Transfer<Why>[] {
  const account = book.account(key)
  assert(account.allOpen, `time passes over lots of ${account.id} that were not loaded`)
  account.timePassed = true
  const lots = [...account.lots.values()].filter((lot) => lot.remaining > 0)
  const released = lots.sort(byRelease).flatMap((lot) => releaseIfDue(book, account, lot.id))
  const expired = lots
    .sort(burnOrder)
    .flatMap(({ id }) => expireUnits(book, account, id, account.lots.get(id)?.remaining ?? 0))
  book.assertSound(account)
  return [...released, ...expired]
}

/** The first time in a book; nothing after that. */
export function releaseAndExpireOnce<Why>(book: Book<Why>, account: BookAccount): Transfer<Why>[] {
  return account.timePassed ? [] : releaseAndExpire(book, account.key)
}

/** Moves a pending lot to the available account, where it repays the debt first. */
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

/** Expires these units of a lot when its end has come. */
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
 * Sets when the loaded sliding lots of an account expire; `expiryOf` gives null for a lot that
 * stays as it is. Call it before anything else is done on the account, and `restoreExtended` after
 * it. Gives whether any lot has another expiry now.
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
 * Restores what has expired of loaded lots whose expiry lies ahead again: it had expired only
 * because an order was not known. What comes back repays the debt first, so units that were spent
 * in the meantime stay spent.
 */
export function restoreExtended<Why>(book: Book<Why>, key: AccountKey): Transfer<Why>[] {
  const account = book.account(key)
  const restored = [...account.lots.values()].sort(burnOrder).flatMap((lot) => restoreEarly(book, account, lot))
  book.assertSound(account)
  return restored
}

function restoreEarly<Why>(book: Book<Why>, account: BookAccount, lot: Lot): Transfer<Why>[] {
  const { id: lotId, expired: units, expiresAt, occurredAt } = lot
  if (units === 0 || (expiresAt !== null && expiresAt <= book.now)) return []
  const lots = [{ lotId, units: units - Math.min(units, debtOf(account.balances)) }]
  const why = book.reasons.extended(lot, units, account.key)
  const course = { kind: 'restore', debit: 'expired', credit: 'available' } as const
  return [book.record(account, { ...course, units, lots, sourceId: lotId, occurredAt, why })]
}

/**
 * Restores expired units of a loaded lot for something that took them before they expired; the
 * account has no debt.
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
  const course = { kind: 'restore', debit: 'expired', credit: 'available' } as const
  return book.record(account, { ...course, units, lots: [{ lotId, units }], sourceId: lotId, occurredAt, why })
}

/**
 * Gives a lot the terms of its source as they are now, when that happened at another time or on
 * another day than was known, or when the orders moved an expiry that slides. What has become
 * available stays so.
 */
export function retime<Why>(book: Book<Why>, key: AccountKey, lotId: Uuid, terms: LotTerms): Transfer<Why>[] {
  const account = book.account(key)
  const lot = book.lot(account, lotId)
  if (!lot || !isMoved(lot, terms)) return []
  const { version, businessDate, occurredAt, availableAt, expiresAt, slidingDays } = terms
  // In a lot that holds nothing, time has not released anything yet.
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
  return a.availableAt - b.availableAt || burnOrder(a, b)
}
