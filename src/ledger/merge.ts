// Merges the accounts of one customer into those of another. Both histories stay unchanged, and each
// shows what moved.
import type { Actor } from '../../contract/actor.ts'
import type { BusinessLock } from '../db/business-lock.ts'
import type { Statement, Transaction } from '../db/database.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { add, formatRational, parseRational } from '../kernel/rational.ts'
import { type AccountKey, type AccountName, debtOf, lockAccounts } from './accounts.ts'
import { Book, type BookAccount, type OwnReasons } from './book.ts'
import { commit, insertTransfers } from './commit.ts'
import { type LotUnits, loadLots } from './lots.ts'
import { releaseAndExpire } from './time.ts'
import type { Transfer } from './transfers.ts'

export interface Merge<Why> {
  businessId: Uuid
  from: Uuid
  into: Uuid
  /** The source of the transfers of the merge. */
  sourceId: Uuid
  /** The reason why `units` (signed) entered or left the account of a customer. */
  why(side: 'from' | 'into', units: number, programId: Uuid): Why
}

/**
 * Moves every balance and lot of `from` to `into`. Lots keep their id, terms and expiry, so later
 * postings for their sources find them. Each program gets pairs of opposite transfers: their sum
 * over both customers is 0, so the accounts of `into` are the sum of all transfers of both. The
 * debt of one customer is repaid from the lots of the other; the transfer that takes units out of
 * that account names these lots. Returns the accounts that changed. The caller holds the business
 * lock.
 */
export async function mergeAccounts<Why>(
  tx: Transaction,
  lock: BusinessLock,
  merge: Merge<Why>,
  options: { now: EpochMs; ids: Ids; reasons: OwnReasons<Why>; actor: Actor },
): Promise<AccountKey[]> {
  const { businessId, from, into } = merge
  const programs = await tx.query<{ programId: Uuid }>(PROGRAMS, [businessId, from])
  if (programs.length === 0) return []
  const pairs = programs.map(({ programId }) => ({
    from: { businessId, customerId: from, programId },
    into: { businessId, customerId: into, programId },
  }))
  const keys = pairs.flatMap((pair) => [pair.from, pair.into])
  const accounts = await lockAccounts(tx, keys, options.now)
  const book = new Book<Why>(accounts.values(), options)
  book.admit(await loadLots(tx, { own: [], open: keys }))
  for (const key of keys) releaseAndExpire(book, key)
  await commit(tx, lock, book)
  const transfers: Transfer<Why>[] = []
  const repaid: (LotUnits & AccountKey)[] = []
  const sums = pairs.map((pair) => {
    const sides = { from: book.account(pair.from), into: book.account(pair.into) }
    const holder = sides.from.balances.available < 0 ? sides.into : sides.from
    const lots = lotsThatRepay(book, holder, holder === sides.from ? sides.into : sides.from)
    repaid.push(...lots.map((lot) => ({ ...lot, ...holder.key })))
    transfers.push(...transfersOf(merge, sides, lots, options))
    return carried(sides.from.carry, sides.into.carry)
  })
  await Promise.all([
    insertTransfers(tx, lock, transfers, options),
    repaid.length > 0 &&
      tx.query(TAKE_FROM_LOTS, [
        businessId,
        repaid.map((lot) => lot.customerId),
        repaid.map((lot) => lot.programId),
        repaid.map((lot) => lot.lotId),
        repaid.map((lot) => lot.units),
      ]),
    tx.query(JOIN_LOTS, [businessId, from, into]),
    tx.query(DROP_JOINED_LOTS, [businessId, from, into]),
    tx.query(MOVE_LOTS, [businessId, from, into]),
    tx.query(ADD_ACCOUNTS, [businessId, from, into, pairs.map((pair) => pair.from.programId), sums]),
    tx.query('delete from accounts where business_id = $1 and customer_id = $2', [businessId, from]),
  ])
  return pairs.map((pair) => pair.into)
}

/** The units of the lots of `holding` that repay the debt of `owing`. */
function lotsThatRepay<Why>(book: Book<Why>, holding: BookAccount, owing: BookAccount): LotUnits[] {
  const units = Math.min(debtOf(owing.balances), Math.max(0, holding.balances.available))
  return units > 0 ? book.take(holding, units) : []
}

const OWN: readonly AccountName[] = ['available', 'pending', 'held']

/** One pair for each of the customer's three accounts that is not 0; the available one first. */
function transfersOf<Why>(
  { sourceId, why }: Merge<Why>,
  { from, into }: { from: BookAccount; into: BookAccount },
  lots: readonly LotUnits[],
  { now, ids }: { now: EpochMs; ids: Ids },
): Transfer<Why>[] {
  const balance = from.balances.available + into.balances.available
  return OWN.flatMap((name) => {
    const units = from.balances[name]
    if (units === 0) return []
    const taken = name === 'available' ? lots : []
    const one = (account: BookAccount, change: number, after: number, side: 'from' | 'into'): Transfer<Why> => ({
      ...account.key,
      id: ids.next(),
      kind: 'merge',
      debit: change < 0 ? name : 'adjusted',
      credit: change < 0 ? 'adjusted' : name,
      units: Math.abs(change),
      sourceId,
      // Lots move with the account and are not named, except those that repay a debt.
      lots: change < 0 ? taken : [],
      balance: after,
      pending: account.balances.pending,
      why: why(side, change, account.key.programId),
      occurredAt: now,
    })
    return [one(from, -units, 0, 'from'), one(into, units, balance, 'into')]
  })
}

function carried(a: string | null, b: string | null): string | null {
  if (a === null && b === null) return null
  const sum = add(parseRational(a ?? '0'), parseRational(b ?? '0'))
  return sum.num === 0n ? null : formatRational(sum)
}

/** The number of lots of a customer, at most `most`. */
export async function countLots(tx: Transaction, businessId: Uuid, customerId: Uuid, most: number): Promise<number> {
  const [row] = await tx.query<{ n: number }>(COUNT_LOTS, [businessId, customerId, most])
  return row?.n ?? 0
}

const COUNT_LOTS: Statement = {
  name: 'merge_count_lots',
  text: 'select count(*) as n from (select from lots where business_id = $1 and customer_id = $2 limit $3) as part',
}

const PROGRAMS: Statement = {
  name: 'merge_programs',
  text: 'select program_id as "programId" from accounts where business_id = $1 and customer_id = $2 order by program_id',
}

const TAKE_FROM_LOTS: Statement = {
  name: 'merge_take_from_lots',
  text: `
update lots l set remaining = l.remaining - k.units
from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[]) as k (customer_id, program_id, id, units)
where l.business_id = $1 and l.customer_id = k.customer_id and l.program_id = k.program_id and l.id = k.id`,
}

/**
 * Both customers have a lot of the same sale when it was credited to one after the other. The lot
 * with more granted units determines the terms.
 */
const JOIN_LOTS: Statement = {
  name: 'merge_join_lots',
  text: `
update lots i set granted = i.granted + f.granted, remaining = i.remaining + f.remaining, expired = i.expired + f.expired,
  written_off = nullif(coalesce(i.written_off, 0) + coalesce(f.written_off, 0), 0),
  pending = case when f.granted > i.granted then f.pending else i.pending end,
  version = case when f.granted > i.granted then f.version else i.version end,
  business_date = case when f.granted > i.granted then f.business_date else i.business_date end,
  occurred_at = case when f.granted > i.granted then f.occurred_at else i.occurred_at end,
  available_at = case when f.granted > i.granted then f.available_at else i.available_at end,
  expires_at = case when f.granted > i.granted then f.expires_at else i.expires_at end,
  sliding_days = case when f.granted > i.granted then f.sliding_days else i.sliding_days end
from lots f
where f.business_id = $1 and f.customer_id = $2 and i.business_id = $1 and i.customer_id = $3
  and i.program_id = f.program_id and i.id = f.id`,
}

const DROP_JOINED_LOTS: Statement = {
  name: 'merge_drop_joined_lots',
  text: `
delete from lots f using lots i
where f.business_id = $1 and f.customer_id = $2 and i.business_id = $1 and i.customer_id = $3
  and i.program_id = f.program_id and i.id = f.id`,
}

const MOVE_LOTS: Statement = {
  name: 'merge_move_lots',
  text: 'update lots set customer_id = $3 where business_id = $1 and customer_id = $2',
}

const ADD_ACCOUNTS: Statement = {
  name: 'merge_add_accounts',
  text: `
update accounts i set available = i.available + f.available, pending = i.pending + f.pending, held = i.held + f.held,
  issued = i.issued + f.issued, redeemed = i.redeemed + f.redeemed, expired = i.expired + f.expired,
  adjusted = i.adjusted + f.adjusted, written_off = i.written_off + f.written_off, carry = k.carry
from accounts f, unnest($4::uuid[], $5::text[]) as k (program_id, carry)
where f.business_id = $1 and f.customer_id = $2 and i.business_id = $1 and i.customer_id = $3
  and f.program_id = k.program_id and i.program_id = k.program_id`,
}
