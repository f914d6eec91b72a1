// A session with its person and their businesses, as the API shows it.
import type { Person, Session } from '../../../../contract/api/session.ts'
import { masksPhones, scopesOf } from '../../../../contract/roles.ts'
import { must } from '../../../kernel/assert.ts'
import { formatId } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import { listMemberships, type Membership } from '../../../staff/memberships.ts'
import { findPerson, type Person as PersonRow } from '../../../staff/people.ts'
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
  return {
    id: formatId('session', signedIn.sessionId),
    person: personToJson(must(person, 'the person of the session')),
    created_at: formatInstant(signedIn.createdAt),
    fresh_until: formatInstant(signedIn.authenticatedAt + FRESH_MS),
    ends_at: formatInstant(signedIn.endsAt),
    memberships: memberships.map(membershipToJson),
  }
}

/** Of the account that is signed in. */
export function personToJson({ id, name, email, language, color_scheme, numerals }: PersonRow): Person {
  return { id: formatId('staff', id), name, email, language, color_scheme, numerals }
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
