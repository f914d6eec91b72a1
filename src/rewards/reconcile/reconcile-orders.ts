// Reconciles orders with the claims that they concern: void, return, correction and codes that
// arrive only with the order.
import type { Actor } from '../../../contract/actor.ts'
import type { BusinessLock } from '../../db/business-lock.ts'
import type { Transaction } from '../../db/database.ts'
import { must } from '../../kernel/assert.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Ids, Uuid } from '../../kernel/ids.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import type { BusinessPrograms } from '../../programs/store.ts'
import type { Claim } from '../claims/claim.ts'
import { commitClaims, type OpenClaims, openClaims } from '../claims/claim-ledger.ts'
import { saveClaims } from '../claims/save-claims.ts'
import { acceptCodes } from './accept-codes.ts'
import {
  claimsOnlyInOrders,
  claimsToOpen,
  decideOrders,
  type OrderFacts,
  type ReconciledOrder,
} from './decide-orders.ts'
import { loadLimitFacts } from './load-limit-facts.ts'

export interface ReconcileDeps {
  programs: ReadonlyMap<Uuid, BusinessPrograms>
  now: EpochMs
  ids: Ids
  /** Null where each order is the work of its POS. */
  actor: Actor | null
  /** Claims that have changed already, as they are stored: they are saved even if no units move. */
  before?: ReadonlyMap<Uuid, Claim>
}

/**
 * Load, decide, write. `contexts` and `claims`: what `loadClaims` returned. The businesses are
 * locked. Returns the result of each order, and whether units may have moved: then balances that
 * were read earlier are out of date. Call it before the orders are posted: what is restored must be
 * in the balance when earnings are deducted.
 */
export async function reconcileOrders(
  tx: Transaction,
  lock: BusinessLock,
  contexts: readonly RedemptionContext[],
  claims: readonly Claim[],
  { programs, now, ids, actor, before }: ReconcileDeps,
): Promise<{ orders: Map<Uuid, ReconciledOrder>; mayHaveMovedUnits: boolean }> {
  const orders = new Map<Uuid, ReconciledOrder>()
  const limitFacts = await loadLimitFacts(tx, claimsOnlyInOrders(contexts, claims))
  for (const [businessId, own] of Map.groupBy(contexts, (context) => context.businessId)) {
    const theirs = claims.filter((claim) => claim.businessId === businessId)
    const facts: OrderFacts = { contexts: own, claims: theirs, limitFacts, now }
    const toOpen = claimsToOpen(facts)
    const business = must(programs.get(businessId), 'the business')
    const open = toOpen.length > 0 ? await openClaims(tx, lock, business, toOpen, { now, ids, actor }) : null
    const decisions = decideOrders(facts, open)
    await write(tx, lock, open, decisions.claims, before)
    for (const [orderId, order] of decisions.orders) orders.set(orderId, order)
  }
  return { orders, mayHaveMovedUnits: claims.length > 0 }
}

async function write(
  tx: Transaction,
  lock: BusinessLock,
  open: OpenClaims | null,
  claims: readonly { before: Claim; after: Claim }[],
  stored: ReadonlyMap<Uuid, Claim> | undefined,
): Promise<void> {
  const changes = claims
    .map(({ before, after }) => ({ before: stored?.get(before.id) ?? before, after }))
    .filter(({ before, after }) => before !== after)
  await Promise.all([open && commitClaims(tx, open), changes.length > 0 && saveClaims(tx, lock, changes)])
}

/**
 * The orders with the codes that are accepted, and the claims that they concern: `redeemed` for
 * them, and those whose codes they name.
 */
export async function loadClaims(
  tx: Transaction,
  contexts: readonly RedemptionContext[],
  redeemed: readonly Claim[],
  now: EpochMs,
): Promise<{ contexts: RedemptionContext[]; claims: Claim[] }> {
  const accepted = await acceptCodes(tx, contexts, redeemed, now)
  const claims = new Map([...redeemed, ...accepted.claims].map((claim) => [claim.id, claim]))
  return { contexts: accepted.contexts, claims: [...claims.values()] }
}
