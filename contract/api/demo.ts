// The demo business of a first start, in the business API.
import { type Static, Type } from 'typebox'
import { Business } from './business.ts'
import { choice, Language, nullable } from './common.ts'

export const DemoStatus = Type.Object(
  {
    status: choice(['none', 'loading', 'ready', 'removing'], {
      description:
        '`none`: the business is no demo. `loading`: its sample orders are being sent. `ready`: they are complete. `removing`: it is being deleted.',
    }),
    sent: Type.Integer({ description: 'Sample visits that were sent.' }),
    due: Type.Integer({ description: 'Sample visits before the demo is ready.' }),
  },
  { title: 'DemoStatus' },
)
export type DemoStatus = Static<typeof DemoStatus>

const name = Type.String({ minLength: 1, maxLength: 200 })

export const DemoReplacement = Type.Object(
  {
    name: Type.Object(
      { en: name, ar: Type.Optional(nullable(name)) },
      { additionalProperties: false, description: 'Name of your business.' },
    ),
    currency: Type.Optional(
      Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217. Default: that of the demo.', examples: ['SAR'] }),
    ),
    timezone: Type.Optional(
      Type.String({
        maxLength: 64,
        description: 'IANA time zone. Default: that of the demo.',
        examples: ['Asia/Riyadh'],
      }),
    ),
    language: Type.Optional(Language),
    country: Type.Optional(
      nullable(
        Type.String({
          pattern: '^[A-Z]{2}$',
          description: 'ISO 3166-1 alpha-2 code. Default: the country of the time zone.',
          examples: ['SA'],
        }),
      ),
    ),
  },
  { additionalProperties: false },
)

export const DemoRemoved = Type.Object({
  business: Business,
  api_key: nullable(
    Type.String({
      description:
        'A key of the new business with the scopes of the key that was used. null for staff, who belong to the new business now. It is returned only once.',
      examples: ['lp_live_…'],
    }),
  ),
})
export type DemoRemoved = Static<typeof DemoRemoved>
