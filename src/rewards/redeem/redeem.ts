// Redeems a code at the till: the discount was given for an order that may or may not have arrived.
import type { Actor } from '../../../contract/actor.ts'
import type { Connected } from '../../businesses/connection-cache.ts'
import { type BusinessLock, lockAndRead } from '../../db/business-lock.ts'
import type { Database, Transaction } from '../../db/database.ts'
import { toMinor } from '../../integrations/toolkit/amounts.ts'
import { must } from '../../kernel/assert.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Ids } from '../../kernel/ids.ts'
import { currencyDigits } from '../../kernel/money.ts'
import { orderId } from '../../orders/identity.ts'
import { type BusinessPrograms, loadPrograms, type ProgramCache } from '../../programs/store.ts'
import type { Claim } from '../claims/claim.ts'
import { commitClaims, openClaims, spendUnits } from '../claims/claim-ledger.ts'
import { saveClaims } from '../claims/save-claims.ts'
import { loadStoredContext, reconcileStoredOrder } from '../reconcile/reconcile-stored-orders.ts'
import { allowedProducts, loadGoods } from './allowed-products.ts'
import {
  decideRedemption,
  type OrderRefusal,
  type RedemptionDecision,
  type RedemptionFacts,
  type UseRefusal,
} from './decide.ts'
import { type CodeNotFound, type FoundCode, findCode } from './find-code.ts'
import { loadHolder, loadOrder, loadUseFacts, type StoredOrder } from './load-facts.ts'
import type { RedeemRequest, Till } from './request.ts'

/** `products`: those that the reward allows; null if it allows any. */
export type RedeemOutcome =
  | CodeNotFound
  | UseRefusal
  | OrderRefusal
  | { kind: 'redeemed'; claim: Claim; products: string[] | null }

interface Deps {
  db: Database
  programs: ProgramCache
  ids: Ids
}

/**
 * A code is redeemed for one order, once: a second request for the same order gets the first
 * response, one for another order `reward_used`. In order of precedence: too_many_attempts,
 * reward_not_found, redeemed (same order), `UseRefusal`, `OrderRefusal`, redeemed. If the order has
 * arrived already, it is reconciled with the redemption at once.
 */
export function redeemCode(
  { db, programs: cache, ids }: Deps,
  till: Till,
  business: Connected,
  request: RedeemRequest,
  now: EpochMs,
): Promise<RedeemOutcome> {
  const { businessId } = business
  const namedId = orderId(businessId, till.posName, request.posOrderId)
  const actor: Actor = `pos:${till.posName}`
  return db.write(actor, async (tx) => {
    // One round trip. Orders, jobs and other redemptions of the business wait for the lock.
    const read = await lockAndRead(tx, [businessId], (requested) =>
      Promise.all([findCode(tx, till, business, request, now), loadOrder(tx, requested, businessId, namedId)]),
    )
    const { lock } = read
    const [found, named] = read.found
    if (found.kind !== 'found') return found
    const loadBusiness = async () =>
      must((await loadPrograms(tx, lock.businesses, cache)).get(businessId), 'the business')
    const { facts, programs } = await loadFacts(tx, lock, { till, business, request, now, found, named, loadBusiness })
    const discount = toMinor(request.discount, currencyDigits(business.currency))
    const decision = decideRedemption(facts, till, { ...request, discount }, now)
    return write(tx, lock, facts, decision, { programs, now, ids, actor })
  })
}

interface LoadInput {
  till: Till
  business: Connected
  request: RedeemRequest
  now: EpochMs
  found: Extract<FoundCode, { kind: 'found' }>
  named: StoredOrder
  loadBusiness: () => Promise<BusinessPrograms>
}

async function loadFacts(
  tx: Transaction,
  lock: BusinessLock,
  { till, business, request, now, found, named, loadBusiness }: LoadInput,
): Promise<{ facts: RedemptionFacts; programs: BusinessPrograms }> {
  const { claim } = found
  const { holder, joins, rows, redeemed } = await loadHolder(tx, lock, claim, named)
  const programs = await loadBusiness()
  const loadContext = loadStoredContext(tx, holder.orderId, rows, business)
  const [catalogue, use, context] = await Promise.all([
    loadGoods(tx, { businessId: business.businessId, posName: till.posName }, claim.terms, request.products),
    loadContext.then((known) => loadUseFacts(tx, found, now, { context: known, date: request.date })),
    loadContext,
  ])
  const others = redeemed.filter(({ id, status }) => id !== claim.id && status === 'redeemed')
  return { facts: { use, namedOrderId: named.id, holder, joins, context, others, catalogue }, programs }
}

/** Writes what was decided, once. */
async function write(
  tx: Transaction,
  lock: BusinessLock,
  { use: { claim }, context, catalogue }: RedemptionFacts,
  decision: RedemptionDecision,
  { programs, now, ids, actor }: { programs: BusinessPrograms; now: EpochMs; ids: Ids; actor: Actor },
): Promise<RedeemOutcome> {
  const products = allowedProducts(claim.terms, catalogue)
  switch (decision.kind) {
    case 'repeated':
      return { kind: 'redeemed', claim, products }
    case 'confirmed': {
      await saveClaims(tx, lock, [{ before: claim, after: { ...claim, redemption: decision.redemption } }])
      if (context) await reconcileStoredOrder(tx, lock, programs, context, { now, ids, actor })
      return { kind: 'redeemed', claim, products }
    }
    case 'redeemed': {
      const open = await openClaims(tx, lock, programs, [claim], { now, ids, actor })
      const spent = spendUnits(open, claim, decision.units)
      if (spent === 'card_gone') return { kind: 'reward_cancelled' }
      const redeemed: Claim = { ...spent, status: 'redeemed', redemption: decision.redemption }
      tx.deferToCommit(commitClaims(tx, open), saveClaims(tx, lock, [{ before: claim, after: redeemed }]))
      if (context) await reconcileStoredOrder(tx, lock, programs, context, { now, ids, actor })
      return { kind: 'redeemed', claim: redeemed, products }
    }
    default:
      return decision
  }
}
