// The account of the person who is signed in: what they choose for themselves, and their sessions.
import { type Static, Type } from 'typebox'
import { idOf, instant, Language, LinkToken } from './common.ts'
import { ColorScheme, Email, NewPassword, Numerals, PersonName } from './session.ts'

export const AccountChanges = Type.Object(
  {
    name: Type.Optional(PersonName),
    language: Type.Optional(Language),
    color_scheme: Type.Optional(ColorScheme),
    numerals: Type.Optional(Numerals),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type AccountChanges = Static<typeof AccountChanges>

export const ChangePassword = Type.Object({ password: NewPassword }, { additionalProperties: false })
export type ChangePassword = Static<typeof ChangePassword>

export const RequestEmailChange = Type.Object({ email: Email }, { additionalProperties: false })
export type RequestEmailChange = Static<typeof RequestEmailChange>

export const ConfirmEmailChange = Type.Object({ token: LinkToken }, { additionalProperties: false })
export type ConfirmEmailChange = Static<typeof ConfirmEmailChange>

export const ChangedEmail = Type.Object({ email: Email })
export type ChangedEmail = Static<typeof ChangedEmail>

export const AccountSession = Type.Object({
  id: idOf('ses', 'The session.'),
  is_current: Type.Boolean({ description: 'This request belongs to the session.' }),
  created_at: instant('When the person signed in.'),
  last_used_at: instant('When it was last used, to the minute.'),
  ends_at: instant('When it ends if it is not used again.'),
  address: Type.String({ description: 'IP address from which the person signed in.', examples: ['203.0.113.7'] }),
  user_agent: Type.String({ description: 'The browser, as it names itself.' }),
})
export type AccountSession = Static<typeof AccountSession>

export const EndedSessions = Type.Object({
  ended: Type.Integer({ description: 'How many valid sessions were ended.' }),
})
export type EndedSessions = Static<typeof EndedSessions>

export const RecordPlace = Type.Object({
  business_id: idOf('biz', 'The business of the person that has the record.'),
})
export type RecordPlace = Static<typeof RecordPlace>
