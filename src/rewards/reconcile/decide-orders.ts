// Decides for the orders of one business which claims change, which units move and which flags the
// orders get. No I/O: everything is loaded, and units move in the working set of the accounts.
import type { OrderFlag } from '../../../contract/order-flags.ts'
import { must } from '../../kernel/assert.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'
import { type Movement, movementOf } from '../../ledger/transfers.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import type { Why } from '../../programs/why.ts'
import type { Claim } from '../claims/claim.ts'
import { adjustSpent, type OpenClaims, spendUnits } from '../claims/claim-ledger.ts'
import { isOutsideTerms, type LimitFacts } from '../terms/outside-terms.ts'
import {
  type ClaimContext,
  changedDetails,
  claimChange,
  concerns,
  isRedeemedByOrder,
  movesUnits,
  type RedemptionDetails,
} from './decide-claim.ts'
import { type OrderDiscounts, orderDiscounts } from './order-discounts.ts'
import { flagsOf } from './order-flags.ts'

/** The orders of one business with the claims that they concern. */
export interface OrderFacts {
  contexts: readonly RedemptionContext[]
  claims: readonly Claim[]
  /** By claim; see `claimsOnlyInOrders`. */
  limitFacts: ReadonlyMap<Uuid, LimitFacts>
  now: EpochMs
}

export interface ReconciledOrder {
  /** Null if everything matches. */
  flags: OrderFlag[] | null
  movements: Movement<Why>[]
}

export interface OrderDecisions {
  orders: Map<Uuid, ReconciledOrder>
  /** All claims in their state after the orders; the same objects where nothing changed. */
  claims: { before: Claim; after: Claim }[]
}

/** `open`: the accounts of `claimsToOpen`, or null if that is empty. */
export function decideOrders(facts: OrderFacts, open: OpenClaims | null): OrderDecisions {
  const contextOf = claimContexts(facts)
  const after = new Map(facts.claims.map((claim) => [claim.id, claim]))
  const orders = new Map<Uuid, ReconciledOrder>()
  for (const context of facts.contexts) {
    const transfersBefore = open?.book.transfers.length ?? 0
    let isCardGone = false
    for (const before of open ? facts.claims : []) {
      const claim = must(after.get(before.id), 'a claim')
      // The limits hold for the claim as it was before this round.
      const changed = open && changeClaim(open, claim, context, contextOf(before, context))
      if (changed === 'card_gone') isCardGone = true
      else if (changed) after.set(claim.id, changed)
    }
    const concerned = [...after.values()].filter((claim) => concerns(claim, context))
    orders.set(context.orderId, {
      flags: flagsOf(context, concerned, { isCardGone }),
      movements: open?.book.transfers.slice(transfersBefore).map(movementOf) ?? [],
    })
  }
  return {
    orders,
    claims: facts.claims.map((before) => ({ before, after: must(after.get(before.id), 'a claim') })),
  }
}

/** The claims that an order changes: their accounts must be open for `decideOrders`. */
export function claimsToOpen(facts: OrderFacts): Claim[] {
  const contextOf = claimContexts(facts)
  return facts.claims.filter((claim) =>
    facts.contexts.some((context) => claimChange(claim, context, contextOf(claim, context)) !== null),
  )
}

/** Claims that only an order states, each with that order: they need limit facts. */
export function claimsOnlyInOrders(
  contexts: readonly RedemptionContext[],
  claims: readonly Claim[],
): { claim: Claim; context: RedemptionContext }[] {
  return contexts.flatMap((context) =>
    claims
      .filter((claim) => isRedeemedByOrder(claim, context) || isStatedOnlyBy(claim, context))
      .map((claim) => ({ claim, context })),
  )
}

/** Also a redemption that was restored: it may count again. */
function isStatedOnlyBy({ redemption }: Claim, { orderId }: RedemptionContext): boolean {
  return redemption?.by === 'order' && redemption.orderId === orderId
}

function claimContexts({ contexts, claims, limitFacts, now }: OrderFacts) {
  const discounts = new Map<RedemptionContext, OrderDiscounts>(
    contexts.map((context) => [context, orderDiscounts(context, claims)]),
  )
  return (claim: Claim, context: RedemptionContext): ClaimContext => {
    const limits = limitFacts.get(claim.id)
    const others = claims.filter((other) => other !== claim && isRedeemedFor(other, context))
    const isOutside = limits !== undefined && isOutsideTerms(claim, context, limits, others)
    return { orderDiscount: discounts.get(context)?.get(claim.id) ?? null, isOutside, now }
  }
}

/** Whether the order redeems this claim, or it is redeemed for it already. */
function isRedeemedFor(claim: Claim, context: RedemptionContext): boolean {
  return (
    isRedeemedByOrder(claim, context) || (claim.status === 'redeemed' && claim.redemption?.orderId === context.orderId)
  )
}

/** Null if nothing changes. */
function changeClaim(
  open: OpenClaims,
  claim: Claim,
  context: RedemptionContext,
  claimContext: ClaimContext,
): Claim | 'card_gone' | null {
  const change = claimChange(claim, context, claimContext)
  if (change === null) return null
  if (change.kind === 'redeem') {
    const spent = spendUnits(open, claim, change.details.units)
    if (spent === 'card_gone') return spent
    const redeemed = redeemedByOrder(spent, context, change.details, open.now)
    // The goods may have been returned before the order named the code.
    return changeClaim(open, redeemed, context, claimContext) ?? redeemed
  }
  const adjusted = movesUnits(change, claim) ? adjustSpent(open, claim, change.spent, change.step) : claim
  if (adjusted === 'card_gone') return adjusted
  const redemption = must(claim.redemption, 'a redemption')
  return {
    ...adjusted,
    status: change.status,
    endedAt: change.status === 'redeemed' ? null : (claim.endedAt ?? open.now),
    endedBy: change.status === 'redeemed' ? null : (claim.endedBy ?? open.actor ?? `pos:${context.posName}`),
    redemption: {
      ...redemption,
      ...changedDetails(redemption, change.details),
      restored: change.details.units - change.spent,
    },
  }
}

function redeemedByOrder(
  claim: Claim,
  { orderId, posName, posOrderId, posBranchId }: RedemptionContext,
  details: RedemptionDetails,
  now: EpochMs,
): Claim {
  const order = { orderId, posName, posOrderId, posBranchId, posUserId: null, products: null }
  const redemption = { ...details, ...order, at: now, restored: 0, by: 'order' as const, returned: null }
  return { ...claim, status: 'redeemed', endedAt: null, endedBy: null, redemption }
}
