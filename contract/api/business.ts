// The business, its branches, its connections to POS systems and its API keys, in the business API.
import { type Static, Type } from 'typebox'
import { SCOPES } from '../scopes.ts'
import { actor, choice, idOf, instant, Language, nullable, PosName } from './common.ts'

const name = Type.String({ minLength: 1, maxLength: 200 })
const Names = Type.Object(
  { en: name, ar: nullable(name) },
  { description: 'Name in English and Arabic. The Arabic name can be null.' },
)
const NameChanges = Type.Object(
  { en: Type.Optional(name), ar: Type.Optional(nullable(name)) },
  { additionalProperties: false, minProperties: 1 },
)
const zone = Type.String({ description: 'IANA time zone.', maxLength: 64, examples: ['Asia/Riyadh'] })

export const Business = Type.Object({
  id: idOf('biz', 'The business.'),
  name: Names,
  currency: Type.String({
    description: 'ISO 4217 currency code of all amounts. It cannot be changed.',
    examples: ['SAR'],
  }),
  timezone: zone,
  language: Language,
  country: nullable(
    Type.String({
      description:
        'ISO 3166-1 alpha-2 code of the country that phone numbers without a country code belong to. By default the country of the time zone; ' +
        'null if that has none: then every phone number needs its country code.',
      examples: ['SA'],
    }),
  ),
  created_at: instant('When the business was created.'),
  created_by: actor('Who created it.'),
  updated_by: actor('Who changed it last.'),
})
export type Business = Static<typeof Business>

export const BusinessChanges = Type.Object(
  {
    name: Type.Optional(NameChanges),
    language: Type.Optional(Language),
    country: Type.Optional(
      nullable(
        Type.String({
          pattern: '^[A-Z]{2}$',
          description: 'ISO 3166-1 alpha-2 code. null means the country of the time zone.',
          examples: ['SA'],
        }),
      ),
    ),
    timezone: Type.Optional(zone),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type BusinessChanges = Static<typeof BusinessChanges>

export const Branch = Type.Object({
  id: idOf('brn', 'The branch.'),
  pos: PosName,
  pos_branch_id: Type.String({ description: 'ID of the branch in the POS.' }),
  name: Names,
  reference: nullable(
    Type.String({ description: 'Number of the branch in the POS, as staff see it.', examples: ['B01'] }),
  ),
  timezone: nullable(
    Type.String({
      description: 'IANA time zone. null means the time zone of the business.',
      examples: ['Asia/Riyadh'],
    }),
  ),
  day_ends_at: nullable(
    Type.String({ description: 'Local time at which the business day ends.', examples: ['05:00'] }),
  ),
  created_at: instant('When it first appeared in an order.'),
  updated_at: instant('When it last changed.'),
  updated_by: actor('Who changed it last.'),
})
export type Branch = Static<typeof Branch>

export const BranchChanges = Type.Object(
  { name: Type.Optional(NameChanges), timezone: Type.Optional(nullable(zone)) },
  { additionalProperties: false, minProperties: 1 },
)
export type BranchChanges = Static<typeof BranchChanges>

const reference = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'Reference of this business in the POS, sent with every order. Write numbers as text.',
  examples: ['440810'],
})

export const Connection = Type.Object({
  pos: PosName,
  reference,
  has_secret: Type.Boolean({
    description: 'The POS must send the secret of the connection in `LoyaPro-Connection-Secret`.',
  }),
  created_at: instant('When it was created.'),
  created_by: actor('Who created it.'),
  updated_by: actor('Who last set or removed its secret, or created it.'),
})
export type Connection = Static<typeof Connection>

export const NewConnection = Type.Object(
  {
    pos: Type.String({
      minLength: 1,
      maxLength: 41,
      description: 'Name of the POS, as in its webhook URL.',
      examples: ['foodics'],
    }),
    reference,
  },
  { additionalProperties: false },
)

const key = {
  id: idOf('key', 'The key.'),
  name: Type.String({ description: 'Purpose of the key.', examples: ['Dashboard'] }),
  prefix: Type.String({ description: 'First characters of the key, to recognise it.', examples: ['lp_live_3kTz'] }),
  scopes: Type.Array(choice([...SCOPES]), { description: 'Scopes of the key.' }),
  created_at: instant('When it was created.'),
  created_by: actor('Who created it.'),
  expires_at: nullable(instant('From when on it opens nothing.')),
  revoked_at: nullable(instant('When it was revoked.')),
  revoked_by: actor('Who revoked it.'),
}

export const ApiKey = Type.Object(key)
export type ApiKey = Static<typeof ApiKey>

/** A key as it is returned once, when it is created. */
export const ApiKeyOnce = Type.Object({
  ...key,
  secret: nullable(
    Type.String({
      description:
        'The secret key. It is returned only once; a repeated request with the same `Idempotency-Key` returns null.',
      examples: ['lp_live_…'],
    }),
  ),
})

export const NewApiKey = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, description: 'Purpose of the key.', examples: ['Dashboard'] }),
    scopes: Type.Array(choice([...SCOPES]), {
      minItems: 1,
      uniqueItems: true,
      description: 'Only scopes that the calling key has itself.',
    }),
    expires_at: Type.Optional(instant('When the key expires. Default and maximum: when the calling key expires.')),
  },
  { additionalProperties: false },
)

export type ApiKeyOnce = Static<typeof ApiKeyOnce>
