// Deletes mails 30 days after what they offered has ended, and the secrets in them at once; the job is
// `purge_mails`.
import type { Queryable } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'

export const MAILS_KEPT_MS = 30 * 24 * 3_600_000

/** For `deleteInBatches`, with the instant of `MAILS_KEPT_MS` ago. */
export const PURGE_MAILS = `
delete from mails where id in (select id from mails where expires_at < $1::timestamptz order by expires_at limit $2)
returning id`

/** What mails contained that the demo shows, and those that nobody gets. */
export async function forgetContents(q: Queryable, now: EpochMs): Promise<void> {
  await q.query(
    `update mails set sealed_content = null
     where sealed_content is not null and expires_at < $1::timestamptz and status in ('sent', 'discarded')`,
    [instant(now)],
  )
}
