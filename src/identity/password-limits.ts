// How many one-time passwords may be sent with one API key and by one business: a message costs
// money and disturbs somebody.
import { createHash } from 'node:crypto'
import type { Transaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { WINDOW_MS } from './code-attempts.ts'

/**
 * In ten minutes. A busy shop proves a customer every ten seconds; a chain of shops has a key for
 * each.
 */
const MOST_OF_KEY = 60
const MOST_OF_BUSINESS = 200

/**
 * Counts one password, in the table that counts wrong codes in the same windows. Until when no more
 * are sent; null when this one may be. Undo the transaction when it may not: then it does not
 * count.
 */
export async function countPassword(
  tx: Transaction,
  { businessId, keyId }: { businessId: Uuid; keyId: Uuid },
  now: EpochMs,
): Promise<EpochMs | null> {
  const limits = [
    { subject: subjectOf(businessId, keyId), most: MOST_OF_KEY },
    { subject: subjectOf(businessId, 'all'), most: MOST_OF_BUSINESS },
  ].sort((a, b) => Buffer.compare(a.subject, b.subject))
  const subjects = limits.map((one) => one.subject)
  const rows = await tx.query<{ subject: Buffer; wrong: number; since: EpochMs }>(COUNT, [
    businessId,
    subjects,
    instant(now),
    instant(now - WINDOW_MS),
  ])
  const over = rows.filter((row) => limits.some(({ subject, most }) => subject.equals(row.subject) && row.wrong > most))
  return over.length === 0 ? null : Math.max(...over.map((row) => row.since)) + WINDOW_MS
}

function subjectOf(businessId: Uuid, whose: string): Buffer {
  return createHash('sha256').update(`${businessId} passwords ${whose}`).digest().subarray(0, 16)
}

const COUNT = `
insert into wrong_codes as w (business_id, subject, wrong, since)
select $1::uuid, subject, 1, $3::timestamptz from unnest($2::bytea[]) as s (subject) order by subject
on conflict (business_id, subject) do update
set wrong = case when w.since > $4::timestamptz then w.wrong + 1 else 1 end,
  since = case when w.since > $4::timestamptz then w.since else excluded.since end
returning subject, wrong, since`
