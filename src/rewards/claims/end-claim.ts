// Ends claims that were not redeemed: cancelled by staff, or released because their codes expired.
import type { BusinessLock } from '../../db/business-lock.ts'
import type { WriteTransaction } from '../../db/database.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Ids, Uuid } from '../../kernel/ids.ts'
import type { BusinessPrograms } from '../../programs/store.ts'
import type { Claim } from './claim.ts'
import { commitClaims, openClaims, releaseUnits } from './claim-ledger.ts'
import { findClaim, findExpiredClaims } from './claim-store.ts'
import { saveClaims } from './save-claims.ts'

export type CancelOutcome =
  | { kind: 'not_found' }
  | { kind: 'already_ended'; status: Exclude<Claim['status'], 'held'> }
  | { kind: 'cancelled'; claim: Claim }

/** Cancels a held claim: its units go back to the lots that they came from. */
export async function cancelClaim(
  tx: WriteTransaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  id: Uuid,
  deps: { now: EpochMs; ids: Ids },
): Promise<CancelOutcome> {
  const claim = await findClaim(tx, programs.businessId, id)
  if (!claim) return { kind: 'not_found' }
  if (claim.status !== 'held') return { kind: 'already_ended', status: claim.status }
  const [cancelled = claim] = await endClaims(tx, lock, programs, [claim], 'cancelled', deps)
  return { kind: 'cancelled', claim: cancelled }
}

/** Releases those of these claims that are still held and whose codes have expired. */
export async function releaseExpiredClaims(
  tx: WriteTransaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  ids: Uuid[],
  deps: { now: EpochMs; ids: Ids },
): Promise<void> {
  const claims = await findExpiredClaims(tx, { businessId: programs.businessId, ids }, deps.now)
  if (claims.length > 0) await endClaims(tx, lock, programs, claims, 'expired', deps)
}

/** Ends these held claims: their units go back to the lots that they came from. */
export async function endClaims(
  tx: WriteTransaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  claims: readonly Claim[],
  status: 'expired' | 'cancelled',
  deps: { now: EpochMs; ids: Ids },
): Promise<Claim[]> {
  const open = await openClaims(tx, lock, programs, claims, { ...deps, actor: tx.actor })
  const ended = claims.map((before) => ({ before, after: releaseUnits(open, before, status) }))
  await Promise.all([commitClaims(tx, open), saveClaims(tx, lock, ended)])
  return ended.map(({ after }) => after)
}
