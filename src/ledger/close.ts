// Closes the accounts of a customer who is erased: every balance ends with a transfer that says why.
import { assertLocked, type BusinessLock } from '../db/business-lock.ts'
import type { Statement, Transaction } from '../db/database.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { type AccountKey, debtOf } from './accounts.ts'
import type { Book, BookAccount } from './book.ts'
import { emptyLot, type Lot, type LotTerms, type LotUnits } from './lots.ts'
import { creditLot } from './post.ts'
import { releaseAndExpire } from './time.ts'
import type { Transfer } from './transfers.ts'

export interface Closing<Why> {
  readonly account: AccountKey
  /** The source of the transfers; a debt is repaid by an empty lot under this id. */
  readonly sourceId: Uuid
  /** The terms of that lot. */
  readonly terms: LotTerms
  readonly occurredAt: EpochMs
  /** The reason why `units` end: signed, below 0 for a debt. */
  why(units: number): Why
}

/**
 * Ends the balances of an account whose open lots are loaded and that has no held units: pending and
 * available units expire, debt is adjusted to 0, and a carried fraction is dropped. Nothing may be
 * posted to the account afterwards.
 */
export function closeAccount<Why>(book: Book<Why>, closing: Closing<Why>): Transfer<Why>[] {
  const account = book.account(closing.account)
  const passed = releaseAndExpire(book, closing.account)
  const open = [...account.lots.values()].filter((lot) => lot.remaining > 0)
  const ended = (['pending', 'available'] as const).flatMap((name) => {
    const lots = open.filter((lot) => lot.pending === (name === 'pending')).map(whole)
    const units = Math.max(0, account.balances[name])
    return units > 0 ? [expire(book, account, closing, { name, units, lots })] : []
  })
  const cleared = clearDebt(book, account, closing)
  book.setCarry(closing.account, null)
  book.assertSound(account)
  return [...passed, ...ended, ...cleared]
}

function whole({ id, remaining }: Lot): LotUnits {
  return { lotId: id, units: remaining }
}

interface Balance {
  name: 'pending' | 'available'
  units: number
  lots: readonly LotUnits[]
}

function expire<Why>(
  book: Book<Why>,
  account: BookAccount,
  { sourceId, occurredAt, why }: Closing<Why>,
  { name, units, lots }: Balance,
): Transfer<Why> {
  const route = { kind: 'expire', debit: name, credit: 'expired' } as const
  return book.record(account, { ...route, units, lots, sourceId, occurredAt, why: why(units) })
}

function clearDebt<Why>(
  book: Book<Why>,
  account: BookAccount,
  { sourceId, terms, occurredAt, why }: Closing<Why>,
): Transfer<Why>[] {
  const units = debtOf(account.balances)
  if (units === 0) return []
  const lot = { ...emptyLot(sourceId, terms, book.now), pending: false }
  account.lots.set(lot.id, lot)
  const about = { sourceId, occurredAt, why: why(-units) }
  return [creditLot(book, account, lot, { ...about, kind: 'adjust', debit: 'adjusted', units })]
}

/**
 * Removes the notes of staff from the reasons of these customers' movements, and returns them.
 * Units, kinds and times stay. No other change is ever made to a transfer.
 */
export async function dropNotes(
  tx: Transaction,
  lock: BusinessLock,
  businessId: Uuid,
  customerIds: readonly Uuid[],
): Promise<string[]> {
  assertLocked(lock, businessId)
  const notes = await tx.query<{ note: string }>(NOTES, [businessId, customerIds])
  await tx.query(DROP_NOTES, [businessId, customerIds])
  return notes.map((row) => row.note)
}

const NOTES: Statement = {
  name: 'notes_of_customers',
  text: `
select distinct why ->> 'note' as note from transfers
where business_id = $1 and customer_id = any ($2::uuid[]) and why ->> 'note' <> ''`,
}

const DROP_NOTES: Statement = {
  name: 'drop_notes',
  text: `
update transfers set why = (why::jsonb - 'note')::json
where business_id = $1 and customer_id = any ($2::uuid[]) and why ->> 'note' is not null`,
}

/** The programs in which the customer has an account. */
export async function programsOfCustomer(tx: Transaction, businessId: Uuid, customerId: Uuid): Promise<Uuid[]> {
  const rows = await tx.query<{ programId: Uuid }>(PROGRAMS, [businessId, customerId])
  return rows.map((row) => row.programId)
}

const PROGRAMS: Statement = {
  name: 'programs_of_customer',
  text: 'select program_id as "programId" from accounts where business_id = $1 and customer_id = $2 order by program_id',
}
