// Tokens of points of sale: issued, revoked, and judged on every delivery without a word to the
// database.
import { createDecoder, createSigner, createVerifier } from 'fast-jwt'
import type { Queryable } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { Integrations } from '../integrations/registry.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { sealPurpose } from './pos-systems.ts'
import type { Seal } from './seal.ts'

/** A POS that has proven who it is. */
export interface CallingPos {
  name: string
  adapter: string
  /** The id of its token; null where the token has none. */
  jti: string | null
}

export type TokenDecision =
  | { kind: 'pos'; pos: CallingPos }
  | { kind: 'unauthenticated' | 'pos_unknown' | 'pos_mismatch' }

/** What verifying needs of one POS. */
export interface PosKeys extends Omit<CallingPos, 'jti'> {
  /** One for each active secret: the claims when it signed the token, else null. */
  verifiers: ((token: string) => Claims | null)[]
  revocations: readonly KnownRevocation[]
}

/** One token by its `jti`, or all that were issued before an instant; revoked from `from` on. */
interface KnownRevocation {
  jti: string | null
  issuedBefore: EpochMs | null
  from: EpochMs
}

interface Claims {
  [claim: string]: unknown
}

/**
 * Judges the token of a call to `/pos/1.0.0/{posName}/…`. In order of precedence:
 * - `unauthenticated`: not signed with HS256 by a known POS, expired, not yet valid, issued in the
 *   future, or revoked. It comes first, so that a stranger does not learn which points of sale
 *   there are;
 * - `pos_unknown`: whoever calls is known, and there is no POS `posName`;
 * - `pos_mismatch`: the token's `name` is not `posName`, or its `platform` is not `pos`. Header
 *   fields that name keys (`kid`, `jwk`, `jku`, `x5u`) are never read.
 */
export function checkToken(
  keys: ReadonlyMap<string, PosKeys>,
  token: string,
  posName: string,
  now: EpochMs,
): TokenDecision {
  const called = keys.get(posName)
  const signed =
    token.length <= MAX_TOKEN
      ? (signedClaims(called, token) ?? signedClaims(keys.get(claimedName(token)), token))
      : null
  if (!signed || !isInForce(signed.claims, signed.pos, now)) return { kind: 'unauthenticated' }
  if (!called) return { kind: 'pos_unknown' }
  const { platform, name, jti } = signed.claims
  if (platform !== 'pos' || name !== posName) return { kind: 'pos_mismatch' }
  return { kind: 'pos', pos: { name: called.name, adapter: called.adapter, jti: typeof jti === 'string' ? jti : null } }
}

/** Everything that judging needs, of every POS: a handful of rows, loaded whole. */
export async function loadPosKeys(q: Queryable, seal: Seal, integrations: Integrations): Promise<Map<string, PosKeys>> {
  const [systems, secrets, revocations] = await Promise.all([
    q.query<Omit<CallingPos, 'jti'>>('select name, adapter from pos_systems'),
    q.query<{ id: Uuid; pos_name: string; sealed_secret: Buffer }>(
      'select id, pos_name, sealed_secret from pos_secrets where retired_at is null order by id desc',
    ),
    q.query<KnownRevocation & { posName: string }>(
      `select pos_name as "posName", jti, issued_before as "issuedBefore", coalesce(effective_at, to_timestamp(0)) as "from"
       from pos_revocations`,
    ),
  ])
  const keysOf = ({ name, adapter }: Omit<CallingPos, 'jti'>): PosKeys => ({
    name,
    adapter,
    verifiers: secrets
      .filter((row) => row.pos_name === name)
      .map((row) => createTokenVerifier(seal.open(row.sealed_secret, sealPurpose(name, row.id)))),
    revocations: revocations.filter((row) => row.posName === name),
  })
  // A POS whose integration is no longer there is unknown.
  const known = systems.filter(({ adapter }) => integrations.find(adapter))
  return new Map(known.map((pos) => [pos.name, keysOf(pos)]))
}

/**
 * Accepts what this secret signed with HS256, whatever its claims say. A POS sends the same token
 * with every order, so what was proven is remembered: a signature does not wear out, and what may
 * change of a token is judged by isInForce each time.
 */
export function createTokenVerifier(secret: string): (token: string) => Claims | null {
  // Times are judged by isInForce, against a clock that is passed in.
  const verify = createVerifier({ key: secret, algorithms: ['HS256'], ignoreExpiration: true, ignoreNotBefore: true })
  const proven = new Map<string, Claims>()
  return (token) => {
    const known = proven.get(token)
    if (known) return known
    try {
      const claims: Claims = verify(token)
      if (proven.size >= MAX_PROVEN) proven.clear()
      proven.set(token, claims)
      return claims
    } catch {
      return null
    }
  }
}

const MAX_PROVEN = 1_000

export type IssueTokenOutcome = { kind: 'issued'; token: string; jti: string } | { kind: 'pos_unknown' | 'no_secret' }

/**
 * A token signed with the newest active secret; without `expiresAt` it holds until it is revoked.
 */
export async function issuePosToken(
  q: Queryable,
  posName: string,
  expiresAt: EpochMs | null,
  { seal, ids, clock }: { seal: Seal; ids: Ids; clock: Clock },
): Promise<IssueTokenOutcome> {
  if (!(await posExists(q, posName))) return { kind: 'pos_unknown' }
  const [secret] = await q.query<{ id: Uuid; sealed_secret: Buffer }>(
    'select id, sealed_secret from pos_secrets where pos_name = $1 and retired_at is null order by id desc limit 1',
    [posName],
  )
  if (!secret) return { kind: 'no_secret' }
  const jti = ids.next()
  const claims = {
    platform: 'pos',
    name: posName,
    iat: Math.floor(clock.now() / 1000),
    jti,
    ...(expiresAt !== null && { exp: Math.floor(expiresAt / 1000) }),
  }
  const key = seal.open(secret.sealed_secret, sealPurpose(posName, secret.id))
  return { kind: 'issued', token: createSigner({ key, algorithm: 'HS256' })(claims), jti }
}

/**
 * `from`: when it takes effect, so that the token that follows can be exchanged meanwhile; at once
 * when absent.
 */
export type Revocation = ({ jti: string } | { issuedBefore: EpochMs }) & { from?: EpochMs }

export async function revokePosTokens(
  q: Queryable,
  posName: string,
  what: Revocation,
  { ids, clock }: { ids: Ids; clock: Clock },
): Promise<'revoked' | 'pos_unknown'> {
  if (!(await posExists(q, posName))) return 'pos_unknown'
  const jti = 'jti' in what ? what.jti : null
  const issuedBefore = 'issuedBefore' in what ? what.issuedBefore : null
  await q.query(
    `insert into pos_revocations (id, pos_name, jti, issued_before, created_at, effective_at)
     values ($1, $2, $3, $4::timestamptz, $5::timestamptz, $6::timestamptz)`,
    [ids.next(), posName, jti, instant(issuedBefore), instant(clock.now()), instant(what.from ?? null)],
  )
  return 'revoked'
}

/** Characters: our own tokens have some 250. */
const MAX_TOKEN = 4096
/** How far a POS's clock may run ahead. */
const MAX_AHEAD_MS = 5 * 60 * 1000

const decode = createDecoder()

/**
 * What the token says of itself, unproven: good for choosing whose secrets to try, for nothing
 * else.
 */
function claimedName(token: string): string {
  try {
    const { name } = decode(token)
    return typeof name === 'string' ? name : ''
  } catch {
    return ''
  }
}

function signedClaims(pos: PosKeys | undefined, token: string): { pos: PosKeys; claims: Claims } | null {
  for (const verify of pos?.verifiers ?? []) {
    const claims = verify(token)
    if (pos && claims) return { pos, claims }
  }
  return null
}

function isInForce({ iat, exp, nbf, jti }: Claims, pos: PosKeys, now: EpochMs): boolean {
  const issuedAt = seconds(iat)
  if (issuedAt === null || issuedAt > now + MAX_AHEAD_MS) return false
  if (exp !== undefined && now >= (seconds(exp) ?? 0)) return false
  if (nbf !== undefined && now < (seconds(nbf) ?? Number.POSITIVE_INFINITY)) return false
  if (jti !== undefined && typeof jti !== 'string') return false
  return !pos.revocations.some(
    (one) => one.from <= now && (one.jti === null ? issuedAt < (one.issuedBefore ?? 0) : one.jti === jti),
  )
}

/** A NumericDate (RFC 7519 §2) as epoch milliseconds. */
function seconds(value: unknown): EpochMs | null {
  return typeof value === 'number' && Number.isFinite(value) ? value * 1000 : null
}

async function posExists(q: Queryable, posName: string): Promise<boolean> {
  const rows = await q.query('select name from pos_systems where name = $1', [posName])
  return rows.length > 0
}
