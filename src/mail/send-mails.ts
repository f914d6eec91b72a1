// Sends the mails of the outbox, one after the other.
import type { Logger } from 'pino'
import { type Seal, SealBroken } from '../businesses/seal.ts'
import type { Database } from '../db/database.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { MailContent } from './content.ts'
import { type Mailer, NotSent } from './mailer.ts'
import { type ClaimedMail, claimMail, failStuckMails, openContent, saveFailed, saveRetry, saveSent } from './outbox.ts'
import { renderMail } from './render.ts'

export interface SendDeps {
  db: Database
  clock: Clock
  log: Logger
  seal: Seal
  mailer: Mailer
  signal?: AbortSignal
  /** Whether the business shows its mails on a page. */
  showsMails: (businessId: Uuid) => Promise<boolean>
}

/**
 * Sends what is due. Of several processes, each mail is sent by one. A mail that the server may take
 * later is tried again after 1, 2, 4 … 60 minutes until it expires; one that may have been sent is not.
 */
export async function sendMails(deps: SendDeps): Promise<{ done: number; failed: number }> {
  const { db, clock, signal } = deps
  const tally = { done: 0, failed: await failStuckMails(db, clock.now()) }
  for (;;) {
    const mail = signal?.aborted ? null : await claimMail(db, clock.now())
    if (mail === null) return tally
    if (await sendOne(deps, mail)) tally.done += 1
    else tally.failed += 1
  }
}

async function sendOne({ db, clock, log, seal, mailer, showsMails }: SendDeps, mail: ClaimedMail): Promise<boolean> {
  const { id, business_id: businessId, recipient, language, attempts } = mail
  // Asked first: nothing but a lost database may come between sending and saving.
  const isShown = mailer.kind === 'terminal' && businessId !== null && (await showsMails(businessId))
  try {
    const content = open(seal, mail)
    await mailer.send({ id, to: recipient, ...renderMail(content, language) })
  } catch (error) {
    if (!(error instanceof NotSent)) throw error
    const { outcome, problem } = error
    log.warn({ mail: id, outcome, problem, attempts }, 'a mail was not sent')
    if (outcome === 'final') await saveFailed(db, id, problem)
    else await saveRetry(db, id, problem, clock.now() + waitAfter(attempts))
    return false
  }
  await saveSent(db, id, { at: clock.now(), keepsContent: isShown })
  return true
}

function open(seal: Seal, mail: ClaimedMail): MailContent {
  try {
    return openContent(seal, mail)
  } catch (error) {
    throw error instanceof SealBroken ? new NotSent('final', 'sealed with another key') : error
  }
}

const MINUTE_MS = 60_000

/** Milliseconds until the next attempt. */
function waitAfter(attempts: number): EpochMs {
  return Math.min(60, 2 ** (attempts - 1)) * MINUTE_MS
}
