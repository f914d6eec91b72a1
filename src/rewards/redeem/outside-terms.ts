// Whether a redemption that only the order tells of was within the terms of its claim, at the
// order's own time (pure but for `loadStandings`).
import type { Queryable, Statement } from '../../db/database.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import { formatId, type Uuid } from '../../kernel/ids.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import { isWithinCalendar } from '../../programs/conditions/calendar.ts'
import type { Claim } from '../claims/claim.ts'
import { takenBeside, type Uses, usesOf } from '../claims/claim-counts.ts'
import { momentAt } from '../claims/use-time.ts'
import { isOverLimit } from './refusal.ts'

/** What only the database can say of a claim at the time of an order. */
export interface Standing {
  /** Of its plan, in other orders; null where the plan has no limits of time. */
  uses: Uses | null
  /** Of its reward, by other claims; null where the reward has no limits. */
  taken: { byCustomer: number; inAll: number } | null
  /** Until when the reward of a stamp card is good. */
  cardExpiresAt: EpochMs | null
}

/**
 * The standing of each claim whose terms ask for one, at the time of its order; one round trip, and
 * none when no claim asks.
 */
export async function loadStandings(
  q: Queryable,
  told: readonly { claim: Claim; scene: RedemptionContext }[],
): Promise<Map<Uuid, Standing>> {
  const found = told.map(async ({ claim, scene }): Promise<[Uuid, Standing]> => {
    const [uses, taken, cardExpiresAt] = await Promise.all([
      asksForUses(claim)
        ? usesOf(q, claim, { day: scene.businessDate, at: scene.occurredAt, exceptOrder: scene.orderId })
        : null,
      claim.rewardId !== null && claim.terms.limits ? takenBeside(q, claim, claim.rewardId) : null,
      claim.cardId === null ? null : cardExpiry(q, claim.businessId, claim.cardId),
    ])
    return [claim.id, { uses, taken, cardExpiresAt }]
  })
  return new Map(await Promise.all(found))
}

/** `beside`: other claims that the order tells of, or that were redeemed for it. */
export function isOutsideTerms(
  claim: Claim,
  scene: RedemptionContext,
  standing: Standing,
  beside: readonly Claim[],
): boolean {
  const { terms } = claim
  const { uses, taken, cardExpiresAt } = standing
  if (isElsewhere(claim, scene)) return true
  if (!isWithinCalendar(terms, momentAt(scene.occurredAt, scene.timezone, scene.businessDate))) return true
  if (cardExpiresAt !== null && cardExpiresAt <= scene.occurredAt) return true
  if (taken && taken.byCustomer >= (terms.limits?.per_customer ?? Number.POSITIVE_INFINITY)) return true
  if (taken && taken.inAll >= (terms.limits?.in_all ?? Number.POSITIVE_INFINITY)) return true
  if (!uses) return false
  const ofPlan = beside.filter(({ kind, programId, subscriptionId }) => {
    return kind === 'use' && programId === claim.programId && subscriptionId === claim.subscriptionId
  })
  return isOverLimit(terms, uses, ofPlan.length)
}

export function isElsewhere({ terms }: Pick<Claim, 'terms'>, { branchId }: RedemptionContext): boolean {
  return terms.branches !== undefined && branchId !== null && !terms.branches.includes(formatId('branch', branchId))
}

export function asksForUses({ kind, terms }: Pick<Claim, 'kind' | 'terms'>): boolean {
  return kind === 'use' && (terms.per_day_limit !== undefined || terms.minutes_between_uses !== undefined)
}

async function cardExpiry(q: Queryable, businessId: Uuid, cardId: Uuid): Promise<EpochMs | null> {
  const [card] = await q.query<{ expiresAt: EpochMs | null }>(CARD_EXPIRY, [businessId, cardId])
  return card?.expiresAt ?? null
}

const CARD_EXPIRY: Statement = {
  name: 'card_expiry',
  text: 'select expires_at as "expiresAt" from awards where business_id = $1 and id = $2',
}
