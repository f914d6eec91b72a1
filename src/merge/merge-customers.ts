// Merges two customers of a business: accounts, lots, cards, subscriptions, claims and orders of
// one become the other's, at once.
import { MAX_MERGED, mergedInto, storeMergedCustomer } from '../customers/merged.ts'
import { formerPhones, MAX_FORMER_PHONES } from '../customers/phones.ts'
import { holdCustomer } from '../customers/store.ts'
import type { BusinessLock } from '../db/business-lock.ts'
import type { Transaction, WriteTransaction } from '../db/database.ts'
import { salesChangedByMerge } from '../earning/known-facts.ts'
import { type ReassessDeps, reassessSales } from '../earning/reassess.ts'
import { restackPlans } from '../earning/restack-plans.ts'
import { slideAccounts } from '../earning/slide-account.ts'
import { deletePassword } from '../identity/passwords.ts'
import { movePosCustomer } from '../installations/move-customer.ts'
import { formatId, type Uuid } from '../kernel/ids.ts'
import { countLots, mergeAccounts } from '../ledger/merge.ts'
import { countOrders, moveOrders } from '../orders/move-orders.ts'
import { countHoldings, moveHoldings, refillCards } from '../programs/move-holdings.ts'
import { ledgerReasons } from '../programs/reasons.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import type { Why } from '../programs/why.ts'
import { countClaims, reassignClaims } from '../rewards/claims/move-claims.ts'

/**
 * The most orders, lots, claims, and cards and subscriptions that a customer may have who is merged
 * into another one.
 */
export const MOST_MOVED = 10_000

export type MergeOutcome =
  | { kind: 'not_found'; customerId: Uuid }
  | { kind: 'same' | 'too_large' | 'too_many' | 'merged' }

export interface MergeInput {
  from: Uuid
  into: Uuid
  /** As entered; it is stored with each movement. */
  reason: string
}

/**
 * Afterwards everything is as if it had always been of `into`: what the orders of `from` earned,
 * with its expiry; what is held for open codes; and later orders that name the number of `from`. A
 * sale that is no longer a first order gives its bonus back. The work is bounded, so it is one
 * transaction. In order of precedence: same, not_found, too_large, too_many (numbers or merges of
 * one customer), merged.
 */
export async function mergeCustomers(
  tx: WriteTransaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  { from, into, reason }: MergeInput,
  deps: ReassessDeps,
): Promise<MergeOutcome> {
  const { businessId } = programs
  if (from === into) return { kind: 'same' }
  for (const customerId of [from, into]) {
    if (!(await holdCustomer(tx, businessId, customerId))) return { kind: 'not_found', customerId }
  }
  await tx.query('select from customers where business_id = $1 and id = any ($2::uuid[]) order by id for update', [
    businessId,
    [from, into],
  ])
  if (await isTooLarge(tx, businessId, from)) return { kind: 'too_large' }
  if (await areTooMany(tx, businessId, from, into)) return { kind: 'too_many' }
  const { now, ids } = deps
  // Of two first orders one stays the first.
  const changed = await salesChangedByMerge(tx, programs, [from, into])
  const why = (side: 'from' | 'into', u: number): Why =>
    side === 'from'
      ? { t: 'merge', u, into: formatId('customer', into), note: reason }
      : { t: 'merge', u, from: formatId('customer', from), note: reason }
  const move = { businessId, from, into }
  const accounts = await mergeAccounts<Why>(
    tx,
    lock,
    { ...move, sourceId: ids.next(), why },
    { now, ids, actor: tx.actor, reasons: ledgerReasons(() => programs.business.timezone) },
  )
  const cards = await moveHoldings(tx, lock, move)
  await Promise.all([
    reassignClaims(tx, lock, move, cards),
    moveOrders(tx, lock, move),
    movePosCustomer(tx, lock, move),
    deletePassword(tx, businessId, from),
    storeMergedCustomer(tx, lock, { ...move, reason }, now),
  ])
  await slideAccounts(tx, lock, programs, { businessId, customerId: into }, deps)
  await refillCards(tx, lock, programs, accounts, deps)
  await restackPlans(tx, lock, programs, accounts, deps)
  await reassessSales(tx, lock, programs, changed, deps)
  return { kind: 'merged' }
}

async function isTooLarge(tx: Transaction, businessId: Uuid, customerId: Uuid): Promise<boolean> {
  const most = MOST_MOVED + 1
  const counts = [
    await countOrders(tx, businessId, customerId, most),
    await countLots(tx, businessId, customerId, most),
    await countClaims(tx, businessId, customerId, most),
    await countHoldings(tx, businessId, customerId, most),
  ]
  return counts.some((count) => count > MOST_MOVED)
}

async function areTooMany(tx: Transaction, businessId: Uuid, from: Uuid, into: Uuid): Promise<boolean> {
  const [phones, merged] = await Promise.all([
    Promise.all([from, into].map((id) => formerPhones(tx, businessId, id))),
    Promise.all([from, into].map((id) => mergedInto(tx, businessId, id))),
  ])
  return phones.flat().length + 1 > MAX_FORMER_PHONES || merged.flat().length + 1 > MAX_MERGED
}
