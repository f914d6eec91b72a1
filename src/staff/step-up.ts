// Step-up: a person who is signed in proves again who they are, for what asks for a recent proof.
import type { Seal } from '../businesses/seal.ts'
import type { Database, WriteTransaction } from '../db/database.ts'
import { must } from '../kernel/assert.ts'
import type { Clock } from '../kernel/clock.ts'
import { formatId, type Ids } from '../kernel/ids.ts'
import { type PasskeyAnswer, type Refusal, type RelyingParty, verifyPasskey } from './passkeys.ts'
import type { Passwords } from './password.ts'
import { findPerson, isStillHash, type Person } from './people.ts'
import { hasSecondFactor } from './second-factor.ts'
import { type Origin, rotateSession, type SignedIn } from './sessions.ts'
import { countAttempt, forgetAttempt } from './sign-in-limits.ts'
import { takePasskey } from './sign-in-passkey.ts'
import { countCode, forgetCodes, type SecondFactorProof, takeProof } from './sign-in-second-factor.ts'

export interface StepUpDeps {
  db: Database
  clock: Clock
  passwords: Passwords
  seal: Seal
  ids: Ids
}

/** What a person proves with. */
export type Proof = PasswordProof | { kind: 'passkey'; answer: PasskeyAnswer; rp: RelyingParty }

export interface PasswordProof {
  kind: 'password'
  password: string
  /** Needed when the second factor is on. */
  secondFactor: SecondFactorProof | null
}

export type StepUpOutcome =
  | { kind: 'confirmed'; token: string }
  | { kind: 'too_many_attempts'; waitMs: number }
  | { kind: 'wrong' }
  /** The password is right, and a code is needed too. */
  | { kind: 'second_factor_required' }
  | { kind: 'wrong_second_factor' }
  /** The passkey. */
  | Refusal
  /** The session ended meanwhile, or another request of it was confirmed first. */
  | { kind: 'ended' }

export interface StepUp {
  session: SignedIn
  /** Of the session, as the browser sent it. */
  token: string
  proof: Proof
  origin: Origin
}

/**
 * Gives the session a new token and makes it fresh. In order of precedence: too_many_attempts, wrong,
 * second_factor_required, wrong_second_factor, refused, ended, confirmed. Throws NotRunError when too
 * many passwords wait to be verified.
 */
export function stepUp(deps: StepUpDeps, asked: StepUp): Promise<StepUpOutcome> {
  const { proof } = asked
  return proof.kind === 'password' ? byPassword(deps, { ...asked, proof }) : byPasskey(deps, { ...asked, proof })
}

async function byPassword(
  deps: StepUpDeps,
  { session, token, proof, origin }: StepUp & { proof: PasswordProof },
): Promise<StepUpOutcome> {
  const { db, clock } = deps
  const { staffId } = session
  const verified = await verifyPassword(deps, { staffId, password: proof.password, origin })
  if (verified.kind !== 'right') return verified
  const needsCode = await hasSecondFactor(db, staffId)
  if (needsCode && proof.secondFactor === null) return { kind: 'second_factor_required' }
  const code = needsCode && proof.secondFactor && { staffId, network: origin.network, proof: proof.secondFactor }
  const waitMs = code ? await countCode(db, code, clock.now()) : 0
  if (waitMs > 0) return { kind: 'too_many_attempts', waitMs }
  const outcome = await rotateWith(deps, { session, token }, async (tx) => {
    if (!(await isStillHash(tx, verified.person))) return { kind: 'wrong' }
    return code && !(await takeProof(tx, code, deps)) ? { kind: 'wrong_second_factor' } : null
  })
  if (code && outcome.kind === 'confirmed') await forgetCodes(db, code)
  return outcome
}

async function byPasskey(
  deps: StepUpDeps,
  { session, token, proof }: StepUp & { proof: Extract<Proof, { kind: 'passkey' }> },
): Promise<StepUpOutcome> {
  const verified = await verifyPasskey(deps.db, proof.answer, proof.rp)
  if (verified.kind === 'refused') return verified
  if (verified.staffId !== session.staffId) return { kind: 'refused', reason: 'the passkey is that of another person' }
  return rotateWith(deps, { session, token }, async (tx) => {
    if (await takePasskey(tx, verified, deps)) return null
    return { kind: 'refused', reason: 'the challenge or the passkey is not valid any more' }
  })
}

/** `refuse` uses up what the person gave, in the transaction that makes the session fresh. */
async function rotateWith(
  { db, clock }: StepUpDeps,
  { session, token }: Pick<StepUp, 'session' | 'token'>,
  refuse: (tx: WriteTransaction) => Promise<StepUpOutcome | null>,
): Promise<StepUpOutcome> {
  try {
    return await db.write(`staff:${formatId('staff', session.staffId)}`, async (tx): Promise<StepUpOutcome> => {
      const refusal = await refuse(tx)
      if (refusal !== null) return refusal
      const rotated = await rotateSession(tx, { sessionId: session.sessionId, former: token }, clock.now())
      if (rotated === null) throw new Ended()
      return { kind: 'confirmed', token: rotated }
    })
  } catch (error) {
    if (error instanceof Ended) return { kind: 'ended' }
    throw error
  }
}

/** Thrown to roll back: what the person gave is not spent. */
class Ended extends Error {}

export type Verified =
  | { kind: 'right'; person: Person }
  | { kind: 'too_many_attempts'; waitMs: number }
  | { kind: 'wrong' }

/**
 * Verifies the password of a person, and counts failures together with those of signing in. What it
 * allows must check `isStillHash` in its transaction.
 */
export async function verifyPassword(
  deps: Pick<StepUpDeps, 'db' | 'clock' | 'passwords'>,
  { staffId, password, origin }: { staffId: SignedIn['staffId']; password: string; origin: Origin },
): Promise<Verified> {
  const { db, clock, passwords } = deps
  const person = must(await findPerson(db, staffId), 'the person of the session')
  const attempt = { email: person.email, staffId, network: origin.network }
  const waitMs = await countAttempt(db, attempt, clock.now())
  if (waitMs > 0) return { kind: 'too_many_attempts', waitMs }
  const { isRight } = await passwords.verify(password, person.password_hash, origin.network)
  if (!isRight) return { kind: 'wrong' }
  await forgetAttempt(db, attempt)
  return { kind: 'right', person }
}
