// Step-up: a person who is signed in proves again who they are, for what asks for a recent proof.
import type { Database } from '../db/database.ts'
import { must } from '../kernel/assert.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Passwords } from './password.ts'
import { findPerson, isStillHash, type Person } from './people.ts'
import { type Origin, rotateSession, type SignedIn } from './sessions.ts'
import { countAttempt, forgetAttempt } from './sign-in-limits.ts'

export interface StepUpDeps {
  db: Database
  clock: Clock
  passwords: Passwords
}

/** What a person proves with. A further method is a further kind, verified in `isRight`. */
export type Proof = { kind: 'password'; password: string }

export type StepUpOutcome =
  | { kind: 'confirmed'; token: string }
  | { kind: 'too_many_attempts'; waitMs: number }
  | { kind: 'wrong' }
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
 * ended, confirmed. Throws NotRunError when too many passwords wait to be verified.
 */
export async function stepUp(deps: StepUpDeps, { session, token, proof, origin }: StepUp): Promise<StepUpOutcome> {
  const { db, clock } = deps
  const verified = await verifyProof(deps, { staffId: session.staffId, proof, origin })
  if (verified.kind !== 'right') return verified
  return db.transaction(async (tx): Promise<StepUpOutcome> => {
    if (!(await isStillHash(tx, verified.person))) return { kind: 'wrong' }
    const rotated = await rotateSession(tx, { sessionId: session.sessionId, former: token }, clock.now())
    return rotated === null ? { kind: 'ended' } : { kind: 'confirmed', token: rotated }
  })
}

export type Verified =
  | { kind: 'right'; person: Person }
  | { kind: 'too_many_attempts'; waitMs: number }
  | { kind: 'wrong' }

/**
 * Verifies what the person proves with, and counts failures together with those of signing in. What
 * it allows must check `isStillHash` in its transaction.
 */
export async function verifyProof(
  deps: StepUpDeps,
  { staffId, proof, origin }: { staffId: SignedIn['staffId']; proof: Proof; origin: Origin },
): Promise<Verified> {
  const { db, clock } = deps
  const person = must(await findPerson(db, staffId), 'the person of the session')
  const attempt = { email: person.email, staffId, network: origin.network }
  const waitMs = await countAttempt(db, attempt, clock.now())
  if (waitMs > 0) return { kind: 'too_many_attempts', waitMs }
  if (!(await isRight(deps, person, proof, origin))) return { kind: 'wrong' }
  await forgetAttempt(db, attempt)
  return { kind: 'right', person }
}

async function isRight({ passwords }: StepUpDeps, person: Person, proof: Proof, { network }: Origin): Promise<boolean> {
  switch (proof.kind) {
    case 'password':
      return (await passwords.verify(proof.password, person.password_hash, network)).isRight
  }
}
