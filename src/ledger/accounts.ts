// Accounts: the balances of a customer in a program. Missing accounts are created, and all are
// locked in the same order.
import type { Statement, Transaction } from '../db/database.ts'
import { LostRace } from '../db/errors.ts'
import { instant, plainArray } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

/** Identifies the account of one customer in one program of one business. */
export interface AccountKey {
  readonly businessId: Uuid
  readonly customerId: Uuid
  readonly programId: Uuid
}

/** The three accounts of the customer, then the five system accounts. */
export type AccountName =
  | 'available'
  | 'pending'
  | 'held'
  | 'issued'
  | 'redeemed'
  | 'expired'
  | 'adjusted'
  | 'written_off'

/** Credits minus debits, in units. The eight sum to 0. */
export type Balances = Record<AccountName, number>

/** The units that the customer owes because they were reversed after they had been spent. */
export function debtOf({ available }: Pick<Balances, 'available'>): number {
  return Math.max(0, -available)
}

/** A locked row of `accounts`. */
export interface Account extends AccountKey {
  readonly balances: Balances
  /** The fraction of a unit that is carried over to the next order; null in programs that do not carry over. */
  readonly carry: string | null
}

/**
 * Locks these accounts until the end of the transaction, creates missing ones, and returns them by
 * `accountId`. Accounts in `locked` are taken from there; accounts in `ifExists` are not created.
 * Lots and transfers that are read after this call, or concurrently with it, do not change until the
 * commit. Throws LostRace when another transaction created an account meanwhile, because concurrent
 * reads then preceded the lock.
 */
export async function lockAccounts(
  tx: Transaction,
  keys: readonly AccountKey[],
  now: EpochMs,
  locked: ReadonlyMap<string, Account> = new Map(),
  ifExists: readonly AccountKey[] = [],
): Promise<Map<string, Account>> {
  const accounts = new Map<string, Account>()
  const wanted: AccountKey[] = []
  const all = ifExists.length === 0 ? keys : [...keys, ...ifExists]
  for (const key of distinct(all)) {
    const id = accountId(key)
    const known = locked.get(id)
    if (known) accounts.set(id, known)
    else wanted.push(key)
  }
  if (wanted.length === 0) return accounts
  const rows = await tx.query<AccountRow>(LOCK_ACCOUNTS, keyColumns(wanted))
  if (rows.length < wanted.length) {
    const missing = without(ifExists.length === 0 ? wanted : without(distinct(keys), accounts.values()), rows)
    if (missing.length > 0) rows.push(...(await createAccounts(tx, missing, now)))
  }
  for (const row of rows) accounts.set(accountId(row), readAccount(row))
  return accounts
}

/**
 * Creates missing accounts, because a missing row cannot be locked. They are created in sorted
 * order, so that transactions that create the same accounts wait for each other. A transaction that
 * finds that an account was created meanwhile throws LostRace and starts again without locks.
 */
async function createAccounts(tx: Transaction, missing: readonly AccountKey[], now: EpochMs): Promise<AccountRow[]> {
  const created = await tx.query<AccountRow>(CREATE_MISSING_ACCOUNTS, [...keyColumns(missing), instant(now)])
  if (created.length < missing.length) throw new LostRace('another transaction created the account')
  return created
}

function without(wanted: readonly AccountKey[], found: Iterable<AccountKey>): AccountKey[] {
  const known = new Set(Array.from(found, accountId))
  return wanted.filter((key) => !known.has(accountId(key)))
}

/** The key as a string. */
export function accountId({ businessId, customerId, programId }: AccountKey): string {
  return `${businessId}/${customerId}/${programId}`
}

export function distinct(keys: readonly AccountKey[]): AccountKey[] {
  return [...new Map(keys.map((key) => [accountId(key), key])).values()]
}

/** The three array parameters that identify accounts in statements. */
export function keyColumns(keys: readonly AccountKey[]): [string, string, string] {
  return [
    plainArray(keys.map((key) => key.businessId)),
    plainArray(keys.map((key) => key.customerId)),
    plainArray(keys.map((key) => key.programId)),
  ]
}

/** The columns of `accounts a` that readAccount needs. */
export const ACCOUNT_COLUMNS = `
  a.business_id as "businessId", a.customer_id as "customerId", a.program_id as "programId", a.available, a.pending,
  a.held, a.issued, a.redeemed, a.expired, a.adjusted, a.written_off, a.carry`

const CREATE_MISSING_ACCOUNTS: Statement = {
  name: 'make_missing_accounts',
  text: `
insert into accounts as a (business_id, customer_id, program_id, created_at)
select k.business_id, k.customer_id, k.program_id, $4::timestamptz
from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as k (business_id, customer_id, program_id)
order by k.business_id, k.customer_id, k.program_id
on conflict do nothing
returning ${ACCOUNT_COLUMNS}`,
}

const LOCK_ACCOUNTS: Statement = {
  name: 'lock_accounts',
  text: `
select ${ACCOUNT_COLUMNS}
from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as k (business_id, customer_id, program_id)
join accounts a on a.business_id = k.business_id and a.customer_id = k.customer_id and a.program_id = k.program_id
order by a.business_id, a.customer_id, a.program_id
for no key update of a`,
}

export type AccountRow = AccountKey & Balances & { carry: string | null }

export function readAccount({ businessId, customerId, programId, carry, ...balances }: AccountRow): Account {
  return { businessId, customerId, programId, carry, balances }
}
