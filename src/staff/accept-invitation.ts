// Accepting an invitation: a new account and the membership come to be in one transaction; somebody
// with an account must be signed in to it.
import type { Role } from '../../contract/roles.ts'
import type { WriteTransaction } from '../db/database.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { takeInvitationLink } from './invitations.ts'
import { addMember } from './memberships.ts'
import { createPerson } from './people.ts'
import { type Browser, startSession } from './sessions.ts'

/** Who accepts: somebody who is signed in, or an account that is made. */
export type Accepting =
  | { kind: 'account'; staffId: Uuid; email: string }
  | { kind: 'new_account'; id: Uuid; name: string; language: 'ar' | 'en'; passwordHash: string; browser: Browser }

export type AcceptOutcome =
  | {
      kind: 'accepted'
      businessId: Uuid
      role: Role
      branchIds: readonly Uuid[] | null
      /** Of the new account; null for one that was signed in. */
      session: string | null
    }
  | { kind: 'invalid' | 'account_exists' | 'other_account' }

/**
 * In order of precedence: invalid, account_exists (a new account cannot be made: sign in), other_account
 * (somebody else is signed in), accepted. Who belongs to the business already keeps their role. Roll back unless
 * `accepted`.
 */
export async function acceptInvitation(
  tx: WriteTransaction,
  token: string,
  accepting: Accepting,
  deps: { ids: Ids; clock: Clock },
): Promise<AcceptOutcome> {
  const { clock } = deps
  const taken = await takeInvitationLink(tx, token, clock.now())
  if (taken === null) return { kind: 'invalid' }
  const { businessId, email, role, branchIds } = taken
  if (accepting.kind === 'account') {
    if (accepting.email !== email) return { kind: 'other_account' }
    await addMember(tx, { businessId, staffId: accepting.staffId, role, branchIds }, clock)
    return { kind: 'accepted', businessId, role, branchIds, session: null }
  }
  const { id, name, language, passwordHash, browser } = accepting
  const person = await createPerson(tx, { id, email, name, language, password_hash: passwordHash }, deps)
  if (person === null) return { kind: 'account_exists' }
  await addMember(tx, { businessId, staffId: id, role, branchIds }, clock)
  const session = await startSession(tx, { staffId: id, ...browser }, deps)
  return { kind: 'accepted', businessId, role, branchIds, session }
}
