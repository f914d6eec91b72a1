// Tells a person by mail what happened to the ways in which they sign in.
import type { Seal } from '../businesses/seal.ts'
import type { WriteTransaction } from '../db/database.ts'
import { must } from '../kernel/assert.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import type { FactorChange, MailContent, PasswordChange } from '../mail/content.ts'
import { queueMail } from '../mail/outbox.ts'
import { findPerson, type Person } from './people.ts'

/** The news is worth nothing later. */
const NEWS_MS = 3 * 24 * 3_600_000

interface Deps {
  ids: Ids
  clock: Clock
  seal: Seal
}

/** In the transaction of the change. Wake the job `send_mails` after the commit. */
export function tellFactorChange(tx: WriteTransaction, staffId: Uuid, change: FactorChange, deps: Deps): Promise<void> {
  return tell(tx, staffId, { kind: 'factors_changed', change }, deps)
}

/** As tellFactorChange. */
export function tellPasswordChange(tx: WriteTransaction, staffId: Uuid, by: PasswordChange, deps: Deps): Promise<void> {
  return tell(tx, staffId, { kind: 'password_changed', by }, deps)
}

/** As tellFactorChange, to the address that the person had. */
export function tellEmailChange(
  tx: WriteTransaction,
  former: Pick<Person, 'email' | 'language'>,
  deps: Deps,
): Promise<void> {
  return queueNews(tx, former, { kind: 'email_changed' }, deps)
}

async function tell(tx: WriteTransaction, staffId: Uuid, content: MailContent, deps: Deps): Promise<void> {
  await queueNews(tx, must(await findPerson(tx, staffId), 'the person who is told'), content, deps)
}

async function queueNews(
  tx: WriteTransaction,
  { email: recipient, language }: Pick<Person, 'email' | 'language'>,
  content: MailContent,
  deps: Deps,
): Promise<void> {
  const expiresAt = deps.clock.now() + NEWS_MS
  await queueMail(tx, { businessId: null, recipient, language, content, expiresAt }, deps)
}
