// Spending: takes the cost of a reward, at once or held first, gives units back to the lots that
// they came from, and adjusts balances manually.
import { assert, must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { type AccountKey, debtOf } from './accounts.ts'
import type { Book } from './book.ts'
import { emptyLot, type LotTerms, type LotUnits, spendingOrder, sumOf } from './lots.ts'
import { creditLot } from './post.ts'
import { releaseAndExpire, releaseAndExpireOnce } from './time.ts'
import type { Transfer } from './transfers.ts'

export interface Spending<Why> {
  readonly account: AccountKey
  /** What the units are spent on: a card, a claim. */
  readonly sourceId: Uuid
  /** At least 1. */
  readonly units: number
  /** The lots to take from; by default, spending order decides. */
  readonly lots?: readonly LotUnits[]
  readonly occurredAt: EpochMs
  readonly why: Why
}

/**
 * Spends units of an account whose open lots are loaded. Returns `insufficient` when fewer are
 * available; then only units that are due for release or expiry move.
 */
export function spend<Why>(book: Book<Why>, spending: Spending<Why>): Transfer<Why>[] | 'insufficient' {
  return takeOut(book, spending, { kind: 'redeem', credit: 'redeemed' })
}

/**
 * Holds units for a claim: like `spend`, but the units move to the held account, where nothing else
 * can take them.
 */
export function hold<Why>(book: Book<Why>, spending: Spending<Why>): Transfer<Why>[] | 'insufficient' {
  return takeOut(book, spending, { kind: 'hold', credit: 'held' })
}

/**
 * Spends units for a reward that the customer already received, whatever the balance: the shortfall
 * becomes debt. The open lots are loaded.
 */
export function spendAnyway<Why>(book: Book<Why>, spending: Omit<Spending<Why>, 'lots'>): Transfer<Why>[] {
  const account = book.account(spending.account)
  const passed = releaseAndExpireOnce(book, account)
  const lots = book.take(account, Math.min(spending.units, Math.max(0, account.balances.available)))
  const { sourceId, units, occurredAt, why } = spending
  const about = { sourceId, occurredAt, why }
  const spent = book.record(account, { ...about, kind: 'redeem', debit: 'available', credit: 'redeemed', units, lots })
  book.assertSound(account)
  return [...passed, spent]
}

type Route = { kind: 'redeem'; credit: 'redeemed' } | { kind: 'hold'; credit: 'held' }

function takeOut<Why>(book: Book<Why>, spending: Spending<Why>, route: Route): Transfer<Why>[] | 'insufficient' {
  const { sourceId, units, occurredAt, why } = spending
  const account = book.account(spending.account)
  const passed = releaseAndExpireOnce(book, account)
  if (account.balances.available < units) return 'insufficient'
  const lots = spending.lots ?? book.take(account, units)
  assert(sumOf(lots) === units, `the lots named do not hold the ${units} units to spend`)
  const taken = book.record(account, { sourceId, occurredAt, why, ...route, debit: 'available', units, lots })
  book.assertSound(account)
  return [...passed, taken]
}

/**
 * Spends held units. `lots` are those that the hold took from: the transfer names them, so that the
 * units can be given back to them.
 */
export function redeemHeld<Why>(
  book: Book<Why>,
  { account: key, sourceId, lots, occurredAt, why }: GivingBack<Why>,
): Transfer<Why> {
  const account = book.account(key)
  const about = { sourceId, occurredAt, why }
  const route = { kind: 'redeem', debit: 'held', credit: 'redeemed' } as const
  const redeemed = book.record(account, { ...about, ...route, units: sumOf(lots), lots })
  book.assertSound(account)
  return redeemed
}

/** Returns held units to their lots, as `giveBack` does with spent units. */
export function release<Why>(book: Book<Why>, giving: GivingBack<Why>): Transfer<Why>[] {
  const passed = releaseAndExpireOnce(book, book.account(giving.account))
  const released = putBack(book, giving, { kind: 'release', debit: 'held' })
  return [...passed, released, ...releaseAndExpire(book, giving.account)]
}

export interface GivingBack<Why> {
  readonly account: AccountKey
  /** What the units were spent on or held for. */
  readonly sourceId: Uuid
  /** The lots that the units were taken from, and the units of each; they must be loaded. */
  readonly lots: readonly LotUnits[]
  /**
   * Units that came from no lot when they were spent: they repay debt, and the rest becomes a lot of
   * its own, under `lotId`.
   */
  readonly more?: { readonly units: number; readonly lotId: Uuid; readonly terms: LotTerms }
  readonly occurredAt: EpochMs
  readonly why: Why
}

/**
 * Gives spent units back to the lots that they came from, with their original expiry: units past it
 * expire at once. The units repay debt first.
 */
export function giveBack<Why>(book: Book<Why>, giving: GivingBack<Why>): Transfer<Why>[] {
  const passed = releaseAndExpireOnce(book, book.account(giving.account))
  const restored = reopen(book, giving)
  return [...passed, restored, ...releaseAndExpire(book, giving.account)]
}

/**
 * Gives back like `giveBack`, but units past their expiry stay until `releaseAndExpire`: for stamps
 * that may fill a card again.
 */
export function reopen<Why>(book: Book<Why>, giving: GivingBack<Why>): Transfer<Why> {
  return putBack(book, giving, { kind: 'restore', debit: 'redeemed' })
}

type ReturnRoute = { kind: 'restore'; debit: 'redeemed' } | { kind: 'release'; debit: 'held' }

function putBack<Why>(book: Book<Why>, giving: GivingBack<Why>, route: ReturnRoute): Transfer<Why> {
  const { sourceId, occurredAt, why } = giving
  const account = book.account(giving.account)
  const lotOf = ({ lotId }: LotUnits) => must(book.lot(account, lotId), `lot ${lotId}`)
  let debt = debtOf(account.balances)
  const lots = [...giving.lots]
    .sort((a, b) => spendingOrder(lotOf(a), lotOf(b)))
    .map(({ lotId, units }) => {
      const repaid = Math.min(units, debt)
      debt -= repaid
      return { lotId, units: units - repaid }
    })
  const { more } = giving
  const left = Math.max(0, (more?.units ?? 0) - debt)
  if (more && left > 0) {
    const own = book.lot(account, more.lotId) ?? { ...emptyLot(more.lotId, more.terms, book.now), pending: false }
    account.lots.set(own.id, own)
    lots.push({ lotId: own.id, units: left })
  }
  const units = sumOf(giving.lots) + (more?.units ?? 0)
  const restored = book.record(account, { sourceId, occurredAt, why, ...route, credit: 'available', units, lots })
  book.assertSound(account)
  return restored
}

export interface Adjustment<Why> {
  readonly account: AccountKey
  /** A new id; added units are a lot under it. */
  readonly id: Uuid
  /** Signed, not 0. */
  readonly units: number
  /** The terms of the lot of added units. */
  readonly terms: LotTerms
  /** Whether more may be deducted than is available. */
  readonly debt: 'allow' | 'refuse'
  readonly occurredAt: EpochMs
  readonly why: Why
}

/**
 * Makes a manual adjustment; the open lots are loaded. Returns `insufficient` when it deducts more
 * than is available and debt is refused.
 */
export function adjust<Why>(book: Book<Why>, adjustment: Adjustment<Why>): Transfer<Why>[] | 'insufficient' {
  const { id, units, occurredAt, why } = adjustment
  const account = book.account(adjustment.account)
  const passed = releaseAndExpireOnce(book, account)
  const about = { sourceId: id, kind: 'adjust', occurredAt, why } as const
  if (units < 0) {
    if (adjustment.debt === 'refuse' && account.balances.available < -units) return 'insufficient'
    const lots = book.take(account, -units)
    passed.push(book.record(account, { ...about, debit: 'available', credit: 'adjusted', units: -units, lots }))
  } else {
    assert(!account.lots.has(id), `adjustment ${id} was made before`)
    const lot = { ...emptyLot(id, adjustment.terms, book.now), pending: false }
    account.lots.set(id, lot)
    passed.push(creditLot(book, account, lot, { ...about, debit: 'adjusted', units }))
  }
  book.assertSound(account)
  return passed
}
