// Redeems a code: the discount was given for an order, which may have arrived already or not yet.

import type { Connected } from '../../businesses/connection-cache.ts'
import { type BusinessLock, lockAndRead } from '../../db/business-lock.ts'
import type { Database, Transaction } from '../../db/database.ts'
import { toMinor } from '../../integrations/toolkit/amounts.ts'
import { must } from '../../kernel/assert.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Ids, Uuid } from '../../kernel/ids.ts'
import { currencyDigits, type Minor } from '../../kernel/money.ts'
import { orderId } from '../../orders/identity.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import { loadFamilies } from '../../orders/store.ts'
import { type BusinessPrograms, loadPrograms, type ProgramCache } from '../../programs/store.ts'
import type { Claim, Redemption } from '../claims/claim.ts'
import { commitClaims, openClaims, spendUnits } from '../claims/claim-ledger.ts'
import { redeemedFor, saveClaims } from '../claims/claim-store.ts'
import { addLinks, linksByCode, loadJoinGraph } from '../reconcile/join-store.ts'
import { heldBy, holderOf, type JoinGraph } from '../reconcile/joined.ts'
import { goodsFor, productsOf } from './allowed-products.ts'
import { type TooMuch, tooMuchOf } from './excess.ts'
import { type FoundCode, findCode, refuseNow, type Till } from './find-code.ts'
import { goodsOf, type Refusal } from './refusal.ts'
import type { RedeemRequest } from './request.ts'
import { setAgainstOrder, storedContext } from './stored-order.ts'

export type RedeemOutcome =
  | Exclude<FoundCode, { kind: 'found' }>
  | Refusal
  | TooMuch
  | { kind: 'order_too_small'; least: Minor }
  | { kind: 'not_combinable' }
  | { kind: 'redeemed'; claim: Claim; products: string[] | null }

interface Deps {
  db: Database
  programs: ProgramCache
  ids: Ids
}

/**
 * One code is redeemed for one order, once: whoever comes second for the same order hears the first
 * answer, and for another order `reward_used`. In order of precedence: too_many_attempts,
 * reward_not_found, redeemed (again, for the same order), what `Refusal` says, discount_too_high,
 * order_too_small, not_combinable, redeemed. Where the order is known already it is set against it
 * at once.
 */
export function redeemCode(
  { db, programs: cache, ids }: Deps,
  till: Till,
  business: Connected,
  request: RedeemRequest,
  now: EpochMs,
): Promise<RedeemOutcome> {
  const { businessId } = business
  const { posName } = till
  const named = orderId(businessId, posName, request.posOrderId)
  return db.transaction(async (tx) => {
    // Ingest of the order, the job that releases claims, and every other redemption of the business
    // wait for this lock.
    const read = () =>
      Promise.all([
        findCode(tx, till, business, request, now),
        loadFamilies(tx, [{ businessId, id: named }]),
        redeemedFor(tx, [{ businessId, id: named }]),
        loadJoinGraph(tx, businessId, [named]),
      ])
    const { lock, found: facts } = await lockAndRead(tx, [businessId], read)
    const [found, ownRows, ownOthers, joins] = facts
    if (found.kind !== 'found') return found
    const { claim } = found
    // An order that was joined into another one: that one holds what is redeemed on it.
    const graph = await joinsOf(tx, lock, claim, named, joins)
    const holder = holderOf(named, graph)
    const id = holder.orderId
    const [rows, others] =
      id === named
        ? [ownRows, ownOthers]
        : await Promise.all([loadFamilies(tx, [{ businessId, id }]), redeemedFor(tx, [{ businessId, id }])])
    const programs = must((await loadPrograms(tx, lock.businesses, cache)).get(businessId), 'the business')
    const sceneFound = storedContext(tx, id, rows, business)
    const [catalogue, { refusal, use }, scene] = await Promise.all([
      goodsFor(tx, { businessId, posName }, claim.terms, request.products),
      sceneFound.then((known) => refuseNow(tx, found, now, { scene: known, date: request.date })),
      sceneFound,
    ])
    const products = productsOf(claim.terms, catalogue)
    const discount = toMinor(request.discount, currencyDigits(business.currency))
    const beside = others.filter((other) => other.id !== claim.id && other.status === 'redeemed')
    const tooMuch = tooMuchOf(claim, { discount, products: request.products }, { scene, others: beside, catalogue })
    if (claim.redemption?.orderId === id)
      return again(tx, lock, claim, { named, scene, products, tooMuch, request, programs, now, ids })
    const misfit = refusal ?? tooMuch ?? misfitOf(claim, { scene, beside })
    if (misfit) return misfit
    const units = claim.kind === 'cashback' ? discount : claim.units
    const inHand = await openClaims(tx, lock, programs, [claim], { now, ids })
    const spent = spendUnits(inHand, claim, units)
    if (spent === 'card_gone') return { kind: 'reward_cancelled' }
    const { posOrderId, posUserId, posBranchId } = request
    const redemption: Redemption = {
      at: now,
      units,
      restored: 0,
      by: 'till',
      discount,
      products: request.products,
      orderId: named,
      posName,
      posOrderId,
      posBranchId,
      posUserId,
      usedAt: use.at,
      businessDate: scene?.businessDate ?? use.businessDate,
      outsideTerms: false,
      returned: null,
    }
    const held = heldBy(redemption, holder, graph, now)
    const redeemed: Claim = { ...spent, status: 'redeemed', redemption: held }
    tx.leave(commitClaims(tx, inHand), saveClaims(tx, lock, [{ before: claim, after: redeemed }]))
    if (scene) await setAgainstOrder(tx, lock, scene, { programs, now, ids })
    return { kind: 'redeemed', claim: redeemed, products }
  })
}

/**
 * The joins that lead on from an order, with those that only the code tells of where none by name
 * does.
 */
async function joinsOf(
  tx: Transaction,
  lock: BusinessLock,
  claim: Claim,
  named: Uuid,
  graph: JoinGraph,
): Promise<JoinGraph> {
  if (!holderOf(named, graph).waits) return graph
  const found = await linksByCode(tx, claim.businessId, [{ claim, first: named }])
  if (found.length === 0) return graph
  await addLinks(tx, lock, claim.businessId, found)
  return loadJoinGraph(tx, claim.businessId, [named])
}

interface Again {
  /** The order that the till names. */
  named: Uuid
  scene: RedemptionContext | null
  products: string[] | null
  tooMuch: TooMuch | null
  request: RedeemRequest
  programs: BusinessPrograms
  now: EpochMs
  ids: Ids
}

/**
 * The same order once more. What only the order had told is the till's word from now on; the answer
 * stays what it was. The order is looked at again: the till may name a product that has come back,
 * or stand by a code that the order has lost.
 */
async function again(tx: Transaction, lock: BusinessLock, claim: Claim, told: Again): Promise<RedeemOutcome> {
  const { named, scene, products, tooMuch, request } = told
  const redemption = must(claim.redemption, 'a redemption')
  if (redemption.by === 'till') return { kind: 'redeemed', claim, products }
  if (tooMuch) return tooMuch
  const { posOrderId, posUserId } = request
  const isJoined = named !== redemption.orderId && !redemption.firstOrder
  const confirmed: Redemption = {
    ...redemption,
    by: 'till',
    posUserId,
    products: request.products,
    ...(isJoined && { firstOrder: { id: named, posOrderId } }),
  }
  await saveClaims(tx, lock, [{ before: claim, after: { ...claim, redemption: confirmed } }])
  if (scene) await setAgainstOrder(tx, lock, scene, told)
  return { kind: 'redeemed', claim, products }
}

function misfitOf(
  { terms }: Claim,
  { scene, beside }: { scene: RedemptionContext | null; beside: readonly Claim[] },
): RedeemOutcome | null {
  const least = terms.minimum_order_amount
  if (least !== undefined && scene?.state === 'paid' && goodsOf(scene).amount < least)
    return { kind: 'order_too_small', least }
  const alone = [terms, ...beside.map((other) => other.terms)].some(({ combinable }) => combinable === false)
  return beside.length > 0 && alone ? { kind: 'not_combinable' } : null
}
