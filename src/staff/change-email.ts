// A new email address of a person who is signed in: a mail with a link to the new address, and the page
// behind it. Whether somebody has the address is seen only by whoever reads its mail.
import { createHash } from 'node:crypto'
import type { Seal } from '../businesses/seal.ts'
import type { Queryable, WriteTransaction } from '../db/database.ts'
import { must } from '../kernel/assert.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { queueMail } from '../mail/outbox.ts'
import { type AttemptLimit, takeAttempt } from './attempts.ts'
import { tellEmailChange } from './factor-mails.ts'
import { endOtherSessions } from './own-sessions.ts'
import { findPerson, lockPerson, type Person, setEmail } from './people.ts'
import type { SignedIn } from './sessions.ts'
import { createToken, findToken, forgetTokensOf, takeToken } from './tokens.ts'

const LINK_VALID_MS = 3_600_000

interface Deps {
  ids: Ids
  clock: Clock
  seal: Seal
}

export interface NewEmail {
  session: SignedIn
  person: Person
  /** Normalised; not that of the person. */
  email: string
  /** What takes the token behind `#`. */
  page: string
}

/**
 * Mails a link to the new address; the former link of the person ends. Returns 0, or the milliseconds to wait: roll
 * back then. Wake the job `send_mails` after the commit.
 */
export async function mailEmailChange(
  tx: WriteTransaction,
  { session, person, email, page }: NewEmail,
  deps: Deps,
): Promise<number> {
  const now = deps.clock.now()
  const waitMs = await countRequest(tx, person.id, email, now)
  if (waitMs > 0) return waitMs
  await lockPerson(tx, person.id)
  await forgetTokensOf(tx, person.id, 'email')
  const data: Change = { email, sessionId: session.sessionId }
  const token = await createToken(tx, { purpose: 'email', staffId: person.id, data, validMs: LINK_VALID_MS }, deps)
  const [only, ...more] = session.memberships
  await queueMail(
    tx,
    {
      businessId: only && more.length === 0 ? only.businessId : null,
      recipient: email,
      language: person.language,
      content: { kind: 'email_change', url: `${page}#${token}` },
      expiresAt: now + LINK_VALID_MS,
    },
    deps,
  )
  return 0
}

/** Of the token. */
interface Change {
  email: string
  /** The session that asked: the link ends with it, so that ending a session of a stranger ends what they asked for. */
  sessionId: Uuid
}

/** Whose address the link changes; null when it is not valid. It stays good. */
export async function personOfEmailChange(q: Queryable, token: string, now: EpochMs): Promise<Uuid | null> {
  return (await findToken(q, token, 'email', now))?.staffId ?? null
}

export type ConfirmOutcome = { kind: 'changed'; email: string } | { kind: 'invalid' } | { kind: 'taken'; email: string }

/**
 * Changes the address, ends every session but the one that asked, forgets what was handed out to the person, and tells
 * the former address. In order of precedence: invalid, taken, changed. Roll back unless `changed`. Wake the job
 * `send_mails` after the commit.
 */
export async function confirmEmailChange(
  tx: WriteTransaction,
  { token, staffId }: { token: string; staffId: Uuid },
  deps: Deps,
): Promise<ConfirmOutcome> {
  const now = deps.clock.now()
  await lockPerson(tx, staffId)
  const taken = await takeToken<Change>(tx, token, 'email', now)
  if (taken === null) return { kind: 'invalid' }
  const { email, sessionId } = taken.data
  const former = must(await findPerson(tx, staffId), 'the person of the link')
  await forgetTokensOf(tx, staffId)
  const ended = await endOtherSessions(tx, staffId, sessionId, now)
  if (ended === null) return { kind: 'invalid' }
  if (!(await setEmail(tx, staffId, email))) return { kind: 'taken', email }
  await tellEmailChange(tx, former, deps)
  return { kind: 'changed', email }
}

/** The links that a person asks for. */
const OF_PERSON: AttemptLimit = { burst: 5, everyMs: 10 * 60_000 }
/** The mails that an address gets, whoever asks. */
const OF_ADDRESS: AttemptLimit = { burst: 3, everyMs: 20 * 60_000 }

async function countRequest(q: Queryable, staffId: Uuid, email: string, now: EpochMs): Promise<number> {
  const address = createHash('sha256').update(email).digest('base64url')
  return (
    (await takeAttempt(q, `email change by ${staffId}`, OF_PERSON, now)) ||
    (await takeAttempt(q, `email change to ${address}`, OF_ADDRESS, now))
  )
}
