// Posting: brings what is posted for one source to its target. Sale, void, return, correction and
// replay are all this one step.
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
   * The lot that holds what is posted: the source's own id, or one of several of the same source.
   */
  readonly lotId: Uuid
  readonly sourceId: Uuid
  /** Units that shall be posted afterwards; at least 0. */
  readonly target: number
  /** Used when the lot is new: an old lot keeps the terms under which it was earned. */
  readonly terms: LotTerms
  /** The kind of what comes in: earned by a sale (default), or granted by a plan. */
  readonly kind?: 'earn' | 'grant'
  /** What happens when more is taken back than is left: a balance below 0, or a write-off. */
  readonly debt: 'allow' | 'clamp'
  /** When that happened which changed the target: the sale, the return. */
  readonly occurredAt: EpochMs
  readonly why: Why
  /** Why, when it goes down; `why` when not given. */
  readonly reverseWhy?: Why
}

/**
 * Posts target less granted; nothing when that is 0, so a repetition changes nothing. Up: what
 * comes in repays debt first, the rest is in the lot. Down: it is taken from the lot itself, then
 * from what has expired of it (so that to expire and be returned comes to the same as to be
 * returned), then from other open lots in burn order; what is still missing is debt.
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
  // What was forgiven of this very source no longer is: else to return, and to undo the return,
  // would win units.
  const forgiven = Math.min(units, before.writtenOff)
  if (forgiven > 0) {
    const lots = [{ lotId, units: Math.min(forgiven, remainingOf(account, lotId)) }]
    const back = {
      ...about,
      kind: 'write_off',
      debit: 'available',
      credit: 'written_off',
      units: forgiven,
      lots,
    } as const
    transfers.push(book.record(account, back))
  }
  // A sale that arrives after the end of its lot has earned what is expired already.
  return [...transfers, ...expireUnits(book, account, lotId, remainingOf(account, lotId) - before.remaining)]
}

type Credit<Why> = Pick<Transfer<Why>, 'kind' | 'debit' | 'units' | 'sourceId' | 'why' | 'occurredAt'>

/** Brings new units to a lot. Those that are available at once repay the debt first. */
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
  const revived = Math.min(units - own, lot.expired)
  if (revived > 0) {
    const lots = [{ lotId, units: revived }]
    const restore = { ...about, kind: 'restore', debit: 'expired', credit: 'available', units: revived, lots } as const
    transfers.push(book.record(account, restore))
  }
  const others = units - own - revived
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
    ? [...transfers, forgive(book, account, posting, lot, missing)]
    : transfers
}

function forgive<Why>(book: Book<Why>, account: BookAccount, posting: Posting<Why>, lot: Lot, units: number) {
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
