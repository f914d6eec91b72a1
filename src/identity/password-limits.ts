// Limits the one-time passwords that are sent by one API key or person and by one business: a message costs
// money and disturbs its recipient.
import type { Transaction } from '../db/database.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { addAttempts, subjectOf, WINDOW_MS } from './attempt-counts.ts'

/**
 * Passwords in a window. A busy branch sends one every ten seconds; each branch has its own key or cashiers.
 */
const MAX_OF_CALLER = 60
const MAX_OF_BUSINESS = 200

/**
 * Counts one password. Returns until when no more are sent, or null if this one may be sent. If it
 * may not, roll the transaction back, so that it does not count.
 */
export async function countPassword(
  tx: Transaction,
  { businessId, callerId }: { businessId: Uuid; callerId: Uuid },
  now: EpochMs,
): Promise<EpochMs | null> {
  const limits = [
    { businessId, subject: subjectOf(businessId, 'passwords', callerId), limit: MAX_OF_CALLER },
    { businessId, subject: subjectOf(businessId, 'passwords', 'all'), limit: MAX_OF_BUSINESS },
  ]
  const counts = await addAttempts(tx, limits, now)
  const ends = limits.flatMap(({ subject, limit }) => {
    const count = counts.get(subject)
    return count && count.attempts > limit ? [count.since + WINDOW_MS] : []
  })
  return ends.length === 0 ? null : Math.max(...ends)
}
