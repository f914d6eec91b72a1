// Tokens of POS systems: issued, revoked, and checked on every request without a database query.
import { createDecoder, createSigner } from 'fast-jwt'
import type { Queryable, Writer } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import type { PosKeys } from './pos-keys.ts'
import { sealPurpose } from './pos-systems.ts'
import type { Seal } from './seal.ts'
import type { TokenClaims } from './token-verifier.ts'

/** An authenticated POS. */
export interface CallingPos {
  name: string
  /** The name of its integration. */
  adapter: string
  /**
   * The `jti` of its token, or the ID of the secret that it used; null for a token without `jti`.
   */
  credentialId: string | null
}

export type TokenDecision =
  | { kind: 'pos'; pos: CallingPos }
  | { kind: 'unauthenticated' | 'pos_unknown' | 'pos_mismatch' }

/**
 * Checks the token of a request to `/pos/1.0.0/{posName}/…`. In order of precedence:
 * - `unauthenticated`: the token is not signed with HS256 by a known POS, or is expired, not yet
 *   valid, issued in the future, or revoked. It comes first so that an unauthenticated caller does
 *   not learn which POS systems exist;
 * - `pos_unknown`: the caller is authenticated, and no POS has the name `posName`;
 * - `pos_mismatch`: the token's `name` is not `posName`, or its `platform` is not `pos`.
 *
 * Header fields that name keys (`kid`, `jwk`, `jku`, `x5u`) are never read.
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
  const credentialId = typeof jti === 'string' ? jti : null
  return { kind: 'pos', pos: { name: called.name, adapter: called.adapter, credentialId } }
}

export type IssueTokenOutcome = { kind: 'issued'; token: string; jti: string } | { kind: 'pos_unknown' | 'no_secret' }

/**
 * Issues a token signed with the newest active secret. Without `expiresAt` it is valid until it is
 * revoked.
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
 * `from`: when it takes effect, so that both tokens are valid while they are exchanged; immediately
 * when absent.
 */
export type Revocation = ({ jti: string } | { issuedBefore: EpochMs }) & { from?: EpochMs }

export async function revokePosTokens(
  q: Writer,
  posName: string,
  what: Revocation,
  { ids, clock }: { ids: Ids; clock: Clock },
): Promise<'revoked' | 'pos_unknown'> {
  if (!(await posExists(q, posName))) return 'pos_unknown'
  const jti = 'jti' in what ? what.jti : null
  const issuedBefore = 'issuedBefore' in what ? what.issuedBefore : null
  await q.query(
    `insert into pos_revocations (id, pos_name, jti, issued_before, created_at, effective_at, created_by)
     values ($1, $2, $3, $4::timestamptz, $5::timestamptz, $6::timestamptz, $7)`,
    [ids.next(), posName, jti, instant(issuedBefore), instant(clock.now()), instant(what.from ?? null), q.actor],
  )
  return 'revoked'
}

/** Characters. Tokens that LoyaPro issues have about 250. */
const MAX_TOKEN = 4096
/** How far the clock of a POS may be ahead. */
const MAX_AHEAD_MS = 5 * 60 * 1000

const decode = createDecoder()

/**
 * The unverified name in the token. It only selects the secrets that are tried.
 */
function claimedName(token: string): string {
  try {
    const { name } = decode(token)
    return typeof name === 'string' ? name : ''
  } catch {
    return ''
  }
}

function signedClaims(pos: PosKeys | undefined, token: string): { pos: PosKeys; claims: TokenClaims } | null {
  for (const verify of pos?.verifiers ?? []) {
    const claims = verify(token)
    if (pos && claims) return { pos, claims }
  }
  return null
}

function isInForce({ iat, exp, nbf, jti }: TokenClaims, pos: PosKeys, now: EpochMs): boolean {
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
