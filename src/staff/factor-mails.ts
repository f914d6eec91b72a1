// Tells a person by mail what happened to the ways in which they sign in.
import type { Seal } from '../businesses/seal.ts'
import type { WriteTransaction } from '../db/database.ts'
import { must } from '../kernel/assert.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import type { FactorChange } from '../mail/content.ts'
import { queueMail } from '../mail/outbox.ts'
import { findPerson } from './people.ts'

/** The news is worth nothing later. */
const NEWS_MS = 3 * 24 * 3_600_000

/** In the transaction of the change. Wake the job `send_mails` after the commit. */
export async function tellFactorChange(
  tx: WriteTransaction,
  staffId: Uuid,
  change: FactorChange,
  deps: { ids: Ids; clock: Clock; seal: Seal },
): Promise<void> {
  const { email: recipient, language } = must(await findPerson(tx, staffId), 'the person whose factors change')
  const content = { kind: 'factors_changed', change } as const
  const expiresAt = deps.clock.now() + NEWS_MS
  await queueMail(tx, { businessId: null, recipient, language, content, expiresAt }, deps)
}
