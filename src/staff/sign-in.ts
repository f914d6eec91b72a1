// Signing in: by password, and by the one-time link of the demo.
import { createHash } from 'node:crypto'
import type { Database, Queryable } from '../db/database.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { type AttemptLimit, forgetAttempts, returnAttempt, takeAttempt } from './attempts.ts'
import { normaliseEmail } from './email.ts'
import type { Passwords } from './password.ts'
import { findPersonByEmail, setPasswordHash } from './people.ts'
import { type Origin, startSession } from './sessions.ts'
import { takeToken } from './tokens.ts'

export interface SignInDeps {
  db: Database
  ids: Ids
  clock: Clock
  passwords: Passwords
}

/** Where the person signs in, and the token of the session that the browser has. */
export interface Browser {
  origin: Origin
  former: string | null
}

export type SignInOutcome =
  | { kind: 'signed_in'; token: string }
  | { kind: 'wrong' }
  | { kind: 'too_many_attempts'; waitMs: number }

/**
 * In order of precedence: too_many_attempts, wrong (the address is unknown, or the password wrong:
 * with the same work), signed_in. Throws NotRunError when too many passwords wait to be verified.
 */
export async function signIn(
  deps: SignInDeps,
  { email, password, browser }: { email: string; password: string; browser: Browser },
): Promise<SignInOutcome> {
  const { db, clock, passwords } = deps
  const { network } = browser.origin
  const address = normaliseEmail(email)
  const person = await findPersonByEmail(db, address ?? '')
  const attempt = { email: address ?? email, staffId: person?.id ?? null, network }
  const waitMs = await countAttempt(db, attempt, clock.now())
  if (waitMs > 0) return { kind: 'too_many_attempts', waitMs }
  const { isRight, isOutdated } = await passwords.verify(password, person?.password_hash ?? null, network)
  if (!person || !isRight) return { kind: 'wrong' }
  await forgetAttempt(db, attempt)
  if (isOutdated) await setPasswordHash(db, person.id, await passwords.hash(password, network))
  const token = await db.transaction((tx) => startSession(tx, { staffId: person.id, ...browser }, deps))
  return { kind: 'signed_in', token }
}

/** Null when the link is not valid: it is used, has expired, or never was. */
export function signInByLink(
  deps: Pick<SignInDeps, 'db' | 'ids' | 'clock'>,
  { link, browser }: { link: string; browser: Browser },
): Promise<string | null> {
  return deps.db.transaction(async (tx) => {
    const token = await takeToken(tx, link, 'link', deps.clock.now())
    return token?.staffId ? startSession(tx, { staffId: token.staffId, ...browser }, deps) : null
  })
}

interface Attempt {
  email: string
  staffId: Uuid | null
  network: string
}

/** Everybody behind one address, such as the staff of a shop in the morning. */
const OF_NETWORK: AttemptLimit = { burst: 40, everyMs: 10_000 }
/** One account from one address. */
const OF_PAIR: AttemptLimit = { burst: 5, everyMs: 60_000 }
/**
 * One account from all addresses from which nobody has signed in to it. An attacker with many
 * addresses uses it up, and the person can still sign in from a known address.
 */
const OF_ACCOUNT: AttemptLimit = { burst: 20, everyMs: 5 * 60_000 }

function keysOf({ email, network }: Attempt) {
  const account = createHash('sha256').update(email).digest('base64url')
  return { network: `network ${network}`, pair: `pair ${account} ${network}`, account: `account ${account}` }
}

/** Counts an attempt before its password is verified, so that concurrent ones are counted exactly. */
async function countAttempt(q: Queryable, attempt: Attempt, now: EpochMs): Promise<number> {
  const keys = keysOf(attempt)
  const isKnown = await hasSignedInFrom(q, attempt)
  return (
    (await takeAttempt(q, keys.network, OF_NETWORK, now)) ||
    (await takeAttempt(q, keys.pair, OF_PAIR, now)) ||
    (isKnown ? 0 : await takeAttempt(q, keys.account, OF_ACCOUNT, now))
  )
}

/** Only failures count. */
async function forgetAttempt(q: Queryable, attempt: Attempt): Promise<void> {
  const keys = keysOf(attempt)
  await returnAttempt(q, keys.network, OF_NETWORK)
  await forgetAttempts(q, [keys.pair, keys.account])
}

/** For an unknown address the same query finds nothing. */
async function hasSignedInFrom(q: Queryable, { staffId, network }: Attempt): Promise<boolean> {
  const rows = await q.query('select id from staff_sessions where staff_id = $1 and network = $2 limit 1', [
    staffId,
    network,
  ])
  return rows.length > 0
}
