// Signing in: by password, and by the one-time link of the demo.
import type { Database, Transaction } from '../db/database.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { normaliseEmail } from './email.ts'
import type { Passwords } from './password.ts'
import { findPersonByEmail, isStillHash, setPasswordHash } from './people.ts'
import { hasSecondFactor } from './second-factor.ts'
import { type Browser, startSession } from './sessions.ts'
import { countAttempt, forgetAttempt } from './sign-in-limits.ts'
import { awaitSecondFactor } from './sign-in-second-factor.ts'
import { takeToken } from './tokens.ts'

export interface SignInDeps {
  db: Database
  ids: Ids
  clock: Clock
  passwords: Passwords
}

export type SignInOutcome =
  | { kind: 'signed_in'; token: string }
  /** `awaited`: what the browser shows with the code. */
  | { kind: 'second_factor'; awaited: string }
  | { kind: 'wrong' }
  | { kind: 'too_many_attempts'; waitMs: number }

/**
 * In order of precedence: too_many_attempts, wrong (the address is unknown, or the password wrong:
 * with the same work), second_factor, signed_in. Throws NotRunError when too many passwords wait to be verified.
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
  return db.transaction(async (tx): Promise<SignInOutcome> => {
    if (!(await isStillHash(tx, person))) return { kind: 'wrong' }
    if (rehashed !== null) await setPasswordHash(tx, person.id, rehashed)
    return enter(tx, person.id, browser, deps)
  })
}

export type LinkOutcome = Exclude<SignInOutcome, { kind: 'too_many_attempts' }>

/**
 * `wrong`: the link is used, has expired, or never was. A link is no second factor; that of the demo
 * needs none.
 */
export function signInByLink(
  deps: Pick<SignInDeps, 'db' | 'ids' | 'clock'>,
  { link, browser }: { link: string; browser: Browser },
): Promise<LinkOutcome> {
  return deps.db.transaction(async (tx): Promise<LinkOutcome> => {
    const token = await takeToken<{ isDemo?: true }>(tx, link, 'link', deps.clock.now())
    if (!token?.staffId) return { kind: 'wrong' }
    const { staffId, data } = token
    if (!data.isDemo) return enter(tx, staffId, browser, deps)
    return { kind: 'signed_in', token: await startSession(tx, { staffId, ...browser }, deps) }
  })
}

/** The first factor is given: starts a session, unless a second one is on. */
async function enter(
  tx: Transaction,
  staffId: Uuid,
  browser: Browser,
  deps: Pick<SignInDeps, 'ids' | 'clock'>,
): Promise<LinkOutcome> {
  if (await hasSecondFactor(tx, staffId)) {
    return { kind: 'second_factor', awaited: await awaitSecondFactor(tx, staffId, deps) }
  }
  return { kind: 'signed_in', token: await startSession(tx, { staffId, ...browser }, deps) }
}
