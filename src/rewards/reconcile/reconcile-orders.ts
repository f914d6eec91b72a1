// Brings the claims that some orders tell of to what the orders say: void, return, late news and
// correction are all this step.

import type { OrderFlag } from '../../../contract/order-flags.ts'
import type { BusinessLock } from '../../db/business-lock.ts'
import type { Transaction } from '../../db/database.ts'
import { must } from '../../kernel/assert.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Ids, Uuid } from '../../kernel/ids.ts'
import { type Movement, movementOf } from '../../ledger/transfers.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import type { BusinessPrograms } from '../../programs/store.ts'
import type { Why } from '../../programs/why.ts'
import { type Claim, spentUnits } from '../claims/claim.ts'
import { commitClaims, keepSpent, type OpenClaims, openClaims, spendUnits } from '../claims/claim-ledger.ts'
import { saveClaims } from '../claims/claim-store.ts'
import { isOutsideTerms, loadStandings, type Standing } from '../redeem/outside-terms.ts'
import { joinedFlags } from './joined.ts'
import { acceptCodes } from './order-codes.ts'
import { flagsOf } from './order-flags.ts'
import {
  type ClaimContext,
  decideRedemption,
  isNewsOf,
  newsOf,
  type Redeemed,
  type RedemptionDecision,
} from './reconcile.ts'
import { type ShownDiscounts, shownDiscounts } from './shown-discounts.ts'

export interface ReconciledOrder {
  /** Null when all fits. */
  flags: OrderFlag[] | null
  movements: Movement<Why>[]
}

export interface ReconciledRedemptions {
  /** By order. */
  settled: Map<Uuid, ReconciledOrder>
  /** Whether units may have moved: then balances that were read before are of no use. */
  moved: boolean
}

/**
 * Settles the redemptions of these orders and gives, by order, what does not fit and what moved.
 * `claims`: see claimsFor; `before` has those of them that are to be saved even when nothing moves,
 * as they were. Call it before the orders themselves are posted:
 * what goes back must be there when earnings are taken back.
 */
export async function reconcileRedemptions(
  tx: Transaction,
  lock: BusinessLock,
  scenes: readonly RedemptionContext[],
  claims: readonly Claim[],
  deps: { programs: ReadonlyMap<Uuid, BusinessPrograms>; now: EpochMs; ids: Ids; before?: ReadonlyMap<Uuid, Claim> },
): Promise<ReconciledRedemptions> {
  const settled = new Map<Uuid, ReconciledOrder>()
  const standings = await loadStandings(tx, toldByOrders(scenes, claims))
  for (const [businessId, own] of Map.groupBy(scenes, (scene) => scene.businessId)) {
    const theirs = claims.filter((claim) => claim.businessId === businessId)
    const programs = must(deps.programs.get(businessId), 'the business')
    for (const [orderId, result] of await settleBusiness(tx, lock, own, theirs, { ...deps, programs, standings })) {
      settled.set(orderId, result)
    }
  }
  return { settled, moved: claims.length > 0 }
}

/**
 * What these orders say of codes that is heard, and the claims that they tell of: `redeemed`, and
 * those whose codes they name.
 */
export async function claimsFor(
  tx: Transaction,
  told: readonly RedemptionContext[],
  redeemed: readonly Claim[],
  now: EpochMs,
): Promise<{ scenes: RedemptionContext[]; claims: Claim[] }> {
  const { scenes, claims: named } = await acceptCodes(tx, told, redeemed, now)
  return { scenes, claims: [...new Map([...redeemed, ...named].map((claim) => [claim.id, claim])).values()] }
}

interface Deps {
  programs: BusinessPrograms
  now: EpochMs
  ids: Ids
  standings: ReadonlyMap<Uuid, Standing>
  /** See settleRedemptions. */
  before?: ReadonlyMap<Uuid, Claim>
}

async function settleBusiness(
  tx: Transaction,
  lock: BusinessLock,
  scenes: readonly RedemptionContext[],
  claims: readonly Claim[],
  { programs, now, ids, standings, before: moved }: Deps,
): Promise<Map<Uuid, ReconciledOrder>> {
  const first = new Map(claims.map((claim) => [claim.id, claim]))
  const known = new Map(first)
  const shown = new Map(scenes.map((scene) => [scene, shownIn(scene, claims)]))
  const toldOf = (claim: Claim, scene: RedemptionContext): ClaimContext => {
    const standing = standings.get(claim.id)
    const beside = claims.filter((other) => other !== claim && isToldBy(other, scene))
    const isOutside = standing !== undefined && isOutsideTerms(claim, scene, standing, beside)
    return { shown: shown.get(scene)?.get(claim.id) ?? null, isOutside, now }
  }
  const moving = claims.filter((claim) => scenes.some((scene) => changes(claim, scene, toldOf(claim, scene))))
  const inHand = moving.length > 0 ? await openClaims(tx, lock, programs, moving, { now, ids }) : null
  const settled = new Map<Uuid, ReconciledOrder>()
  for (const scene of scenes) {
    const before = inHand?.book.transfers.length ?? 0
    let cardGone = false
    for (const { id } of inHand ? claims : []) {
      const claim = must(known.get(id), 'a claim')
      const told = toldOf(must(first.get(id), 'a claim'), scene)
      const after = inHand && concerns(claim, scene) ? settleClaim(inHand, claim, scene, told) : claim
      if (after === 'card_gone') cardGone = true
      else known.set(id, after)
    }
    const concerned = [...known.values()].filter((claim) => concerns(claim, scene))
    const flags = [
      ...flagsOf(scene, concerned, shownIn(scene, concerned)),
      ...(cardGone ? (['card_gone'] as const) : []),
      ...(scene.codesIgnored ? (['codes_ignored'] as const) : []),
      ...joinedFlags(scene, concerned),
      ...scene.ownFlags,
    ]
    const movements = inHand?.book.transfers.slice(before).map(movementOf) ?? []
    settled.set(scene.orderId, { flags: flags.length > 0 ? flags : null, movements })
  }
  const saved = claims
    .map((claim) => ({ before: moved?.get(claim.id) ?? claim, after: must(known.get(claim.id), 'a claim') }))
    .filter(({ before, after }) => before !== after)
  await Promise.all([inHand && commitClaims(tx, inHand), saved.length > 0 && saveClaims(tx, lock, saved)])
  return settled
}

/** Redeemed for this order, or named by it for its customer. */
function concerns(
  { redemption, customerId, code }: Claim,
  { orderId, customerId: buyer, codes }: RedemptionContext,
): boolean {
  return redemption?.orderId === orderId || (customerId === buyer && codes.includes(code))
}

/**
 * What the order shows for the claims that it is about: those redeemed for it, and those that it
 * redeems.
 */
export function shownIn(scene: RedemptionContext, claims: readonly Claim[]): ShownDiscounts {
  const own = claims.filter((claim) => claim.redemption?.orderId === scene.orderId || isNewsOf(claim, scene))
  if (own.length === 0) return NONE_SHOWN
  // A discount without a code is not that of a redemption which staff returned, where there is
  // another.
  const likely = own.filter(({ code, redemption }) => !redemption?.returned || scene.codes.includes(code))
  return shownDiscounts(scene, likely.length > 0 ? likely : own)
}

const NONE_SHOWN: ShownDiscounts = new Map()

/** Claims of which only an order tells, each with that order. */
function toldByOrders(
  scenes: readonly RedemptionContext[],
  claims: readonly Claim[],
): { claim: Claim; scene: RedemptionContext }[] {
  return scenes.flatMap((scene) =>
    claims.filter((claim) => isNewsOf(claim, scene) || isOfOrderAlone(claim, scene)).map((claim) => ({ claim, scene })),
  )
}

/**
 * Whether only the order tells of its redemption, also of one that was given back: it may count
 * again.
 */
function isOfOrderAlone({ redemption }: Claim, { orderId }: RedemptionContext): boolean {
  return redemption?.by === 'order' && redemption.orderId === orderId
}

/** Whether the order redeems this claim, or it is redeemed for it already. */
function isToldBy(claim: Claim, scene: RedemptionContext): boolean {
  return isNewsOf(claim, scene) || (claim.status === 'redeemed' && claim.redemption?.orderId === scene.orderId)
}

function changes(claim: Claim, scene: RedemptionContext, told: ClaimContext): boolean {
  if (!concerns(claim, scene)) return false
  const verdict = decideRedemption(claim, scene, told)
  if (verdict.kind !== 'keep') return verdict.kind === 'redeem'
  const { redemption } = claim
  if (redemption === null) return false
  return moves(verdict, claim) || newsOf(redemption, verdict.redemption) !== null
}

/** Whether something is given back, or taken again. */
function moves({ units, stands }: Extract<RedemptionDecision, { kind: 'keep' }>, claim: Claim): boolean {
  return units !== spentUnits(claim) || stands !== (claim.status === 'redeemed')
}

function settleClaim(
  inHand: OpenClaims,
  claim: Claim,
  scene: RedemptionContext,
  told: ClaimContext,
): Claim | 'card_gone' {
  if (!changes(claim, scene, told)) return claim
  const verdict = decideRedemption(claim, scene, told)
  const { now } = inHand
  if (verdict.kind === 'redeem') {
    const spent = spendUnits(inHand, claim, verdict.redemption.units)
    if (spent === 'card_gone') return spent
    // What came back before the order told of the code has come back all the same.
    return settleClaim(inHand, redeemedByOrder(spent, scene, verdict.redemption, now), scene, told)
  }
  if (verdict.kind === 'leave') return claim
  const kept = moves(verdict, claim) ? keepSpent(inHand, claim, verdict.units, verdict.step) : claim
  if (kept === 'card_gone') return kept
  const redemption = must(claim.redemption, 'a redemption')
  return {
    ...kept,
    status: verdict.stands ? 'redeemed' : 'restored',
    endedAt: verdict.stands ? null : (claim.endedAt ?? now),
    redemption: {
      ...redemption,
      ...newsOf(redemption, verdict.redemption),
      restored: verdict.redemption.units - verdict.units,
    },
  }
}

function redeemedByOrder(
  claim: Claim,
  { orderId, posName, posOrderId, posBranchId }: RedemptionContext,
  redeemed: Redeemed,
  now: EpochMs,
): Claim {
  const where = { orderId, posName, posOrderId, posBranchId, posUserId: null, products: null }
  const redemption = { ...redeemed, ...where, at: now, restored: 0, by: 'order' as const, returned: null }
  return { ...claim, status: 'redeemed', endedAt: null, redemption }
}
