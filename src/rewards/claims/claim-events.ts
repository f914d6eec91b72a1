// The events of claims: made, redeemed, restored, ended.
import type { BusinessLock } from '../../db/business-lock.ts'
import type { Transaction } from '../../db/database.ts'
import type { Event } from '../../events/event.ts'
import { recordEvents } from '../../events/record.ts'
import { must } from '../../kernel/assert.ts'
import type { Claim } from './claim.ts'

interface ClaimChange {
  readonly before: Claim | null
  readonly after: Claim
}

/** One event for each claim whose status changes; none for a redemption that is only corrected. */
export function recordClaimEvents(tx: Transaction, lock: BusinessLock, changes: readonly ClaimChange[]): void {
  const changed = changes.filter(({ before, after }) => before?.status !== after.status)
  const items = changed.map(({ after }) => ({ businessId: after.businessId, claim: after }))
  recordEvents(tx, lock, items, ({ claim }) => eventOf(claim))
}

function eventOf(claim: Claim): Event {
  const { status, rewardId, redemption } = claim
  const about = {
    subject: claim.id,
    data: {
      customer_id: claim.customerId,
      program_id: claim.programId,
      kind: claim.kind,
      status,
      reward_id: rewardId,
      name: { en: claim.name, ar: claim.nameAr },
      units: redemption?.units ?? claim.units,
      order_id: redemption?.orderId ?? null,
    },
  }
  if (status === 'held') return { ...about, type: 'reward.claimed', at: claim.createdAt, actor: claim.createdBy }
  if (status === 'redeemed') {
    const { at, posName } = must(redemption, 'the redemption')
    return { ...about, type: 'reward.redeemed', at, actor: `pos:${posName}` }
  }
  const type = status === 'restored' ? 'reward.restored' : 'reward.expired'
  return { ...about, type, at: must(claim.endedAt, 'the end of the claim'), actor: claim.endedBy }
}
