// Sends the mails of the outbox, and deletes old ones.
import { instant } from '../db/values.ts'
import { showsMails } from '../demo/state.ts'
import { forgetContents, MAILS_KEPT_MS, PURGE_MAILS } from '../mail/retention.ts'
import { sendMails } from '../mail/send-mails.ts'
import type { AppContext } from '../server/context.ts'
import { deleteInBatches } from './delete-in-batches.ts'
import type { JobDeps, Tally } from './deps.ts'

/** Counts mails. */
export function sendAllMails(deps: JobDeps & Pick<AppContext, 'seal' | 'mailer'>): Promise<Tally> {
  return sendMails({ ...deps, showsMails: (businessId) => showsMails(deps.db, businessId) })
}

/** Counts deleted mails. */
export async function purgeMails(deps: Pick<JobDeps, 'db' | 'clock' | 'signal'>): Promise<Tally> {
  const now = deps.clock.now()
  await forgetContents(deps.db, now)
  return deleteInBatches(deps, PURGE_MAILS, [instant(now - MAILS_KEPT_MS)])
}
