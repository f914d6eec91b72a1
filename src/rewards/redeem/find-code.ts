// Finds the claim that a till means by a code, and says whether it can be redeemed there and then.

import type { Connected } from '../../businesses/connection-cache.ts'
import { branchId } from '../../businesses/known-branches.ts'
import type { Queryable, Statement, Transaction } from '../../db/database.ts'
import type { Guesser } from '../../identity/wrong-codes.ts'
import { addWrong, barredUntil, countWrong, elsewhere, lockGuesses } from '../../identity/wrong-codes.ts'
import type { EpochMs, IsoDate } from '../../kernel/clock.ts'
import { formatId, type Uuid } from '../../kernel/ids.ts'
import { businessDateOf } from '../../kernel/local-date.ts'
import type { RedemptionContext } from '../../orders/redemption-view.ts'
import type { Moment } from '../../programs/conditions/calendar.ts'
import type { Claim } from '../claims/claim.ts'
import { usesOf } from '../claims/claim-counts.ts'
import { findClaimByCode } from '../claims/claim-store.ts'
import { isPossibleUse, momentAt } from '../claims/use-time.ts'
import { asksForUses } from './outside-terms.ts'
import { type Refusal, refusalOf } from './refusal.ts'
import type { CodeRequest } from './request.ts'

/** Who asks: the POS, and which of its tokens. */
export interface Till {
  posName: string
  /** The `jti` of its token; empty where it has none. */
  token: string
}

export type FoundCode =
  | { kind: 'too_many_attempts'; until: EpochMs }
  | { kind: 'reward_not_found' }
  | { kind: 'found'; claim: Claim; at: TillBranch }

/**
 * The branch where the till stands, as far as it is known; `id` is null when the till does not say.
 */
interface TillBranch {
  id: Uuid | null
  /** Whether an order has named it. */
  isKnown: boolean
  timezone: string
  dayEndsAt: string | undefined
}

/**
 * Takes the same way for a code that nobody has, another customer's and another business's, so that
 * they cannot be told apart. The transaction must be committed whatever comes of it: a wrong code
 * counts. All that the request alone tells is asked in one round trip, the code after the lock on
 * guesses.
 */
export async function findCode(
  tx: Transaction,
  till: Till,
  business: Connected,
  { code, phone, posBranchId }: CodeRequest,
  now: EpochMs,
): Promise<FoundCode> {
  const { businessId } = business
  const named: Guesser = { businessId, phone, ...till, branch: posBranchId }
  const [attempts, claim, at] = await Promise.all([
    lockGuesses(tx, named, now),
    findClaimByCode(tx, { businessId, code, phone }),
    findBranch(tx, business, till.posName, posBranchId),
  ])
  const guesser = at.isKnown ? named : elsewhere(named)
  const until = barredUntil(attempts, guesser)
  if (until !== null) return { kind: 'too_many_attempts', until }
  if (claim) return { kind: 'found', claim, at }
  tx.leave(countWrong(tx, [guesser], now))
  const over = addWrong(attempts, guesser, now)
  return over === null ? { kind: 'reward_not_found' } : { kind: 'too_many_attempts', until: over }
}

async function findBranch(
  q: Queryable,
  { businessId, timezone }: Connected,
  posName: string,
  posBranchId: string | null,
): Promise<TillBranch> {
  const id = posBranchId === null ? null : branchId(businessId, posName, posBranchId)
  const branch = await branchClock(q, businessId, id)
  const isKnown = branch !== null
  return { id, isKnown, timezone: branch?.timezone ?? timezone, dayEndsAt: branch?.dayEndsAt ?? undefined }
}

/** What is known of the time and place of a redemption beside the till's own clock and branch. */
export interface UseTime {
  /** The order, when it has arrived. */
  scene: RedemptionContext | null
  /** When the till says that it was. */
  date: EpochMs | null
}

/** When a use counts, and for which day. */
export interface Use {
  at: EpochMs
  businessDate: IsoDate
}

/**
 * Why the claim cannot be redeemed here and then; null when it can. A use counts at the time of its
 * order, where that is paid; before, at the time that the till says; and now, where neither can be
 * right.
 */
export async function refuseNow(
  tx: Queryable,
  { claim, at: till }: Extract<FoundCode, { kind: 'found' }>,
  now: EpochMs,
  told: UseTime = { scene: null, date: null },
): Promise<{ refusal: Refusal | null; use: Use }> {
  const { use, moment } = timeOf(claim, till, now, told)
  const [uses, card] = await Promise.all([
    asksForUses(claim) ? usesOf(tx, claim, { day: use.businessDate, at: use.at }) : null,
    claim.cardId === null ? null : cardState(tx, claim.businessId, claim.cardId),
  ])
  const branchId = till.id ?? told.scene?.branchId ?? null
  const branch = branchId === null ? null : formatId('branch', branchId)
  return { refusal: refusalOf(claim, { ...moment, now, at: use.at, branch }, { uses, card }), use }
}

function timeOf(claim: Claim, till: TillBranch, now: EpochMs, { scene, date }: UseTime): { use: Use; moment: Moment } {
  if (scene && scene.state !== 'open' && isPossibleUse(claim, scene.occurredAt, now)) {
    const { occurredAt: at, businessDate, timezone } = scene
    return { use: { at, businessDate }, moment: momentAt(at, timezone, businessDate) }
  }
  const at = date !== null && isPossibleUse(claim, date, now) ? date : now
  const businessDate = businessDateOf(at, till.timezone, till.dayEndsAt)
  return { use: { at, businessDate }, moment: momentAt(at, till.timezone, businessDate) }
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
  text: 'select status, expires_at as "expiresAt" from awards where business_id = $1 and id = $2',
}
