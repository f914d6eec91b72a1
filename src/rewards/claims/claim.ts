// A claim: the right of one customer to one discount, with its code and its redemption.
import { randomInt } from 'node:crypto'
import type { Actor } from '../../../contract/actor.ts'
import type { ClaimTerms } from '../../../contract/reward.ts'
import type { EpochMs, IsoDate } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'
import type { Minor } from '../../kernel/money.ts'
import type { AccountKey } from '../../ledger/accounts.ts'
import { type LotUnits, sumOf } from '../../ledger/lots.ts'

/**
 * A catalogue reward, an amount of cashback, a completed stamp card, or one use of a subscription.
 */
export type ClaimKind = 'reward' | 'cashback' | 'card' | 'use'

/**
 * A claim is `held` until it is `redeemed`, its code has `expired`, or it is `cancelled`; then its
 * units are released. A redemption is `restored` when its order is voided or returned.
 */
export type ClaimStatus = 'held' | 'redeemed' | 'restored' | 'expired' | 'cancelled'

/** A row of `claims`. */
export interface Claim extends AccountKey {
  readonly id: Uuid
  readonly kind: ClaimKind
  readonly rewardId: Uuid | null
  readonly rewardVersion: number | null
  readonly cardId: Uuid | null
  /** The purchased plan of a use; null for other kinds. */
  readonly subscriptionId: Uuid | null
  readonly name: string
  readonly nameAr: string
  readonly terms: ClaimTerms
  /** Held when it was made; 0 for a stamp card. */
  readonly units: number
  /** The lots whose units are held or spent now; units spent beyond them are debt. */
  readonly lots: readonly LotUnits[]
  readonly code: string
  readonly status: ClaimStatus
  readonly createdAt: EpochMs
  readonly createdBy: Actor | null
  readonly expiresAt: EpochMs
  readonly endedAt: EpochMs | null
  /** Who cancelled or returned it, or whose work released or restored it. */
  readonly endedBy: Actor | null
  readonly redemption: Redemption | null
}

/** How a claim was redeemed. */
export interface Redemption {
  readonly at: EpochMs
  /** Units that were spent; less than held if the order needed less cashback. */
  readonly units: number
  /** Of those, the units that were restored. */
  readonly restored: number
  /** `till`: by a redeem request. `order`: only the order states it. */
  readonly by: 'till' | 'order'
  readonly orderId: Uuid
  readonly posName: string
  readonly posOrderId: string
  readonly posBranchId: string | null
  readonly posUserId: string | null
  /** What was taken off the order. */
  readonly discount: Minor
  readonly products: readonly RedeemedProduct[] | null
  /**
   * When the use counts: at the time of the order; until it arrives, at the time that the till
   * sent.
   */
  readonly usedAt: EpochMs
  /** The day for which it counts. */
  readonly businessDate: IsoDate
  /** Only the order states it, and it was outside the terms of the claim. */
  readonly outsideTerms: boolean
  /** Staff returned it because the discount never reached the order. */
  readonly returned: ReturnedByHand | null
  /** The order that it was first redeemed for, if that was joined into `orderId`. */
  readonly firstOrder?: { readonly id: Uuid; readonly posOrderId: string }
  /** Since when it waits for the order that takes the goods; see `JOIN_WAIT_MS`. */
  readonly waitsSince?: EpochMs
}

export interface ReturnedByHand {
  readonly at: EpochMs
  readonly by: Actor
  readonly reason: string
}

/** The difference between the clocks of a till and this server that is accepted. */
export const CLOCK_SLACK_MS = 5 * 60_000

export interface RedeemedProduct {
  readonly product_id: string
  /** Pieces. */
  readonly quantity: number
}

/** The units that are spent now. */
export function spentUnits({ redemption }: Pick<Claim, 'redemption'>): number {
  return redemption ? redemption.units - redemption.restored : 0
}

/** The part of the spent units that comes from no lot. */
export function spentAsDebt(claim: Pick<Claim, 'redemption' | 'lots'>): number {
  return spentUnits(claim) - sumOf(claim.lots)
}

/** Whether the claim counts towards the limits of its reward. */
export function isTaken({ status }: Pick<Claim, 'status'>): boolean {
  return status === 'held' || status === 'redeemed'
}

/** Eight random digits. The first is not 0, because spreadsheets and tills drop leading zeros. */
export function newCode(): string {
  return String(randomInt(10_000_000, 100_000_000))
}

/** The first `units` of a list of lots, and the rest. */
export function splitLots(lots: readonly LotUnits[], units: number): { first: LotUnits[]; rest: LotUnits[] } {
  const first: LotUnits[] = []
  const rest: LotUnits[] = []
  let left = units
  for (const { lotId, units: all } of lots) {
    const part = Math.min(left, all)
    left -= part
    if (part > 0) first.push({ lotId, units: part })
    if (all > part) rest.push({ lotId, units: all - part })
  }
  return { first, rest }
}
