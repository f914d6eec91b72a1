// Posting: brings what is posted for one source to its target. Sale, void, return, correction and
// replay all use this step.
import { assert, must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { type AccountKey, debtOf } from './accounts.ts'
import type { Book, BookAccount } from './book.ts'
import { emptyLot, type Lot, type LotTerms, sumOf } from './lots.ts'
import { expireUnits, releaseAndExpireOnce, releaseIfDue } from './time.ts'
import type { Transfer } from './transfers.ts'

export interface Posting<Why> {
  readonly account: AccountKey
  /**
   * The lot of the posted units: its id is the source's id, or differs when a source has several lots.
   */
  readonly lotId: Uuid
  readonly sourceId: Uuid
  /** Units to be posted for the source in total; at least 0. */
  readonly target: number
  /** Used for a new lot; an existing lot keeps the terms under which it was earned. */
  readonly terms: LotTerms
  /** The kind of an increase: earned by a sale (default), or granted by a plan. */
  readonly kind?: 'earn' | 'grant'
  /** What a shortfall becomes: a negative balance, or a write-off. */
  readonly debt: 'allow' | 'clamp'
  /** When the event that changed the target happened: the sale, the return. */
  readonly occurredAt: EpochMs
  readonly why: Why
  /** The reason of a decrease; defaults to `why`. */
  readonly reverseWhy?: Why
}

/**
 * Posts target minus granted; when that is 0, nothing, so a repetition changes nothing. An increase
 * repays debt first, and the rest goes to the lot. A decrease takes units from the lot itself, then
 * from its expired units (so that the result does not depend on whether the lot expired before the
 * return), then from other open lots in spending order; the shortfall becomes debt.
 */
export function post<Why>(book: Book<Why>, posting: Posting<Why>): Transfer<Why>[] {
  const { target, lotId } = posting
  assert(Number.isSafeInteger(target) && target >= 0, `a target of ${target} units`)
  const account = book.account(posting.account)
  const change = target - (book.lot(account, lotId)?.granted ?? 0)
  if (change === 0) return []
  const passed = account.allOpen ? releaseAndExpireOnce(book, account) : []
  passed.push(...releaseIfDue(book, account, lotId))
  const posted = change > 0 ? bringIn(book, account, posting, change) : takeBack(book, account, posting, -change)
  book.assertSound(account)
  return [...passed, ...posted]
}

function bringIn<Why>(book: Book<Why>, account: BookAccount, posting: Posting<Why>, units: number): Transfer<Why>[] {
  const { kind = 'earn', lotId, sourceId, why, occurredAt } = posting
  const before = book.lot(account, lotId) ?? emptyLot(lotId, posting.terms, book.now)
  account.lots.set(lotId, before)
  const about = { sourceId, why, occurredAt }
  const transfers = [creditLot(book, account, before, { ...about, kind, debit: 'issued', units })]
  // Reverses what was written off for this source; otherwise, undoing a return would gain units.
  const writtenOff = Math.min(units, before.writtenOff)
  if (writtenOff > 0) {
    const lots = [{ lotId, units: Math.min(writtenOff, remainingOf(account, lotId)) }]
    const back = {
      ...about,
      kind: 'write_off',
      debit: 'available',
      credit: 'written_off',
      units: writtenOff,
      lots,
    } as const
    transfers.push(book.record(account, back))
  }
  // A sale that arrives after the expiry of its lot earns units that expire at once.
  return [...transfers, ...expireUnits(book, account, lotId, remainingOf(account, lotId) - before.remaining)]
}

type Credit<Why> = Pick<Transfer<Why>, 'kind' | 'debit' | 'units' | 'sourceId' | 'why' | 'occurredAt'>

/** Adds new units to a lot. Units that are available at once repay debt first. */
export function creditLot<Why>(book: Book<Why>, account: BookAccount, lot: Lot, what: Credit<Why>): Transfer<Why> {
  const credit = lot.pending ? 'pending' : 'available'
  const repaid = lot.pending ? 0 : Math.min(what.units, debtOf(account.balances))
  return book.record(account, { ...what, credit, lots: [{ lotId: lot.id, units: what.units - repaid }] })
}

function takeBack<Why>(book: Book<Why>, account: BookAccount, posting: Posting<Why>, units: number): Transfer<Why>[] {
  const { lotId, sourceId, occurredAt, why, reverseWhy = why } = posting
  const about = { sourceId, occurredAt, why: reverseWhy }
  const lot = must(book.lot(account, lotId), `lot ${lotId}`)
  const own = Math.min(units, lot.remaining)
  const transfers: Transfer<Why>[] = []
  if (lot.pending && own > 0) {
    const lots = [{ lotId, units: own }]
    transfers.push(
      book.record(account, { ...about, kind: 'reverse', debit: 'pending', credit: 'issued', units: own, lots }),
    )
  }
  const fromAvailable = lot.pending ? units - own : units
  if (fromAvailable === 0) return transfers
  const unexpired = Math.min(units - own, lot.expired)
  if (unexpired > 0) {
    const lots = [{ lotId, units: unexpired }]
    const restore = {
      ...about,
      kind: 'restore',
      debit: 'expired',
      credit: 'available',
      units: unexpired,
      lots,
    } as const
    transfers.push(book.record(account, restore))
  }
  const others = units - own - unexpired
  const lots = [{ lotId, units: fromAvailable - others }, ...(others > 0 ? book.take(account, others, lotId) : [])]
  const reverse = {
    ...about,
    kind: 'reverse',
    debit: 'available',
    credit: 'issued',
    units: fromAvailable,
    lots,
  } as const
  transfers.push(book.record(account, reverse))
  const missing = fromAvailable - sumOf(lots)
  return posting.debt === 'clamp' && missing > 0
    ? [...transfers, writeOff(book, account, posting, lot, missing)]
    : transfers
}

function writeOff<Why>(book: Book<Why>, account: BookAccount, posting: Posting<Why>, lot: Lot, units: number) {
  return book.record(account, {
    kind: 'write_off',
    debit: 'written_off',
    credit: 'available',
    units,
    lots: [{ lotId: lot.id, units: 0 }],
    sourceId: posting.sourceId,
    occurredAt: posting.occurredAt,
    why: book.reasons.writtenOff(lot, units, account.key),
  })
}

function remainingOf(account: BookAccount, lotId: Uuid): number {
  return account.lots.get(lotId)?.remaining ?? 0
}
