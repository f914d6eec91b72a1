// Closes a business to its callers: no POS and no key reaches it any more.
import type { Transaction, WriteTransaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

/** Connections end and keys are revoked. Processes notice within seconds. */
export async function closeBusiness(
  tx: WriteTransaction,
  businessId: Uuid,
  { clock }: { clock: Clock },
): Promise<void> {
  await tx.query('delete from pos_connections where business_id = $1', [businessId])
  await tx.query('delete from connection_codes where business_id = $1', [businessId])
  await tx.query(
    'update api_keys set revoked_at = $2::timestamptz, revoked_by = $3 where business_id = $1 and revoked_at is null',
    [businessId, instant(clock.now()), tx.actor],
  )
}

/** Its row alone: everything that refers to it must be gone. */
export async function deleteBusiness(tx: Transaction, businessId: Uuid): Promise<void> {
  await tx.query('delete from businesses where id = $1', [businessId])
}
