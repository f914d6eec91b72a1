// The people of a business and their invitations, and what a person does without being signed in:
// accept an invitation, reset a password.
import { type Static, Type } from 'typebox'
import { actor, choice, idOf, instant, Language, LinkToken, nullable } from './common.ts'
import { Email, NewPassword, RoleName } from './session.ts'

const branches = nullable(
  Type.Array(idOf('brn', 'A branch.'), {
    minItems: 1,
    maxItems: 1000,
    uniqueItems: true,
    description: 'Branches that the person is limited to. null means all branches; an owner has all.',
  }),
)

export const Member = Type.Object({
  id: idOf('stf', 'The person.'),
  name: Type.String({ description: 'Name of the person.', examples: ['Noura'] }),
  email: Email,
  role: RoleName,
  branches,
  joined_at: instant('When the person joined the business.'),
  last_seen_at: nullable(instant('When the person last used LoyaPro. null when that is long ago.')),
})
export type Member = Static<typeof Member>

export const MemberChanges = Type.Object({ role: RoleName, branches }, { additionalProperties: false })
export type MemberChanges = Static<typeof MemberChanges>

export const Invitation = Type.Object({
  id: idOf('inv', 'The invitation.'),
  email: Email,
  role: RoleName,
  branches,
  created_at: instant('When the person was invited.'),
  created_by: actor('Who invited.'),
  expires_at: instant('When the link ends. An invitation that has ended can be sent again.'),
  mail: choice(['waiting', 'sent', 'failed'], {
    description: 'What came of the mail: it waits, the mail server has taken it, or it could not be sent.',
  }),
})
export type Invitation = Static<typeof Invitation>

export const NewInvitation = Type.Object({ email: Email, role: RoleName, branches }, { additionalProperties: false })
export type NewInvitation = Static<typeof NewInvitation>

export const InvitationLink = Type.Object({ token: LinkToken }, { additionalProperties: false })
export type InvitationLink = Static<typeof InvitationLink>

export const OfferedMembership = Type.Object({
  business: Type.Object(
    { id: idOf('biz', 'The business.'), en: Type.String(), ar: nullable(Type.String()) },
    { description: 'The business, with its name in English and Arabic. The Arabic name can be null.' },
  ),
  role: RoleName,
  email: Email,
  expires_at: instant('When the link ends.'),
  has_account: Type.Boolean({
    description: 'The address has an account: the person signs in to it, and then accepts.',
  }),
})
export type OfferedMembership = Static<typeof OfferedMembership>

export const AcceptInvitation = Type.Object(
  {
    token: LinkToken,
    account: Type.Optional(
      Type.Object(
        {
          name: Type.String({ minLength: 1, maxLength: 100, description: 'Name of the person.', examples: ['Noura'] }),
          password: NewPassword,
          language: Language,
        },
        { additionalProperties: false, description: 'The new account, for an address that has none.' },
      ),
    ),
  },
  { additionalProperties: false },
)
export type AcceptInvitation = Static<typeof AcceptInvitation>

export const RequestPasswordReset = Type.Object({ email: Email, language: Language }, { additionalProperties: false })
export type RequestPasswordReset = Static<typeof RequestPasswordReset>

export const ResetPassword = Type.Object({ token: LinkToken, password: NewPassword }, { additionalProperties: false })
export type ResetPassword = Static<typeof ResetPassword>

export const DemoMail = Type.Object({
  id: idOf('mal', 'The mail.'),
  to: Email,
  created_at: instant('When it was written.'),
  status: choice(['waiting', 'sent', 'failed'], {
    description: 'Whether it waits, was sent or printed, or could not be sent.',
  }),
  subject: nullable(Type.String({ description: 'Subject; null when the text is not kept any more.' })),
  text: nullable(
    Type.String({ description: 'The text with its links, for people who are signed in. null otherwise.' }),
  ),
})
export type DemoMail = Static<typeof DemoMail>
