// Ends the claims of a customer who is erased: open codes are cancelled, and no order changes a
// redemption any more.
import type { BusinessLock } from '../../db/business-lock.ts'
import type { Statement, WriteTransaction } from '../../db/database.ts'
import { instant } from '../../db/values.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Ids, Uuid } from '../../kernel/ids.ts'
import type { BusinessPrograms } from '../../programs/store.ts'
import { listClaims } from './claim-store.ts'
import { endClaims } from './end-claim.ts'

/** Claims that are cancelled at once. */
const AT_ONCE = 200

/** The number of open claims that were cancelled; their units are in the balance again. */
export async function closeClaims(
  tx: WriteTransaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  customerId: Uuid,
  deps: { now: EpochMs; ids: Ids },
): Promise<number> {
  const { businessId } = programs
  let cancelled = 0
  for (;;) {
    const page = { status: 'held', before: null, limit: AT_ONCE } as const
    const held = await listClaims(tx, { businessId, customerId }, page)
    if (held.length === 0) break
    await endClaims(tx, lock, programs, held, 'cancelled', deps)
    cancelled += held.length
  }
  await tx.query(CLOSE, [businessId, customerId, instant(deps.now)])
  return cancelled
}

/** What staff wrote about the customer goes as well. */
const CLOSE: Statement = {
  name: 'close_claims',
  text: `
update claims set closed_at = $3::timestamptz, waits_since = null,
  return_reason = case when returned_at is not null then '' end
where business_id = $1 and customer_id = $2`,
}
