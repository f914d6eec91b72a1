// Privacy notices in the business API.
import { type Static, Type } from 'typebox'
import { MAX_CONSENT, MAX_NOTICE } from '../privacy-notice.ts'
import { actor, choice, idOf, instant, nullable } from './common.ts'

const both = (maxLength: number, description: string) =>
  Type.Object(
    { en: Type.String({ minLength: 1, maxLength }), ar: Type.String({ minLength: 1, maxLength }) },
    { additionalProperties: false, description },
  )

const NoticeTexts = Type.Object(
  {
    notice: both(
      MAX_NOTICE,
      'What customers read. Plain text: empty lines separate paragraphs, `# ` begins a heading, `- ` a line of a list. HTML is shown as it is written.',
    ),
    service: both(MAX_CONSENT, 'The sentence of consent to the program itself.'),
    marketing: both(MAX_CONSENT, 'The sentence of consent to offers. It is separate and never ticked beforehand.'),
  },
  { additionalProperties: false },
)

const summary = {
  id: idOf('ntc', 'The privacy notice.'),
  status: choice(['draft', 'in_force', 'replaced'], {
    description:
      '`in_force`: new customers are shown it. `replaced`: a later version is shown; consents to this one stay as they were given.',
  }),
  version: nullable(Type.Integer({ description: 'From 1 on. null while it is a draft.', examples: [1] })),
  created_at: instant('When the draft was created.'),
  created_by: actor('Who created the draft.'),
  updated_at: instant('When its texts last changed.'),
  updated_by: actor('Who changed them last.'),
  published_at: nullable(instant('When it was published.')),
  published_by: actor('Who published it.'),
}

export const PrivacyNoticeSummary = Type.Object(summary)
export type PrivacyNoticeSummary = Static<typeof PrivacyNoticeSummary>

export const PrivacyNotice = Type.Object({ ...summary, texts: NoticeTexts })
export type PrivacyNotice = Static<typeof PrivacyNotice>

export const NewPrivacyNotice = Type.Object(
  { texts: Type.Optional(NoticeTexts) },
  {
    additionalProperties: false,
    description:
      'Without texts, those of the notice in force; without one, a first text after the law of Saudi Arabia.',
  },
)

export const PrivacyNoticeChanges = Type.Object({ texts: NoticeTexts }, { additionalProperties: false })
