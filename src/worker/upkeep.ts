// Keeps house: partitions ahead of time, bodies past their retention, answers that nobody can ask for again.
import { dropPartitionsBefore, ensurePartitions } from '../db/partitions.ts'
import { instant } from '../db/values.ts'
import { businessesWith } from './businesses.ts'
import type { JobDeps } from './deps.ts'

/** Makes the coming months' partitions, and drops the months whose bodies have been kept long enough. */
export async function keepPartitions({ db, clock }: JobDeps, retentionMonths: number): Promise<void> {
  const now = clock.now()
  await ensurePartitions(db, now)
  const date = new Date(now)
  await dropPartitionsBefore(db, Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - retentionMonths, 1))
}

const KEPT_MS = 24 * 3_600_000

/** Forgets the answers kept for an `Idempotency-Key` when their 24 hours are over. */
export async function forgetAnswers({ db, clock }: JobDeps): Promise<void> {
  const before = instant(clock.now() - KEPT_MS)
  for await (const businessId of businessesWith(db, HAS_OLD_ANSWERS, [before])) {
    await db.query('delete from idempotency_keys where business_id = $1 and created_at < $2::timestamptz', [
      businessId,
      before,
    ])
  }
}

const HAS_OLD_ANSWERS =
  'exists (select from idempotency_keys k where k.business_id = b.id and k.created_at < $1::timestamptz)'
