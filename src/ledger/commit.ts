// Writes a book down: the one writer of accounts, transfers and lots.
import type { Statement, Transaction } from '../db/database.ts'
import { instant, json, plainArray } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Book, BookAccount } from './book.ts'
import type { Lot } from './lots.ts'
import type { Transfer } from './transfers.ts'

/**
 * Writes what the book has beyond the database: its transfers, and the lots and accounts that they
 * changed. The transaction is the one that locked the accounts.
 *
 * Doing the same work twice moves nothing twice: a posting compares its target with what is
 * granted, under the lock. Writing the same book twice fails on the primary key of its transfers.
 */
export async function commit<Why>(tx: Transaction, book: Book<Why>): Promise<void> {
  const accounts = [...book.accounts()]
  for (const account of accounts) book.assertSound(account)
  const changed = accounts.filter(isChanged)
  const lots = accounts.flatMap(changedLots)
  const fresh = lots.filter((lot) => lot.isNew)
  const known = lots.filter((lot) => !lot.isNew)
  // Everything was checked: from here it must succeed.
  await Promise.all([
    insertTransfers(tx, book.transfers, book.now),
    fresh.length > 0 && tx.query(INSERT_LOTS, lotColumns(fresh)),
    known.length > 0 && tx.query(UPDATE_LOTS, lotColumns(known)),
    changed.length > 0 && tx.query(UPDATE_ACCOUNTS, accountColumns(changed)),
  ])
}

/** For `merge.ts`, whose transfers are no book's. */
export async function insertTransfers<Why>(
  tx: Transaction,
  transfers: readonly Transfer<Why>[],
  now: EpochMs,
): Promise<void> {
  if (transfers.length > 0) await tx.query(INSERT_TRANSFERS, transferColumns(transfers, instant(now)))
}

function isChanged({ balances, carry, stored }: BookAccount): boolean {
  return carry !== stored.carry || differ(balances, stored.balances)
}

type LotRow = BookAccount['key'] & Lot & { isNew: boolean }

function changedLots({ key, lots, known }: BookAccount): LotRow[] {
  return [...lots.values()].flatMap((lot) => {
    const before = known.get(lot.id)
    const changed = lot !== before && (!before || differ(lot, before))
    return changed ? [{ ...key, ...lot, isNew: !before }] : []
  })
}

function differ<T extends object>(a: T, b: T): boolean {
  for (const key in a) if (a[key] !== b[key]) return true
  return false
}

function transferColumns<Why>(transfers: readonly Transfer<Why>[], now: string): unknown[] {
  return [
    plainArray(transfers.map((transfer) => transfer.businessId)),
    plainArray(transfers.map((transfer) => transfer.id)),
    plainArray(transfers.map((transfer) => transfer.customerId)),
    plainArray(transfers.map((transfer) => transfer.programId)),
    plainArray(transfers.map((transfer) => transfer.kind)),
    plainArray(transfers.map((transfer) => transfer.debit)),
    plainArray(transfers.map((transfer) => transfer.credit)),
    plainArray(transfers.map((transfer) => transfer.units)),
    plainArray(transfers.map((transfer) => transfer.sourceId)),
    // An array of arrays cannot be unnested into arrays of different lengths; text that looks like
    // one can.
    transfers.map((transfer) => (isPlain(transfer) ? null : `{${transfer.lots.map((one) => one.lotId)}}`)),
    transfers.map((transfer) => (isPlain(transfer) ? null : `{${transfer.lots.map((one) => one.units)}}`)),
    plainArray(transfers.map((transfer) => transfer.balance)),
    transfers.map((transfer) => json(transfer.why)),
    plainArray(transfers.map((transfer) => instant(transfer.occurredAt))),
    now,
  ]
}

/**
 * All units, and the one lot under the source's own id: what most sales are, and what needs no
 * words.
 */
function isPlain({ lots, sourceId, units }: Transfer<unknown>): boolean {
  return lots.length === 1 && lots[0]?.lotId === sourceId && lots[0].units === units
}

const INSERT_TRANSFERS: Statement = {
  name: 'insert_transfers',
  text: `
insert into transfers (business_id, id, customer_id, program_id, kind, debit, credit, units, source_id, lots, lot_units, balance,
  why, occurred_at, created_at)
select business_id, id, customer_id, program_id, kind, debit, credit, units, source_id, lots::uuid[], lot_units::bigint[],
  balance, why, occurred_at, $15::timestamptz
from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::uuid[],
  $10::text[], $11::text[], $12::bigint[], $13::json[], $14::timestamptz[])
  as t (business_id, id, customer_id, program_id, kind, debit, credit, units, source_id, lots, lot_units, balance, why, occurred_at)`,
}

function lotColumns(lots: readonly LotRow[]): unknown[] {
  return [
    plainArray(lots.map((lot) => lot.businessId)),
    plainArray(lots.map((lot) => lot.customerId)),
    plainArray(lots.map((lot) => lot.programId)),
    plainArray(lots.map((lot) => lot.id)),
    plainArray(lots.map((lot) => lot.version)),
    plainArray(lots.map((lot) => lot.granted)),
    plainArray(lots.map((lot) => lot.remaining)),
    plainArray(lots.map((lot) => lot.expired)),
    plainArray(lots.map((lot) => (lot.writtenOff === 0 ? null : lot.writtenOff))),
    plainArray(lots.map((lot) => lot.pending)),
    plainArray(lots.map((lot) => lot.businessDate)),
    plainArray(lots.map((lot) => instant(lot.occurredAt))),
    plainArray(lots.map((lot) => instant(lot.availableAt))),
    plainArray(lots.map((lot) => instant(lot.expiresAt))),
    plainArray(lots.map((lot) => lot.slidingDays)),
  ]
}

/**
 * A new lot is one that was asked for under the lock and was not there, so there is no conflict to
 * look for.
 */
const INSERT_LOT_ROWS = `
insert into lots (business_id, customer_id, program_id, id, version, granted, remaining, expired, written_off, pending,
  business_date, occurred_at, available_at, expires_at, sliding_days)
select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::integer[], $6::bigint[], $7::bigint[], $8::bigint[],
  $9::bigint[], $10::boolean[], $11::date[], $12::timestamptz[], $13::timestamptz[], $14::timestamptz[], $15::integer[])`

const INSERT_LOTS: Statement = { name: 'insert_lots', text: INSERT_LOT_ROWS }

/**
 * Written as an insertion that meets the row: so it is found by the key, however the statement was
 * planned.
 */
const UPDATE_LOTS: Statement = {
  name: 'update_lots',
  text: `${INSERT_LOT_ROWS}
on conflict (business_id, customer_id, program_id, id) do update set granted = excluded.granted,
  remaining = excluded.remaining, expired = excluded.expired, written_off = excluded.written_off, pending = excluded.pending,
  version = excluded.version, business_date = excluded.business_date, occurred_at = excluded.occurred_at,
  available_at = excluded.available_at, expires_at = excluded.expires_at, sliding_days = excluded.sliding_days`,
}

function accountColumns(accounts: readonly BookAccount[]): unknown[] {
  return [
    plainArray(accounts.map(({ key }) => key.businessId)),
    plainArray(accounts.map(({ key }) => key.customerId)),
    plainArray(accounts.map(({ key }) => key.programId)),
    plainArray(accounts.map(({ balances }) => balances.available)),
    plainArray(accounts.map(({ balances }) => balances.pending)),
    plainArray(accounts.map(({ balances }) => balances.held)),
    plainArray(accounts.map(({ balances }) => balances.issued)),
    plainArray(accounts.map(({ balances }) => balances.redeemed)),
    plainArray(accounts.map(({ balances }) => balances.expired)),
    plainArray(accounts.map(({ balances }) => balances.adjusted)),
    plainArray(accounts.map(({ balances }) => balances.written_off)),
    accounts.map(({ carry }) => carry),
  ]
}

const UPDATE_ACCOUNTS: Statement = {
  name: 'update_accounts',
  text: `
update accounts a
set available = n.available, pending = n.pending, held = n.held, issued = n.issued, redeemed = n.redeemed,
  expired = n.expired, adjusted = n.adjusted, written_off = n.written_off, carry = n.carry
from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
  $9::bigint[], $10::bigint[], $11::bigint[], $12::text[])
  as n (business_id, customer_id, program_id, available, pending, held, issued, redeemed, expired, adjusted, written_off, carry)
where a.business_id = n.business_id and a.customer_id = n.customer_id and a.program_id = n.program_id`,
}
