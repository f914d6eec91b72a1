// Loads what the limits of claims need at the time of the orders that redeem them.
import type { Queryable, Statement } from '../../db/database.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import type { Claim } from '../claims/claim.ts'
import { countTakenByOthers, loadPlanUses } from '../claims/count-claims.ts'
import type { LimitFacts } from '../terms/outside-terms.ts'
import { hasUsageLimits } from '../terms/usage-limit.ts'

/** By claim. One round trip, and none if no claim has a limit. */
export async function loadLimitFacts(
  q: Queryable,
  pairs: readonly { claim: Claim; context: RedemptionContext }[],
): Promise<Map<Uuid, LimitFacts>> {
  const facts = pairs.map(async ({ claim, context }): Promise<[Uuid, LimitFacts]> => {
    const [uses, taken, cardExpiresAt] = await Promise.all([
      hasUsageLimits(claim)
        ? loadPlanUses(q, claim, { day: context.businessDate, at: context.occurredAt, exceptOrder: context.orderId })
        : null,
      claim.rewardId !== null && claim.terms.limits ? countTakenByOthers(q, claim, claim.rewardId) : null,
      claim.cardId === null ? null : cardExpiry(q, claim.businessId, claim.cardId),
    ])
    return [claim.id, { uses, taken, cardExpiresAt }]
  })
  return new Map(await Promise.all(facts))
}

async function cardExpiry(q: Queryable, businessId: Uuid, cardId: Uuid): Promise<EpochMs | null> {
  const [card] = await q.query<{ expiresAt: EpochMs | null }>(CARD_EXPIRY, [businessId, cardId])
  return card?.expiresAt ?? null
}

const CARD_EXPIRY: Statement = {
  name: 'card_expiry',
  text: 'select expires_at as "expiresAt" from awards where business_id = $1 and id = $2',
}
