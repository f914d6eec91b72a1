// The business itself, its branches, its connections to POS and its API keys, as the business API shows and takes them.
import { type Static, Type } from 'typebox'
import { SCOPES } from '../scopes.ts'
import { choice, idOf, instant, Language, nullable, PosName } from './common.ts'

const name = Type.String({ minLength: 1, maxLength: 200 })
const Names = Type.Object({ en: name, ar: nullable(name) }, { description: 'The name; the Arabic one may be missing.' })
const NameChanges = Type.Object(
  { en: Type.Optional(name), ar: Type.Optional(nullable(name)) },
  { additionalProperties: false, minProperties: 1 },
)
const zone = Type.String({ description: 'IANA time zone.', maxLength: 64, examples: ['Asia/Riyadh'] })

export const Business = Type.Object({
  id: idOf('biz', 'The business.'),
  name: Names,
  currency: Type.String({ description: 'ISO 4217; all its money is in it, and it never changes.', examples: ['SAR'] }),
  timezone: zone,
  language: Language,
  created_at: instant('When it joined.'),
})
export type Business = Static<typeof Business>

export const BusinessChanges = Type.Object(
  { name: Type.Optional(NameChanges), language: Type.Optional(Language) },
  { additionalProperties: false, minProperties: 1 },
)
export type BusinessChanges = Static<typeof BusinessChanges>

export const Branch = Type.Object({
  id: idOf('brn', 'The branch.'),
  pos: PosName,
  pos_branch_id: Type.String({ description: 'The id that the POS knows it by.' }),
  name: Names,
  reference: nullable(
    Type.String({ description: 'The number that people at the shop know it by.', examples: ['B01'] }),
  ),
  timezone: nullable(Type.String({ description: "IANA time zone; null: the business's.", examples: ['Asia/Riyadh'] })),
  day_ends_at: nullable(
    Type.String({ description: 'The local hour at which its business day ends.', examples: ['05:00'] }),
  ),
  created_at: instant('When an order first named it.'),
  updated_at: instant('When it last changed.'),
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
  description: 'What the POS calls this business, in every order; numbers are written as text.',
  examples: ['440810'],
})

export const Connection = Type.Object({ pos: PosName, reference, created_at: instant('When it was made.') })
export type Connection = Static<typeof Connection>

export const NewConnection = Type.Object(
  {
    pos: Type.String({
      minLength: 1,
      maxLength: 41,
      description: 'The POS, by the name in its webhook address.',
      examples: ['foodics'],
    }),
    reference,
  },
  { additionalProperties: false },
)

const key = {
  id: idOf('key', 'The key.'),
  name: Type.String({ description: 'What it is for.', examples: ['Dashboard'] }),
  prefix: Type.String({ description: 'How it begins, to tell it from others.', examples: ['lp_live_3kTz'] }),
  scopes: Type.Array(choice([...SCOPES]), { description: 'What it may do.' }),
  created_at: instant('When it was made.'),
  expires_at: nullable(instant('From when on it opens nothing.')),
  revoked_at: nullable(instant('When it was revoked.')),
}

export const ApiKey = Type.Object(key)
export type ApiKey = Static<typeof ApiKey>

/** A key as it is shown when it is made. */
export const ApiKeyOnce = Type.Object({
  ...key,
  secret: nullable(
    Type.String({
      description: 'The key itself. It is shown once: a repetition by `Idempotency-Key` has null.',
      examples: ['lp_live_…'],
    }),
  ),
})

export const NewApiKey = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, description: 'What it is for.', examples: ['Dashboard'] }),
    scopes: Type.Array(choice([...SCOPES]), {
      minItems: 1,
      uniqueItems: true,
      description: 'No more than the key that makes it has.',
    }),
    expires_at: Type.Optional(instant('From when on it opens nothing; absent: it does not run out.')),
  },
  { additionalProperties: false },
)

export type ApiKeyOnce = Static<typeof ApiKeyOnce>
