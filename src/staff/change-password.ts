// A new password that a person who is signed in chooses.
import type { Text } from '../../contract/errors.ts'
import { passwordProblem } from '../../contract/password.ts'
import type { Seal } from '../businesses/seal.ts'
import type { WriteTransaction } from '../db/database.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Ids } from '../kernel/ids.ts'
import { tellPasswordChange } from './factor-mails.ts'
import type { Passwords } from './password.ts'
import { isStillHash, lockPerson, type Person, setPasswordHash } from './people.ts'
import { forgetTokensOf } from './tokens.ts'

export type NewHash = { kind: 'hashed'; hash: string } | { kind: 'refused'; problem: Text }

/** Checks and hashes a new password of this person, before the transaction. */
export async function hashNewPassword(
  passwords: Passwords,
  { person, password, network }: { person: Person; password: string; network: string },
): Promise<NewHash> {
  const problem = passwordProblem(password, person)
  if (problem !== null) return { kind: 'refused', problem }
  const { isRight: isSame } = await passwords.verify(password, person.password_hash, network)
  if (isSame) return { kind: 'refused', problem: SAME }
  return { kind: 'hashed', hash: await passwords.hash(password, network) }
}

/**
 * Sets the password, forgets everything that was handed out to the person, and tells them by mail. False when the
 * password is not that of `person` any more. End the other sessions after it, and wake the job `send_mails`.
 */
export async function changePassword(
  tx: WriteTransaction,
  { person, hash }: { person: Person; hash: string },
  deps: { ids: Ids; clock: Clock; seal: Seal },
): Promise<boolean> {
  await lockPerson(tx, person.id)
  if (!(await isStillHash(tx, person))) return false
  await setPasswordHash(tx, person.id, hash)
  // It waits for whoever uses one of them to sign in, so that this session is ended with the others.
  await forgetTokensOf(tx, person.id)
  await tellPasswordChange(tx, person.id, 'account', deps)
  return true
}

const SAME: Text = {
  en: 'is the password that you have; choose another one',
  ar: 'هي كلمة مرورك الحالية، اختر غيرها',
}
