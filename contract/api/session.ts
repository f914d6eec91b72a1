// Signing in, and the person who is signed in with the businesses that they belong to.
import { type Static, Type } from 'typebox'
import { MAX_PASSWORD, MIN_PASSWORD } from '../password.ts'
import { ROLES } from '../roles.ts'
import { SCOPES } from '../scopes.ts'
import { choice, idOf, instant, Language, LinkToken, nullable } from './common.ts'
import { PasskeyAnswer, RecoveryCode, SecondFactorCode } from './factors.ts'

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

export const NewPassword = Type.String({
  minLength: 1,
  maxLength: 1000,
  description: `The new password: ${MIN_PASSWORD} to ${MAX_PASSWORD} characters, not the name or the address of the person, and none of those that are guessed first.`,
})

export const SignIn = Type.Object({ email: Email, password: Password }, { additionalProperties: false })
export type SignIn = Static<typeof SignIn>

export const SignInByLink = Type.Object({ token: LinkToken }, { additionalProperties: false })
export type SignInByLink = Static<typeof SignInByLink>

/** A passkey, or the password; with the second factor on, one of the codes beside the password. */
export const StepUp = Type.Object(
  {
    password: Type.Optional(Password),
    code: Type.Optional(SecondFactorCode),
    recovery_code: Type.Optional(RecoveryCode),
    passkey: Type.Optional(PasskeyAnswer),
  },
  { additionalProperties: false, minProperties: 1, maxProperties: 2 },
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

export const ColorScheme = choice(['system', 'light', 'dark'], {
  description: 'Colors of the screens: light, dark, or as the device is set.',
})
export type ColorScheme = Static<typeof ColorScheme>

export const Numerals = choice(['latin', 'arabic_indic'], {
  description:
    'Digits of Arabic text: `latin` 123 or `arabic_indic` ١٢٣. Codes and mobile numbers stay in Latin digits.',
})
export type Numerals = Static<typeof Numerals>

export const PersonName = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'Name of the person.',
  examples: ['Noura'],
})

export const Person = Type.Object(
  {
    id: idOf('stf', 'The person.'),
    name: PersonName,
    email: Email,
    language: Language,
    color_scheme: ColorScheme,
    numerals: Numerals,
  },
  { description: 'Who is signed in, with what they chose for all their browsers.' },
)
export type Person = Static<typeof Person>

export const Session = Type.Object({
  id: idOf('ses', 'The session.'),
  person: Person,
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
