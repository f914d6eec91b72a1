// Signing in with a passkey, which counts as both factors, and registering one.
import type { Database, Transaction, WriteTransaction } from '../db/database.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { addPasskey, listPasskeys, MAX_PASSKEYS, type Passkey, usePasskey } from './passkey-store.ts'
import {
  type NewPasskeyAnswer,
  type PasskeyAnswer,
  type Refusal,
  type RelyingParty,
  verifyNewPasskey,
  verifyPasskey,
} from './passkeys.ts'
import { lockPerson } from './people.ts'
import { type Browser, startSession } from './sessions.ts'
import { takeToken } from './tokens.ts'

interface Deps {
  db: Database
  ids: Ids
  clock: Clock
}

/** `reason` is for the operator. */
export async function signInByPasskey(
  deps: Deps,
  { answer, rp, browser }: { answer: PasskeyAnswer; rp: RelyingParty; browser: Browser },
): Promise<{ kind: 'signed_in'; token: string } | Refusal> {
  const verified = await verifyPasskey(deps.db, answer, rp)
  if (verified.kind === 'refused') return verified
  return deps.db.transaction(async (tx) => {
    if (!(await takePasskey(tx, verified, deps))) return SPENT
    return { kind: 'signed_in', token: await startSession(tx, { staffId: verified.staffId, ...browser }, deps) }
  })
}

/** Uses the challenge up and records the use of the passkey, when the transaction commits. */
export async function takePasskey(
  tx: Transaction,
  { challenge, passkeyId, counter }: { challenge: string; passkeyId: Uuid; counter: number },
  { clock }: { clock: Clock },
): Promise<boolean> {
  const now = clock.now()
  const taken = await takeToken(tx, challenge, 'passkey', now)
  return taken !== null && (await usePasskey(tx, passkeyId, counter, now))
}

export type RegisterOutcome =
  | { kind: 'registered'; passkey: Passkey }
  | { kind: 'taken' }
  | { kind: 'too_many' }
  | Refusal

export interface NewPasskey {
  staffId: Uuid
  name: string
  answer: NewPasskeyAnswer
  rp: RelyingParty
}

/** In order of precedence: refused, too_many, taken (the authenticator is registered already), registered. */
export async function registerPasskey(
  tx: WriteTransaction,
  { staffId, name, answer, rp }: NewPasskey,
  deps: Pick<Deps, 'ids' | 'clock'>,
): Promise<RegisterOutcome> {
  const verified = await verifyNewPasskey(answer, rp)
  if (verified.kind === 'refused') return verified
  const { challenge, credential } = verified
  const taken = await takeToken(tx, challenge, 'new_passkey', deps.clock.now())
  if (taken?.staffId !== staffId) return SPENT
  await lockPerson(tx, staffId)
  if ((await listPasskeys(tx, staffId)).length >= MAX_PASSKEYS) return { kind: 'too_many' }
  const passkey = await addPasskey(tx, { staffId, name, credential }, deps)
  return passkey ? { kind: 'registered', passkey } : { kind: 'taken' }
}

const SPENT: Refusal = { kind: 'refused', reason: 'the challenge or the passkey is not valid any more' }
