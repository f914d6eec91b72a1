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
  | { kind: 'found'; claim: Claim; at: TillBranch }

/** The branch where the till stands, as far as it is known; `id` is null when the till does not say. */
interface TillBranch {
  id: Uuid | null
  timezone: string
  dayEndsAt: string | undefined
}

/**
 * Takes the same way for a code that nobody has, another customer's and another business's, so that they cannot be told apart. The
 * transaction must be committed whatever comes of it: a wrong code counts. All that the request alone tells is asked in one round
 * trip, the code after the lock on guesses.
 */
export async function findCode(
  tx: Transaction,
  till: Till,
  business: Connected,
  { code, phone, posBranchId }: CodeRequest,
  now: EpochMs,
): Promise<FoundCode> {
  const { businessId } = business
  const guesser: Guesser = { businessId, phone, till: `${till.posName} ${till.token} ${posBranchId ?? ''}` }
  const [until, claim, at] = await Promise.all([
    lockGuesses(tx, guesser, now),
    findClaimByCode(tx, { businessId, code, phone }),
    findBranch(tx, business, till.posName, posBranchId),
  ])
  if (until !== null) return { kind: 'too_many_attempts', until }
  if (claim) return { kind: 'found', claim, at }
  tx.leave(countWrong(tx, guesser, now))
  return { kind: 'reward_not_found' }
}

async function findBranch(
  q: Queryable,
  { businessId, timezone }: Connected,
  posName: string,
  posBranchId: string | null,
): Promise<TillBranch> {
  const id = posBranchId === null ? null : branchId(businessId, posName, posBranchId)
  const branch = await branchClock(q, businessId, id)
  return { id, timezone: branch?.timezone ?? timezone, dayEndsAt: branch?.dayEndsAt ?? undefined }
}

/** Why the claim cannot be redeemed at this branch now; null when it can. `businessDate` is the day that it would count for. */
export async function refuseNow(
  tx: Queryable,
  { claim, at }: Extract<FoundCode, { kind: 'found' }>,
  now: EpochMs,
): Promise<{ refusal: Refusal | null; businessDate: IsoDate }> {
  const businessDate = businessDateOf(now, at.timezone, at.dayEndsAt)
  const [uses, card] = await Promise.all([
    claim.kind === 'use' && asksForUses(claim.terms) ? usesOf(tx, claim, businessDate) : null,
    claim.cardId === null ? null : cardState(tx, claim.businessId, claim.cardId),
  ])
  const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(at.timezone)
  const place: Place = {
    now,
    branch: at.id === null ? null : showId('branch', at.id),
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

/** What is known of the time at a branch; null when the branch is not known. */
export async function branchClock(q: Queryable, businessId: Uuid, id: Uuid | null): Promise<BranchClock | null> {
  const [branch] = id === null ? [] : await q.query<BranchClock>(BRANCH_CLOCK, [businessId, id])
  return branch ?? null
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
