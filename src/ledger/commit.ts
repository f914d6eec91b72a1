// Writes a book to the tables accounts, transfers and lots.

import type { Actor } from '../../contract/actor.ts'
import { bulk, jsonColumn, list, plain, text, timestamp } from '../db/bulk.ts'
import type { BusinessLock } from '../db/business-lock.ts'
import type { Statement, Transaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import { recordEvents } from '../events/record.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Book, BookAccount } from './book.ts'
import type { Lot } from './lots.ts'
import type { Transfer } from './transfers.ts'

/**
 * Writes the changes in a book: its transfers, and the lots and accounts that they changed. The
 * transaction is the one that locked the accounts.
 *
 * Repeating an operation moves nothing, because a posting compares its target with the granted
 * units under the lock. Writing the same book twice fails on the primary key of transfers.
 */
export async function commit<Why>(tx: Transaction, lock: BusinessLock, book: Book<Why>): Promise<void> {
  const accounts = [...book.accounts()]
  for (const account of accounts) book.assertSound(account)
  const changed = accounts.filter(isChanged)
  const lots = accounts.flatMap(changedLots)
  const fresh = lots.filter((lot) => lot.isNew)
  const known = lots.filter((lot) => !lot.isNew)
  // Everything is checked before the first write.
  await Promise.all([
    insertTransfers(tx, lock, book.transfers, book),
    fresh.length > 0 && tx.query(INSERT_LOTS, LOTS.parameters(fresh)),
    known.length > 0 && tx.query(UPDATE_LOTS, LOTS.parameters(known)),
    changed.length > 0 && tx.query(UPDATE_ACCOUNTS, ACCOUNTS.parameters(changed)),
  ])
}

/** Exported for `merge.ts`, whose transfers do not come from a book. */
export async function insertTransfers<Why>(
  tx: Transaction,
  lock: BusinessLock,
  transfers: readonly Transfer<Why>[],
  { now, actor }: { now: EpochMs; actor: Actor | null },
): Promise<void> {
  if (transfers.length === 0) return
  recordEvents(tx, lock, transfers, (transfer) => {
    const { id, customerId, programId, kind, debit, credit, units, balance, occurredAt } = transfer
    const account = { customer_id: customerId, program_id: programId }
    const data = { ...account, kind, debit, credit, units, balance, occurred_at: occurredAt }
    return { type: 'movement.created', at: now, actor, subject: id, data }
  })
  await tx.query(INSERT_TRANSFERS, TRANSFERS.parameters(transfers, instant(now), actor))
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

/** The declared order is the column order in the statements. */
const TRANSFERS = bulk<Transfer<unknown>>(
  'transfers',
  {
    business_id: plain('uuid', (transfer) => transfer.businessId),
    id: plain('uuid', (transfer) => transfer.id),
    customer_id: plain('uuid', (transfer) => transfer.customerId),
    program_id: plain('uuid', (transfer) => transfer.programId),
    kind: plain('text', (transfer) => transfer.kind),
    debit: plain('text', (transfer) => transfer.debit),
    credit: plain('text', (transfer) => transfer.credit),
    units: plain('bigint', (transfer) => transfer.units),
    source_id: plain('uuid', (transfer) => transfer.sourceId),
    lots: list('uuid', (transfer) => (isPlain(transfer) ? null : transfer.lots.map((one) => one.lotId))),
    lot_units: list('bigint', (transfer) => (isPlain(transfer) ? null : transfer.lots.map((one) => one.units))),
    balance: plain('bigint', (transfer) => transfer.balance),
    why: jsonColumn('json', (transfer) => transfer.why),
    occurred_at: timestamp((transfer) => transfer.occurredAt),
  },
  { created_at: 'timestamptz', actor: 'text' },
)

const INSERT_TRANSFERS: Statement = { name: 'insert_transfers', text: TRANSFERS.insert }

/**
 * Whether the transfer moves all its units in the one lot with the source's id. Then the lots are
 * not stored; most transfers are of this form.
 */
function isPlain({ lots, sourceId, units }: Transfer<unknown>): boolean {
  return lots.length === 1 && lots[0]?.lotId === sourceId && lots[0].units === units
}

const LOTS = bulk<LotRow>('lots', {
  business_id: plain('uuid', (lot) => lot.businessId),
  customer_id: plain('uuid', (lot) => lot.customerId),
  program_id: plain('uuid', (lot) => lot.programId),
  id: plain('uuid', (lot) => lot.id),
  version: plain('integer', (lot) => lot.version),
  granted: plain('bigint', (lot) => lot.granted),
  remaining: plain('bigint', (lot) => lot.remaining),
  expired: plain('bigint', (lot) => lot.expired),
  written_off: plain('bigint', (lot) => (lot.writtenOff === 0 ? null : lot.writtenOff)),
  pending: plain('boolean', (lot) => lot.pending),
  business_date: plain('date', (lot) => lot.businessDate),
  occurred_at: timestamp((lot) => lot.occurredAt),
  available_at: timestamp((lot) => lot.availableAt),
  expires_at: timestamp((lot) => lot.expiresAt),
  sliding_days: plain('integer', (lot) => lot.slidingDays),
})

/** New lots were looked up under the lock and not found, so no conflict is possible. */
const INSERT_LOTS: Statement = { name: 'insert_lots', text: LOTS.insert }

/** An upsert, so that PostgreSQL finds the rows by primary key with any cached plan. */
const UPDATE_LOTS: Statement = {
  name: 'update_lots',
  text: LOTS.upsert(['business_id', 'customer_id', 'program_id', 'id']),
}

const ACCOUNTS = bulk<BookAccount>('accounts', {
  business_id: plain('uuid', ({ key }) => key.businessId),
  customer_id: plain('uuid', ({ key }) => key.customerId),
  program_id: plain('uuid', ({ key }) => key.programId),
  available: plain('bigint', ({ balances }) => balances.available),
  pending: plain('bigint', ({ balances }) => balances.pending),
  held: plain('bigint', ({ balances }) => balances.held),
  issued: plain('bigint', ({ balances }) => balances.issued),
  redeemed: plain('bigint', ({ balances }) => balances.redeemed),
  expired: plain('bigint', ({ balances }) => balances.expired),
  adjusted: plain('bigint', ({ balances }) => balances.adjusted),
  written_off: plain('bigint', ({ balances }) => balances.written_off),
  carry: text(({ carry }) => carry),
})

const UPDATE_ACCOUNTS: Statement = {
  name: 'update_accounts',
  text: ACCOUNTS.update(['business_id', 'customer_id', 'program_id']),
}
