// A session with its person and their businesses, as the API shows it.
import type { Session } from '../../../../contract/api/session.ts'
import { masksPhones, scopesOf } from '../../../../contract/roles.ts'
import { must } from '../../../kernel/assert.ts'
import { formatId } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import { listMemberships, type Membership } from '../../../staff/memberships.ts'
import { findPerson } from '../../../staff/people.ts'
import { FRESH_MS, type SignedIn } from '../../../staff/sessions.ts'
import { formatInstant } from '../format.ts'

/** Of a token that was just handed out. */
export async function sessionOf(ctx: AppContext, token: string): Promise<Session> {
  return sessionToJson(ctx, must(await ctx.sessions.verify(token), 'the session that has just begun'))
}

export async function sessionToJson({ db }: AppContext, signedIn: SignedIn): Promise<Session> {
  const [person, memberships] = await Promise.all([
    findPerson(db, signedIn.staffId),
    listMemberships(db, signedIn.staffId),
  ])
  const { id, name, email, language } = must(person, 'the person of the session')
  return {
    id: formatId('session', signedIn.sessionId),
    person: { id: formatId('staff', id), name, email, language },
    created_at: formatInstant(signedIn.createdAt),
    fresh_until: formatInstant(signedIn.authenticatedAt + FRESH_MS),
    ends_at: formatInstant(signedIn.endsAt),
    memberships: memberships.map(membershipToJson),
  }
}

function membershipToJson(membership: Membership): Session['memberships'][number] {
  const { business_id, role, branch_ids, name, name_ar, currency, timezone, language } = membership
  return {
    business: {
      id: formatId('business', business_id),
      name: { en: name, ar: name_ar },
      currency,
      timezone,
      language,
    },
    role,
    scopes: scopesOf(role, branch_ids !== null),
    branches: branch_ids?.map((id) => formatId('branch', id)) ?? null,
    masks_phones: masksPhones(role),
  }
}
