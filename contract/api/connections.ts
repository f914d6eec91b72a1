// Connection codes and POS systems of a business, in the business API.
import { type Static, Type } from 'typebox'
import { actor, choice, instant, nullable, PosName } from './common.ts'

const code = {
  pos: PosName,
  created_at: instant('When the code was created.'),
  created_by: actor('Who created it.'),
  expires_at: instant('From when on the code is invalid.'),
  used_at: nullable(instant('When it connected a reference.')),
  reference: nullable(Type.String({ description: 'The reference that it connected.', examples: ['440810'] })),
}

export const ConnectionCode = Type.Object(code)
export type ConnectionCode = Static<typeof ConnectionCode>

export const ConnectionCodeOnce = Type.Object({
  ...code,
  code: nullable(
    Type.String({
      description:
        'The code. It is returned only once; a repeated request with the same `Idempotency-Key` returns null.',
      examples: ['LP-7K3M-9QXT-04BD'],
    }),
  ),
})
export type ConnectionCodeOnce = Static<typeof ConnectionCodeOnce>

export const NewConnectionCode = Type.Object(
  {
    pos: Type.String({
      minLength: 1,
      maxLength: 41,
      description: 'Name of the POS, as in its webhook URL.',
      examples: ['foodics'],
    }),
  },
  { additionalProperties: false },
)

const title = Type.String({ minLength: 1, maxLength: 100, description: 'Display name.', examples: ['My POS'] })

/** `adapters`: the names of the integrations. */
export const posSystem = (adapters: readonly string[]) =>
  Type.Object({
    pos: PosName,
    title: Type.String({ description: 'Display name.', examples: ['My POS'] }),
    adapter: choice([...adapters], { description: 'Format of its orders.' }),
    created_at: instant('When it was registered.'),
    created_by: actor('Who registered it.'),
  })
export type PosSystem = Static<ReturnType<typeof posSystem>>

export const newPosSystem = (adapters: readonly string[]) =>
  Type.Object(
    {
      title,
      adapter: Type.Optional(choice([...adapters], { description: 'Format of its orders. Default: standard.' })),
    },
    { additionalProperties: false },
  )

export const PosToken = Type.Object({
  id: Type.String({ description: 'ID of the token (its `jti`), by which it is revoked.' }),
  token: nullable(
    Type.String({
      description:
        'The token that the POS sends as `Authorization: Bearer …`. It is returned only once; a repeated request with the same `Idempotency-Key` returns null.',
    }),
  ),
  expires_at: instant('When the token expires.'),
})
export type PosToken = Static<typeof PosToken>

export const NewPosToken = Type.Object(
  {
    expires_at: Type.Optional(instant('When the token expires. Default: in one year, which is also the maximum.')),
    replaces: Type.Optional(
      Type.String({
        maxLength: 100,
        description: 'ID of the token that this one replaces. It stays valid for the overlap, then it is revoked.',
      }),
    ),
    overlap_hours: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 720, description: 'Hours for which both tokens are valid. Default: 24.' }),
    ),
  },
  { additionalProperties: false },
)

export const NewConnectionSecret = Type.Object(
  {
    overlap_hours: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 720,
        description: 'Hours for which the secret before is accepted too. Default: 24.',
      }),
    ),
  },
  { additionalProperties: false },
)

export const ConnectionSecret = Type.Object({
  secret: nullable(
    Type.String({
      description:
        'The secret that the POS sends in the header `LoyaPro-Connection-Secret`. It is returned only once; a repeated request with the same `Idempotency-Key` returns null.',
      examples: ['lps_…'],
    }),
  ),
  old_secret_valid_until: nullable(instant('Until when the secret before is accepted; null when there was none.')),
})
export type ConnectionSecret = Static<typeof ConnectionSecret>
