// Finds the claim of a code, and counts wrong codes.

import { branchClock } from '../../businesses/branch-clock.ts'
import type { Connected } from '../../businesses/connection-cache.ts'
import { branchId } from '../../businesses/known-branches.ts'
import type { Queryable, Transaction } from '../../db/database.ts'
import {
  type AttemptSource,
  addWrongCode,
  blockedUntil,
  lockAttempts,
  saveWrongCodes,
  withoutBranch,
} from '../../identity/code-attempts.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Uuid } from '../../kernel/ids.ts'
import type { Claim } from '../claims/claim.ts'
import { findClaimByCode } from '../claims/claim-store.ts'
import type { CodeRequest, Till } from './request.ts'

export type FoundCode = CodeNotFound | { kind: 'found'; claim: Claim; branch: TillBranch }

/** In order of precedence. */
export type CodeNotFound = { kind: 'too_many_attempts'; until: EpochMs } | { kind: 'reward_not_found' }

/** The branch of the till; `id` is null if the till names none. */
export interface TillBranch {
  id: Uuid | null
  /** Whether an order of this branch has arrived. */
  isKnown: boolean
  timezone: string
  dayEndsAt: string | undefined
}

/**
 * A code that does not exist, one of another customer and one of another business take the same
 * path, so that they cannot be told apart. Commit the transaction with any result: a wrong
 * code must count. One round trip; the code is read after the lock on attempts.
 */
export async function findCode(
  tx: Transaction,
  till: Till,
  business: Connected,
  { code, phone, posBranchId }: CodeRequest,
  now: EpochMs,
): Promise<FoundCode> {
  const { businessId } = business
  const atBranch: AttemptSource = { businessId, phone, ...till, branch: posBranchId }
  const [attempts, claim, branch] = await Promise.all([
    lockAttempts(tx, atBranch, now),
    findClaimByCode(tx, { businessId, code, phone }),
    findBranch(tx, business, till.posName, posBranchId),
  ])
  const source = branch.isKnown ? atBranch : withoutBranch(atBranch)
  const until = blockedUntil(attempts, source)
  if (until !== null) return { kind: 'too_many_attempts', until }
  if (claim) return { kind: 'found', claim, branch }
  tx.deferToCommit(saveWrongCodes(tx, [source], now))
  const exceededUntil = addWrongCode(attempts, source, now)
  return exceededUntil === null ? { kind: 'reward_not_found' } : { kind: 'too_many_attempts', until: exceededUntil }
}

async function findBranch(
  q: Queryable,
  { businessId, timezone }: Connected,
  posName: string,
  posBranchId: string | null,
): Promise<TillBranch> {
  const id = posBranchId === null ? null : branchId(businessId, posName, posBranchId)
  const clock = await branchClock(q, businessId, id)
  return {
    id,
    isKnown: clock !== null,
    timezone: clock?.timezone ?? timezone,
    dayEndsAt: clock?.dayEndsAt ?? undefined,
  }
}
