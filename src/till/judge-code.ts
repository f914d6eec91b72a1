// Finds the claim that a till means by a code, and says whether it can be redeemed there and then.
import type { ClaimTerms } from '../../contract/reward.ts'
import type { Queryable, Statement, Transaction } from '../db/database.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import { showId, type Uuid } from '../kernel/ids.ts'
import { branchId } from '../orders/branches.ts'
import type { Connected } from '../orders/receive.ts'
import { businessDateOf } from '../pos/times.ts'
import type { Claim } from '../rewards/claim.ts'
import { findClaimByCode, usesOf } from '../rewards/claim-store.ts'
import { type Place, type Refusal, refusalOf } from '../rewards/refusal.ts'
import { countWrong, type Guesser, lockGuesses } from '../rewards/wrong-codes.ts'
import type { CodeRequest } from './read-request.ts'

/** Who asks: the POS, and which of its tokens. */
export interface Till {
  posName: string
  /** What tells this token from another; nothing secret. */
  token: string
}

export type FoundCode =
  | { kind: 'too_many_attempts'; until: EpochMs }
  | { kind: 'reward_not_found' }
  | { kind: 'found'; claim: Claim }

/**
 * Takes the same way for a code that nobody has, another customer's and another business's, so that they cannot be told apart. The
 * transaction must be committed whatever comes of it: a wrong code counts.
 */
export async function findCode(
  tx: Transaction,
  till: Till,
  { businessId }: Pick<Connected, 'businessId'>,
  { code, phone, posBranchId }: CodeRequest,
  now: EpochMs,
): Promise<FoundCode> {
  const guesser: Guesser = { businessId, phone, till: `${till.posName} ${till.token} ${posBranchId ?? ''}` }
  const until = await lockGuesses(tx, guesser, now)
  if (until !== null) return { kind: 'too_many_attempts', until }
  const claim = await findClaimByCode(tx, { businessId, code, phone })
  if (claim) return { kind: 'found', claim }
  await countWrong(tx, guesser, now)
  return { kind: 'reward_not_found' }
}

/** Why the claim cannot be redeemed at this branch now; null when it can. `businessDate` is the day that it would count for. */
export async function refuseNow(
  tx: Queryable,
  claim: Claim,
  {
    business,
    posName,
    posBranchId,
    now,
  }: { business: Connected; posName: string; posBranchId: string | null; now: EpochMs },
): Promise<{ refusal: Refusal | null; businessDate: IsoDate }> {
  const { businessId, timezone } = business
  const id = posBranchId === null ? null : branchId(businessId, posName, posBranchId)
  const [branch] = id === null ? [] : await tx.query<BranchClock>(BRANCH_CLOCK, [businessId, id])
  const zone = branch?.timezone ?? timezone
  const businessDate = businessDateOf(now, zone, branch?.dayEndsAt ?? undefined)
  const [uses, card] = await Promise.all([
    claim.kind === 'use' && asksForUses(claim.terms) ? usesOf(tx, claim, businessDate) : null,
    claim.cardId === null ? null : cardState(tx, businessId, claim.cardId),
  ])
  const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone)
  const place: Place = {
    now,
    branch: id === null ? null : showId('branch', id),
    basket: {
      businessDate,
      local: {
        weekday: local.dayOfWeek as Place['basket']['local']['weekday'],
        minute: local.hour * 60 + local.minute,
      },
    },
  }
  return { refusal: refusalOf(claim, place, { uses, card }), businessDate }
}

function asksForUses({ per_day_limit, minutes_between_uses }: ClaimTerms): boolean {
  return per_day_limit !== undefined || minutes_between_uses !== undefined
}

interface BranchClock {
  timezone: string | null
  dayEndsAt: string | null
}

const BRANCH_CLOCK: Statement = {
  name: 'branch_clock',
  text: 'select timezone, day_ends_at as "dayEndsAt" from branches where business_id = $1 and id = $2',
}

async function cardState(tx: Queryable, businessId: Uuid, cardId: Uuid) {
  const [card] = await tx.query<{ status: string; expiresAt: EpochMs | null }>(CARD_STATE, [businessId, cardId])
  return { won: card?.status === 'won', expiresAt: card?.expiresAt ?? null }
}

const CARD_STATE: Statement = {
  name: 'card_state',
  text: 'select status, expires_at as "expiresAt" from stamp_cards where business_id = $1 and id = $2',
}
