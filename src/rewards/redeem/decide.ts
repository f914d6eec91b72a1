// Decides whether a code can be redeemed, and what is stored for it (pure).
import type { ClaimTerms } from '../../../contract/reward.ts'
import type { CatalogueGoods } from '../../catalogue/catalogue.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import { formatId, type Uuid } from '../../kernel/ids.ts'
import type { Minor } from '../../kernel/money.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import { isWithinCalendar } from '../../programs/conditions/calendar.ts'
import type { Claim, Redemption } from '../claims/claim.ts'
import type { PlanUses } from '../claims/count-claims.ts'
import { type Holder, type JoinGraph, moveToHolder } from '../joins/join-graph.ts'
import { goodsTotal } from '../terms/discount-limit.ts'
import { type ExcessDiscount, excessOf } from './excess-discount.ts'
import type { UseFacts } from './load-facts.ts'
import type { RedeemRequest, Till } from './request.ts'

/** Why a claim cannot be used at this time and place; in order of precedence. */
export type UseRefusal =
  | { kind: 'reward_used' | 'reward_cancelled' | 'reward_expired' | 'reward_not_here' | 'reward_not_now' }
  | { kind: 'use_limit_reached'; perDay: number }
  | { kind: 'too_soon'; from: EpochMs }

/** Why the order cannot have the discount; in order of precedence. */
export type OrderRefusal = ExcessDiscount | { kind: 'order_too_small'; minimum: Minor } | { kind: 'not_combinable' }

export type RedemptionDecision =
  | UseRefusal
  | OrderRefusal
  /** The till redeemed this code for this order before: the first response again. */
  | { kind: 'repeated' }
  /** The order stated the redemption before the till did: the till's details are added to it. */
  | { kind: 'confirmed'; redemption: Redemption }
  /** `units`: to be spent. */
  | { kind: 'redeemed'; units: number; redemption: Redemption }

/** Everything that decides about a redemption. */
export interface RedemptionFacts {
  use: UseFacts
  /** The order that the till names. */
  namedOrderId: Uuid
  /**
   * The order that holds the redemption: the named one, unless that was joined into another one.
   */
  holder: Holder
  joins: JoinGraph
  /** The holder, if it has arrived and is a sale. */
  context: RedemptionContext | null
  /** Other claims that are redeemed for the holder, oldest first. */
  others: readonly Claim[]
  /** Null if the reward is not for certain products. */
  catalogue: CatalogueGoods | null
}

export function decideRedemption(
  facts: RedemptionFacts,
  { posName }: Pick<Till, 'posName'>,
  request: Omit<RedeemRequest, 'discount'> & { discount: Minor },
  now: EpochMs,
): RedemptionDecision {
  const { use, namedOrderId, holder, joins, context, others, catalogue } = facts
  const { claim } = use
  const { discount, products, posOrderId, posBranchId, posUserId } = request
  const excess = excessOf(claim, { discount, products }, { context, others, catalogue })
  if (claim.redemption?.orderId === holder.orderId) return repeat(claim.redemption, facts, request, excess)
  const refusal = refuseUse(use, now) ?? excess ?? refuseOrder(claim, context, others)
  if (refusal) return refusal
  const units = claim.kind === 'cashback' ? discount : claim.units
  const redemption: Redemption = {
    at: now,
    units,
    restored: 0,
    by: 'till',
    discount,
    products,
    orderId: namedOrderId,
    posName,
    posOrderId,
    posBranchId,
    posUserId,
    usedAt: use.usedAt,
    businessDate: context?.businessDate ?? use.businessDate,
    outsideTerms: false,
    returned: null,
  }
  return { kind: 'redeemed', units, redemption: moveToHolder(redemption, holder, joins, now) }
}

/** Null if the claim can be used. */
export function refuseUse({ claim, moment, branchId, planUses, card }: UseFacts, now: EpochMs): UseRefusal | null {
  const { terms, status } = claim
  if (status === 'redeemed' || status === 'restored') return { kind: 'reward_used' }
  if (status === 'cancelled' || (card && !card.isWon)) return { kind: 'reward_cancelled' }
  if (status === 'expired' || claim.expiresAt <= now) return { kind: 'reward_expired' }
  if (card?.expiresAt != null && card.expiresAt <= now) return { kind: 'reward_expired' }
  // No reward is refused for its branches if no branch is named.
  if (terms.branches && branchId !== null && !terms.branches.includes(formatId('branch', branchId))) {
    return { kind: 'reward_not_here' }
  }
  if (!isWithinCalendar(terms, moment)) return { kind: 'reward_not_now' }
  return planUses && refuseUsage(terms, planUses)
}

function refuseUsage(terms: ClaimTerms, uses: PlanUses): UseRefusal | null {
  const { per_day_limit: perDay, minutes_between_uses: minutes = 0 } = terms
  if (perDay !== undefined && uses.onDay >= perDay * uses.plans) {
    return { kind: 'use_limit_reached', perDay: perDay * uses.plans }
  }
  return uses.blockedBy === null ? null : { kind: 'too_soon', from: uses.blockedBy + minutes * 60_000 }
}

function refuseOrder(
  { terms }: Claim,
  context: RedemptionContext | null,
  others: readonly Claim[],
): OrderRefusal | null {
  const minimum = terms.minimum_order_amount
  if (minimum !== undefined && context?.state === 'paid' && goodsTotal(context).amount < minimum)
    return { kind: 'order_too_small', minimum }
  const isAlone = [terms, ...others.map((other) => other.terms)].some(({ combinable }) => combinable === false)
  return others.length > 0 && isAlone ? { kind: 'not_combinable' } : null
}

/**
 * The same order again. The response stays the same; details that only the order stated are added.
 */
function repeat(
  before: Redemption,
  { namedOrderId }: RedemptionFacts,
  { posOrderId, posUserId, products }: Pick<RedeemRequest, 'posOrderId' | 'posUserId' | 'products'>,
  excess: ExcessDiscount | null,
): RedemptionDecision {
  if (before.by === 'till') return { kind: 'repeated' }
  if (excess) return excess
  const isJoined = namedOrderId !== before.orderId && !before.firstOrder
  const redemption: Redemption = {
    ...before,
    by: 'till',
    posUserId,
    products,
    ...(isJoined && { firstOrder: { id: namedOrderId, posOrderId } }),
  }
  return { kind: 'confirmed', redemption }
}
