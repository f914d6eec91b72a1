// The owner of the demo: an account with a random password, and a link that signs it in once.
import type { Database, WriteTransaction } from '../db/database.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { addMember } from '../staff/memberships.ts'
import type { Passwords } from '../staff/password.ts'
import { createPerson, findPersonByEmail, setPasswordHash } from '../staff/people.ts'
import { randomPassword } from '../staff/random-password.ts'
import { createToken } from '../staff/tokens.ts'

export interface DemoOwner {
  email: string
  password: string
}

const EMAIL = 'owner@loyapro.example'
const LINK_VALID_MS = 15 * 60_000

/** Creates the owner of the business; gives an owner that exists a new password. */
export async function createDemoOwner(
  tx: WriteTransaction,
  businessId: Uuid,
  deps: { ids: Ids; clock: Clock; passwords: Passwords },
): Promise<DemoOwner> {
  const password = randomPassword()
  const password_hash = await deps.passwords.hash(password, 'demo')
  const created = await createPerson(tx, { email: EMAIL, name: 'Sample Owner', language: 'ar', password_hash }, deps)
  const person = created ?? (await findPersonByEmail(tx, EMAIL))
  if (person && !created) await setPasswordHash(tx, person.id, password_hash)
  if (person) await addMember(tx, { businessId, staffId: person.id, role: 'owner', branchIds: null }, deps.clock)
  return { email: EMAIL, password }
}

/**
 * The address that signs the owner in, once and within 15 minutes. Browsers do not send what is
 * behind `#` to a server, so it is in no log. Null when there is no such account.
 */
export async function createSignInUrl(
  db: Database,
  { email }: Pick<DemoOwner, 'email'>,
  appUrl: string,
  clock: Clock,
): Promise<string | null> {
  const person = await findPersonByEmail(db, email)
  if (!person) return null
  const data = { isDemo: true }
  const token = await createToken(db, { purpose: 'link', staffId: person.id, data, validMs: LINK_VALID_MS }, { clock })
  return `${appUrl}/app/sign-in#${token}`
}
