// The second step of signing in: the password was right, and a code of the authenticator app or a
// recovery code is awaited.
import type { Seal } from '../businesses/seal.ts'
import type { Database, Queryable, WriteTransaction } from '../db/database.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import { formatId, type Ids, type Uuid } from '../kernel/ids.ts'
import { type AttemptLimit, forgetAttempts, returnAttempt, takeAttempt } from './attempts.ts'
import { tellFactorChange } from './factor-mails.ts'
import { countRecoveryCodes, takeRecoveryCode } from './recovery-codes.ts'
import { takeTotpCode } from './second-factor.ts'
import { hashSecret } from './secret.ts'
import { type Browser, startSession } from './sessions.ts'
import { hasSignedInFrom } from './sign-in-limits.ts'
import { createToken, findToken, takeToken } from './tokens.ts'

export interface SecondFactorSignInDeps {
  db: Database
  ids: Ids
  clock: Clock
  seal: Seal
}

/** How long the browser has for the second step. */
export const SECOND_FACTOR_VALID_MS = 10 * 60_000

/** A code of the authenticator app, or one of the recovery codes. */
export interface SecondFactorProof {
  kind: 'code' | 'recovery_code'
  code: string
}

export type SecondFactorOutcome =
  | { kind: 'signed_in'; token: string }
  | { kind: 'wrong' }
  | { kind: 'too_many_attempts'; waitMs: number }
  /** The password must be given again. */
  | { kind: 'expired' }

/** What the browser shows in the second step that its password was right. */
export function awaitSecondFactor(q: Queryable, staffId: Uuid, { clock }: { clock: Clock }): Promise<string> {
  return createToken(q, { purpose: 'second_factor', staffId, validMs: SECOND_FACTOR_VALID_MS }, { clock })
}

/**
 * In order of precedence: expired (never, used, too late, or tried five times), too_many_attempts,
 * wrong, signed_in.
 */
export async function signInBySecondFactor(
  deps: SecondFactorSignInDeps,
  { awaited, proof, browser }: { awaited: string; proof: SecondFactorProof; browser: Browser },
): Promise<SecondFactorOutcome> {
  const { db, clock } = deps
  const staffId = (await findToken(db, awaited, 'second_factor', clock.now()))?.staffId
  if (!staffId) return { kind: 'expired' }
  const attempt = { staffId, network: browser.origin.network, proof }
  const challenge = `challenge ${hashSecret(awaited).toString('base64url')}`
  if ((await takeAttempt(db, challenge, OF_CHALLENGE, clock.now())) > 0) return { kind: 'expired' }
  const waitMs = await countCode(db, attempt, clock.now())
  if (waitMs > 0) {
    await returnAttempt(db, challenge, OF_CHALLENGE)
    return { kind: 'too_many_attempts', waitMs }
  }
  try {
    const token = await db.write(`staff:${formatId('staff', staffId)}`, async (tx) => {
      if (!(await takeProof(tx, attempt, deps))) return null
      // The code is not spent when another request was faster.
      if ((await takeToken(tx, awaited, 'second_factor', clock.now())) === null) throw new Overtaken()
      return startSession(tx, { staffId, ...browser }, deps)
    })
    if (token === null) return { kind: 'wrong' }
    await forgetCodes(db, attempt)
    return { kind: 'signed_in', token }
  } catch (error) {
    if (error instanceof Overtaken) return { kind: 'expired' }
    throw error
  }
}

/**
 * Uses the code up, when the transaction commits. The person is told of a recovery code: wake the job
 * `send_mails` then.
 */
export async function takeProof(
  tx: WriteTransaction,
  { staffId, proof }: { staffId: Uuid; proof: SecondFactorProof },
  deps: { seal: Seal; ids: Ids; clock: Clock },
): Promise<boolean> {
  const { kind, code } = proof
  if (kind === 'code') return takeTotpCode(tx, { staffId, code }, deps)
  if (!(await takeRecoveryCode(tx, staffId, code))) return false
  const left = await countRecoveryCodes(tx, staffId)
  await tellFactorChange(tx, staffId, { what: 'recovery_code_used', left }, deps)
  return true
}

/** Thrown to roll back: another request has used the awaited token. */
class Overtaken extends Error {}

export interface CodeAttempt {
  staffId: Uuid
  network: string
  proof: SecondFactorProof
}

/** Of one password. */
const OF_CHALLENGE: AttemptLimit = { burst: 5, everyMs: SECOND_FACTOR_VALID_MS }
/** Of one account, however often its password is given. */
const OF_ACCOUNT: AttemptLimit = { burst: 5, everyMs: 60_000 }

/**
 * Counts an attempt before its code is verified. Recovery codes cannot be guessed and are not
 * counted, so that somebody who has the password cannot lock the person out: they still sign in with
 * a recovery code, with a passkey, and from an address that they have signed in from before.
 */
export async function countCode(q: Queryable, attempt: CodeAttempt, now: EpochMs): Promise<number> {
  if (attempt.proof.kind === 'recovery_code') return 0
  return takeAttempt(q, await keyOf(q, attempt), OF_ACCOUNT, now)
}

/** Only failures count. */
export async function forgetCodes(q: Queryable, attempt: CodeAttempt): Promise<void> {
  await forgetAttempts(q, [await keyOf(q, attempt)])
}

async function keyOf(q: Queryable, { staffId, network }: CodeAttempt): Promise<string> {
  const isKnown = await hasSignedInFrom(q, { staffId, network })
  return isKnown ? `code ${staffId} ${network}` : `code ${staffId}`
}
