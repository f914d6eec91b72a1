// Signing in: by password, and by the one-time link of the demo.
import type { Database } from '../db/database.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Ids } from '../kernel/ids.ts'
import { normaliseEmail } from './email.ts'
import type { Passwords } from './password.ts'
import { findPersonByEmail, isStillHash, setPasswordHash } from './people.ts'
import { type Origin, startSession } from './sessions.ts'
import { countAttempt, forgetAttempt } from './sign-in-limits.ts'
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
  const rehashed = isOutdated ? await passwords.hash(password, network) : null
  const token = await db.transaction(async (tx) => {
    if (!(await isStillHash(tx, person))) return null
    if (rehashed !== null) await setPasswordHash(tx, person.id, rehashed)
    return startSession(tx, { staffId: person.id, ...browser }, deps)
  })
  return token === null ? { kind: 'wrong' } : { kind: 'signed_in', token }
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
