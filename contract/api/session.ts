// Signing in, and the person who is signed in with the businesses that they belong to.
import { type Static, Type } from 'typebox'
import { ROLES } from '../roles.ts'
import { SCOPES } from '../scopes.ts'
import { choice, idOf, instant, Language, nullable } from './common.ts'

export const RoleName = choice([...ROLES], {
  description: 'Role in the business: owner, manager, support, analyst or cashier.',
})

export const Email = Type.String({
  minLength: 3,
  maxLength: 254,
  description: 'Email address.',
  examples: ['noura@example.com'],
})

export const Password = Type.String({ minLength: 1, maxLength: 1000, description: 'Password.' })

export const SignIn = Type.Object({ email: Email, password: Password }, { additionalProperties: false })
export type SignIn = Static<typeof SignIn>

export const SignInByLink = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 100, description: 'The part of the link after `#`.' }) },
  { additionalProperties: false },
)
export type SignInByLink = Static<typeof SignInByLink>

/** One proof. Each method is a field of its own. */
export const StepUp = Type.Object(
  { password: Type.Optional(Password) },
  { additionalProperties: false, minProperties: 1, maxProperties: 1 },
)
export type StepUp = Static<typeof StepUp>

/** A business of the person: what the screens need before they ask for anything else. */
export const SessionMembership = Type.Object({
  business: Type.Object(
    {
      id: idOf('biz', 'The business. Send it as the header `LoyaPro-Business`.'),
      name: Type.Object(
        { en: Type.String(), ar: nullable(Type.String()) },
        { description: 'Name in English and Arabic. The Arabic name can be null.' },
      ),
      currency: Type.String({ description: 'ISO 4217 currency code.', examples: ['SAR'] }),
      timezone: Type.String({ description: 'IANA time zone.', examples: ['Asia/Riyadh'] }),
      language: Language,
    },
    { description: 'The business.' },
  ),
  role: RoleName,
  scopes: Type.Array(choice([...SCOPES]), { description: 'What the person can do in the business.' }),
  branches: nullable(
    Type.Array(idOf('brn', 'A branch.'), {
      description: 'Branches that the person is limited to. null means all branches.',
    }),
  ),
  masks_phones: Type.Boolean({ description: 'Mobile numbers of customers are masked, and cannot be searched.' }),
})
export type SessionMembership = Static<typeof SessionMembership>

export const Session = Type.Object({
  id: idOf('ses', 'The session.'),
  person: Type.Object(
    {
      id: idOf('stf', 'The person.'),
      name: Type.String({ description: 'Name of the person.', examples: ['Noura'] }),
      email: Email,
      language: Language,
    },
    { description: 'Who is signed in.' },
  ),
  created_at: instant('When the person signed in.'),
  fresh_until: instant('Until when operations that need a recent proof of the person are possible without a new one.'),
  ends_at: instant('When the session ends at the latest. It also ends after 12 hours without use.'),
  memberships: Type.Array(SessionMembership, { description: 'Businesses of the person, by name.' }),
})
export type Session = Static<typeof Session>

export const SignInResult = Type.Object({
  second_factor_required: Type.Boolean({
    description: 'The password is right, and a code of the second factor is needed: `POST /session/second-factor`.',
  }),
  session: nullable(Session),
})
export type SignInResult = Static<typeof SignInResult>
