// A claim: one customer's right to one discount, under a code, and what became of it.
import { randomInt } from 'node:crypto'
import type { ClaimTerms } from '../../../contract/reward.ts'
import type { EpochMs, IsoDate } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'
import type { Minor } from '../../kernel/money.ts'
import type { AccountKey } from '../../ledger/accounts.ts'
import { type LotUnits, sumOf } from '../../ledger/lots.ts'

/**
 * A reward of the catalogue, an amount of cashback, a full stamp card, or one use of a
 * subscription.
 */
export type ClaimKind = 'reward' | 'cashback' | 'card' | 'use'

/**
 * `held` until it is `redeemed`, or its code runs out (`expired`) or it is given up (`cancelled`),
 * and its units go back. What was redeemed is `restored` when the order that it was used on is
 * undone.
 */
export type ClaimStatus = 'held' | 'redeemed' | 'restored' | 'expired' | 'cancelled'

/** A row of `claims`. */
export interface Claim extends AccountKey {
  readonly id: Uuid
  readonly kind: ClaimKind
  readonly rewardId: Uuid | null
  readonly rewardVersion: number | null
  readonly cardId: Uuid | null
  /** The purchased plan that a use is of; null for other kinds. */
  readonly subscriptionId: Uuid | null
  readonly name: string
  readonly nameAr: string
  readonly terms: ClaimTerms
  /** Set aside when it was made; 0 for a card. */
  readonly units: number
  /** The lots whose units are held, or spent, now; what is spent beyond them was debt. */
  readonly lots: readonly LotUnits[]
  readonly code: string
  readonly status: ClaimStatus
  readonly createdAt: EpochMs
  readonly expiresAt: EpochMs
  readonly endedAt: EpochMs | null
  readonly redemption: Redemption | null
}

/** How a claim was redeemed. */
export interface Redemption {
  readonly at: EpochMs
  /** Units that were spent; less than were held when less cashback was needed. */
  readonly units: number
  /** Of those, what was given back with the order. */
  readonly restored: number
  /** Whether the till said so, or only the order did. */
  readonly by: 'till' | 'order'
  readonly orderId: Uuid
  readonly posName: string
  readonly posOrderId: string
  readonly posBranchId: string | null
  readonly posUserId: string | null
  /** What was taken off the order. */
  readonly discount: Minor
  readonly products: readonly RedeemedProduct[] | null
  /** When it counts: at the order's own time; before that is known, when the till says. */
  readonly usedAt: EpochMs
  /** The day that it counts for. */
  readonly businessDate: IsoDate
  /** Only the order told of it, and it was not within the terms of the claim. */
  readonly outsideTerms: boolean
  /** Staff gave it back, because the discount never reached the order. */
  readonly returned: ReturnedByHand | null
  /** The order that it was first redeemed for, where that was joined into `orderId`. */
  readonly firstOrder?: { readonly id: Uuid; readonly posOrderId: string }
  /** Since when its order is joined and no order holds it; see `JOIN_WAIT_MS`. */
  readonly waitsSince?: EpochMs
}

export interface ReturnedByHand {
  readonly at: EpochMs
  /** The shown id of the API key. */
  readonly by: string
  readonly reason: string
}

/** Clocks of tills differ a little. */
export const CLOCK_SLACK_MS = 5 * 60_000

export interface RedeemedProduct {
  readonly product_id: string
  /** Pieces. */
  readonly quantity: number
}

/** Units that are spent on it now. */
export function spentUnits({ redemption }: Pick<Claim, 'redemption'>): number {
  return redemption ? redemption.units - redemption.restored : 0
}

/** Of what is spent, what no lot gave. */
export function spentAsDebt(claim: Pick<Claim, 'redemption' | 'lots'>): number {
  return spentUnits(claim) - sumOf(claim.lots)
}

/** Whether it counts towards the limits of its reward. */
export function isTaken({ status }: Pick<Claim, 'status'>): boolean {
  return status === 'held' || status === 'redeemed'
}

/**
 * Eight digits that nobody can guess. The first is not 0, because spreadsheets and tills drop it.
 */
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
