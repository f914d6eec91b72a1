// What authenticating a POS needs: its secrets, its authentication scheme and the revoked tokens.
import type { Queryable } from '../db/database.ts'
import type { Authentication } from '../integrations/authentication.ts'
import type { Integrations } from '../integrations/registry.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { sealPurpose } from './pos-systems.ts'
import type { Seal } from './seal.ts'
import { createTokenVerifier, type TokenClaims } from './token-verifier.ts'

export interface PosKeys {
  name: string
  /** The name of the integration. */
  adapter: string
  authentication: Authentication
  /** The active secrets, newest first. */
  secrets: readonly { id: string; text: string }[]
  /** One for each active secret: the claims of a token that it signed, else null. */
  verifiers: readonly ((token: string) => TokenClaims | null)[]
  revocations: readonly KnownRevocation[]
}

/** One token by its `jti`, or all tokens issued before an instant; revoked from `from` on. */
interface KnownRevocation {
  jti: string | null
  issuedBefore: EpochMs | null
  from: EpochMs
}

/**
 * Loads the keys of every POS: a small number of rows. A POS whose integration does not exist is
 * left out.
 */
export async function loadPosKeys(q: Queryable, seal: Seal, integrations: Integrations): Promise<Map<string, PosKeys>> {
  const [systems, sealed, revocations] = await Promise.all([
    q.query<{ name: string; adapter: string }>('select name, adapter from pos_systems'),
    q.query<{ id: Uuid; pos_name: string; sealed_secret: Buffer }>(
      'select id, pos_name, sealed_secret from pos_secrets where retired_at is null order by id desc',
    ),
    q.query<KnownRevocation & { posName: string }>(
      `select pos_name as "posName", jti, issued_before as "issuedBefore", coalesce(effective_at, to_timestamp(0)) as "from"
       from pos_revocations`,
    ),
  ])
  const keysOf = (name: string, adapter: string, authentication: Authentication): PosKeys => {
    const secrets = sealed
      .filter((row) => row.pos_name === name)
      .map(({ id, sealed_secret }) => ({ id, text: seal.open(sealed_secret, sealPurpose(name, id)) }))
    return {
      name,
      adapter,
      authentication,
      secrets,
      verifiers: authentication.kind === 'jwt' ? secrets.map(({ text }) => createTokenVerifier(text)) : [],
      revocations: revocations.filter((row) => row.posName === name),
    }
  }
  return new Map(
    systems.flatMap(({ name, adapter }) => {
      const integration = integrations.find(adapter)
      return integration ? [[name, keysOf(name, adapter, integration.authentication)] as const] : []
    }),
  )
}
