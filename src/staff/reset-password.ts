// Resetting a password: a mail with a link, and the page behind it. An unknown address gets the same
// answer, with the same work.
import { createHash } from 'node:crypto'
import type { Text } from '../../contract/errors.ts'
import { passwordProblem } from '../../contract/password.ts'
import type { Seal } from '../businesses/seal.ts'
import type { Database, Queryable, WriteTransaction } from '../db/database.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import { formatId, type Ids, type Uuid } from '../kernel/ids.ts'
import { queueMail } from '../mail/outbox.ts'
import { type AttemptLimit, takeAttempt } from './attempts.ts'
import { normaliseEmail } from './email.ts'
import { tellPasswordChange } from './factor-mails.ts'
import type { Passwords } from './password.ts'
import { findPerson, lockPerson, setPasswordHash } from './people.ts'
import { endSessionsOf, type Origin } from './sessions.ts'
import { createToken, findToken, forgetTokensOf, takeToken } from './tokens.ts'

const RESET_VALID_MS = 3_600_000

export interface ResetDeps {
  db: Database
  ids: Ids
  clock: Clock
  seal: Seal
}

export type RequestOutcome = { kind: 'requested' } | { kind: 'too_many_attempts'; waitMs: number }

/**
 * Mails a link to the person with this address. For an address that nobody has, the same is written, and nobody gets
 * it. `page`: what takes the token behind `#`.
 */
export async function requestReset(
  deps: ResetDeps,
  { email, page, language, origin }: { email: string; page: string; language: 'ar' | 'en'; origin: Origin },
): Promise<RequestOutcome> {
  const { db, clock } = deps
  const now = clock.now()
  const address = normaliseEmail(email) ?? email.slice(0, 254)
  const found = await findReset(db, address, origin.network)
  const waitMs = await countRequest(db, address, { network: origin.network, isKnown: found?.is_known === true }, now)
  if (waitMs > 0) return { kind: 'too_many_attempts', waitMs }
  await db.write('system:password_reset', async (tx) => {
    const token = await createResetToken(tx, found?.id ?? null, deps)
    await queueMail(
      tx,
      {
        businessId: found?.business_id ?? null,
        recipient: address,
        language: found?.language ?? language,
        content: { kind: 'password_reset', url: `${page}#${token}` },
        expiresAt: now + RESET_VALID_MS,
        isDiscarded: found === null,
      },
      deps,
    )
  })
  return { kind: 'requested' }
}

/** `staffId`: null for an address that nobody has; the token is good for nothing. */
export function createResetToken(q: Queryable, staffId: Uuid | null, deps: { clock: Clock }): Promise<string> {
  return createToken(q, { purpose: 'password_reset', staffId, validMs: RESET_VALID_MS }, deps)
}

export type ResetOutcome = { kind: 'reset' } | { kind: 'invalid' } | { kind: 'refused'; problem: Text }

/**
 * Sets the password, and ends every session and everything else that was handed out to the person. In
 * order of precedence: invalid (the link), refused (the password), reset. A refused password leaves the link good.
 * `record` is called in the transaction, as the person.
 */
export async function resetPassword(
  deps: ResetDeps & { passwords: Passwords },
  { token, password, origin }: { token: string; password: string; origin: Origin },
  record: (tx: WriteTransaction, staffId: Uuid) => Promise<void>,
): Promise<ResetOutcome> {
  const { db, clock, passwords } = deps
  const found = await findToken(db, token, 'password_reset', clock.now())
  const person = found?.staffId ? await findPerson(db, found.staffId) : null
  if (person === null) return { kind: 'invalid' }
  const problem = passwordProblem(password, person)
  if (problem !== null) return { kind: 'refused', problem }
  const hash = await passwords.hash(password, origin.network)
  return db.write(`staff:${formatId('staff', person.id)}`, async (tx): Promise<ResetOutcome> => {
    const now = clock.now()
    await lockPerson(tx, person.id)
    const taken = await takeToken(tx, token, 'password_reset', now)
    if (taken === null) return { kind: 'invalid' }
    await setPasswordHash(tx, person.id, hash)
    // It waits for whoever uses one of them to sign in, and then that session ends too.
    await forgetTokensOf(tx, person.id)
    await endSessionsOf(tx, person.id, now)
    await tellPasswordChange(tx, person.id, 'reset', deps)
    await record(tx, person.id)
    return { kind: 'reset' }
  })
}

interface Resetting {
  id: Uuid
  language: 'ar' | 'en'
  /** Of somebody who belongs to one business alone. */
  business_id: Uuid | null
  /** The person has signed in from this network. */
  is_known: boolean
}

async function findReset(q: Queryable, email: string, network: string): Promise<Resetting | null> {
  const [row] = await q.query<Resetting>(
    `select id, language,
       (select min(business_id::text)::uuid from memberships where staff_id = s.id having count(*) = 1) as business_id,
       exists (select from staff_sessions where staff_id = s.id and network = $2) as is_known
     from staff s where email = $1`,
    [email, network],
  )
  return row ?? null
}

/** Everybody behind one address. */
const OF_NETWORK: AttemptLimit = { burst: 20, everyMs: 60_000 }
/** One account from one address: a person who asks again because the mail is slow. */
const OF_PAIR: AttemptLimit = { burst: 3, everyMs: 5 * 60_000 }
/** The mails that an account gets from networks from which nobody has signed in to it. */
const OF_ACCOUNT: AttemptLimit = { burst: 10, everyMs: 20 * 60_000 }

/** The same statement is sent, and never refuses: nobody can keep a person from their own network. */
const UNLIMITED: AttemptLimit = { burst: 1_000_000, everyMs: 1 }

/** Whether the account exists makes no difference. */
async function countRequest(
  q: Queryable,
  address: string,
  { network, isKnown }: { network: string; isKnown: boolean },
  now: EpochMs,
): Promise<number> {
  const account = createHash('sha256').update(address).digest('base64url')
  return (
    (await takeAttempt(q, `reset network ${network}`, OF_NETWORK, now)) ||
    (await takeAttempt(q, `reset pair ${account} ${network}`, OF_PAIR, now)) ||
    (await takeAttempt(q, `reset account ${account}`, isKnown ? UNLIMITED : OF_ACCOUNT, now))
  )
}
