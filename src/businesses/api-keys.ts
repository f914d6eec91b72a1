// API keys: created and shown once, stored as a hash, and verified on every request to the business
// API.
import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { LRUCache } from 'lru-cache'
import type { Actor } from '../../contract/actor.ts'
import type { Scope } from '../../contract/scopes.ts'
import { isScope } from '../../contract/scopes.ts'
import type { Queryable, Statement, Transaction, Writer, WriteTransaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { createKeyLookup } from './key-lookup.ts'

/** The identity and rights of a verified key. */
export interface KeyHolder {
  businessId: Uuid
  keyId: Uuid
  scopes: readonly Scope[]
  /** When the key expires; null when it does not. */
  expiresAt: EpochMs | null
}

export interface ApiKeyVerifier {
  /**
   * Null unless the key is valid. A revoked or expired key is refused within 5 seconds, in every
   * process.
   */
  verify(key: string): Promise<KeyHolder | null>
  /**
   * For a caller whose address has failed often: it may have to wait, and is `busy` when too many
   * such callers wait.
   */
  verifyPatiently(key: string): Promise<KeyHolder | null | 'busy'>
  /** Clears the cache, so that a revocation takes effect immediately in this process. */
  forget(): void
}

export interface ApiKey {
  id: Uuid
  name: string
  /** The first characters of the key, which identify it. */
  prefix: string
  scopes: Scope[]
  createdAt: EpochMs
  createdBy: Actor | null
  expiresAt: EpochMs | null
  revokedAt: EpochMs | null
  revokedBy: Actor | null
}

export interface NewApiKey {
  businessId: Uuid
  name: string
  scopes: readonly Scope[]
  expiresAt?: EpochMs | null
  /** The key that created it, and with which it is revoked; null for the operator. */
  parentId?: Uuid | null
}

/** Creates a key. `secret` is the complete key, which cannot be read again. */
export async function createApiKey(
  q: Writer,
  { businessId, name, scopes, expiresAt = null, parentId = null }: NewApiKey,
  { ids, clock }: { ids: Ids; clock: Clock },
): Promise<{ key: ApiKey; secret: string }> {
  const secret = generateKey()
  const prefix = prefixOf(secret)
  const key: ApiKey = {
    id: ids.next(),
    name,
    prefix,
    scopes: [...scopes],
    createdAt: clock.now(),
    createdBy: q.actor,
    expiresAt,
    revokedAt: null,
    revokedBy: null,
  }
  await q.query(
    `insert into api_keys (id, business_id, name, prefix, secret_hash, scopes, created_at, expires_at, parent_id, created_by)
     values ($1, $2, $3, $4, $5, $6, $7::timestamptz, $8::timestamptz, $9, $10)`,
    [
      key.id,
      businessId,
      name,
      prefix,
      hashOf(secret),
      key.scopes,
      instant(key.createdAt),
      instant(expiresAt),
      parentId,
      q.actor,
    ],
  )
  return { key, secret }
}

/** The keys of a business, newest first. */
export async function listApiKeys(q: Queryable, businessId: Uuid): Promise<ApiKey[]> {
  const rows = await q.query<ApiKeyRow>(
    `select id, name, prefix, scopes, created_at, created_by, expires_at, revoked_at, revoked_by from api_keys where business_id = $1 order by id desc`,
    [businessId],
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes.filter(isScope),
    createdAt: row.created_at,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    revokedBy: row.revoked_by,
  }))
}

/** The names of these keys of the business. */
export function namesOfKeys(
  q: Queryable,
  businessId: Uuid,
  ids: readonly Uuid[],
): Promise<{ id: Uuid; name: string }[]> {
  return q.query('select id, name from api_keys where business_id = $1 and id = any($2::uuid[])', [businessId, ids])
}

/**
 * Whether the key is valid. It stays valid until the transaction ends: a revocation waits for it,
 * and then finds its children.
 */
export async function holdApiKey(tx: Transaction, keyId: Uuid, now: EpochMs): Promise<boolean> {
  const rows = await tx.query(
    `select id from api_keys where id = $1 and revoked_at is null and (expires_at is null or expires_at > $2::timestamptz)
     for share`,
    [keyId, instant(now)],
  )
  return rows.length > 0
}

/**
 * Revokes the key and all its descendants. Revoking a revoked key is not an error, and also revokes
 * descendants that are valid.
 */
export async function revokeApiKey(
  tx: WriteTransaction,
  businessId: Uuid,
  keyId: Uuid,
  now: EpochMs,
): Promise<'revoked' | 'not_found'> {
  const [key] = await tx.query('select id from api_keys where business_id = $1 and id = $2 for update', [
    businessId,
    keyId,
  ])
  if (!key) return 'not_found'
  // A key that is created in the meantime holds its parent: the update waits until it is committed,
  // and the next update finds it.
  for (let revoked = 1; revoked > 0; ) {
    revoked = (await tx.query(REVOKE, [businessId, keyId, instant(now), tx.actor])).length
  }
  return 'revoked'
}

const REVOKE = `
with recursive family (id) as (
  select $2::uuid
  union select k.id from api_keys k join family f on k.parent_id = f.id where k.business_id = $1
)
update api_keys k set revoked_at = $3::timestamptz, revoked_by = $4 from family f
where k.business_id = $1 and k.id = f.id and k.revoked_at is null
returning k.id`

export function createApiKeyVerifier(
  q: Queryable,
  clock: Clock,
  elapsed: () => number = () => performance.now(),
): ApiKeyVerifier {
  const lookUp = createKeyLookup((prefixes) => findByPrefixes(q, prefixes))
  const cached = new LRUCache<string, { found: StoredKey; since: number }>({ max: MAX_CACHED })
  const stored = async (prefix: string, patient: boolean): Promise<StoredKey | null | 'busy'> => {
    const known = cached.get(prefix)
    // Age counts from the start of loading, so that a revocation committed earlier is always seen.
    const since = elapsed()
    if (known && since - known.since <= MAX_AGE_MS) return known.found
    // A key that was valid a moment ago does not wait with keys that never existed.
    const found = await lookUp(prefix, { patient: patient && known === undefined })
    if (found === 'busy') return found
    // Only existing keys are cached: otherwise strangers could fill the memory.
    if (found === null) cached.delete(prefix)
    else cached.set(prefix, { found, since })
    return found
  }
  const holderOf = (key: string, found: StoredKey | null): KeyHolder | null => {
    if (!found || !timingSafeEqual(found.hash, hashOf(key))) return null
    return found.expiresAt !== null && found.expiresAt <= clock.now() ? null : found.holder
  }
  return {
    async verify(key) {
      if (!isWellFormed(key)) return null
      const found = await stored(prefixOf(key), false)
      return holderOf(key, found === 'busy' ? null : found)
    },
    async verifyPatiently(key) {
      if (!isWellFormed(key)) return null
      const found = await stored(prefixOf(key), true)
      return found === 'busy' ? found : holderOf(key, found)
    },
    forget: () => cached.clear(),
  }
}

const MAX_AGE_MS = 4_000
const MAX_CACHED = 10_000

const MARK = 'lp_live_'
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 43 characters of 62 have 256 bits. */
const RANDOM_LETTERS = 43
const CHECK_LETTERS = 6
const PREFIX_LETTERS = 10

interface StoredKey {
  holder: KeyHolder
  hash: Buffer
  expiresAt: EpochMs | null
}

interface ApiKeyRow {
  id: Uuid
  name: string
  prefix: string
  scopes: string[]
  created_at: EpochMs
  created_by: Actor | null
  expires_at: EpochMs | null
  revoked_at: EpochMs | null
  revoked_by: Actor | null
}

/**
 * `lp_live_` + random characters + a checksum, by which LoyaPro and scanners of leaked secrets
 * recognise a key.
 */
function generateKey(): string {
  const random = Array.from({ length: RANDOM_LETTERS }, () => ALPHABET[randomInt(62)]).join('')
  return MARK + random + checksum(random)
}

function checksum(text: string): string {
  let rest = crc32(text)
  let letters = ''
  for (let i = 0; i < CHECK_LETTERS; i++) {
    letters = ALPHABET[rest % 62] + letters
    rest = Math.floor(rest / 62)
  }
  return letters
}

function isWellFormed(key: string): boolean {
  const [, random = '', check] = /^lp_live_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/.exec(key) ?? []
  return check !== undefined && checksum(random) === check
}

/** The prefix by which a key is found; the other 33 random characters (196 bits) stay unknown. */
function prefixOf(key: string): string {
  return key.slice(0, MARK.length + PREFIX_LETTERS)
}

/**
 * One round is enough: 256 random bits cannot be guessed, and a slow hash would slow every request.
 */
function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}

const FIND: Statement = {
  name: 'api_keys_by_prefix',
  text: `
select prefix, id, business_id, secret_hash, scopes, expires_at from api_keys
where prefix = any($1::text[]) and revoked_at is null`,
}

async function findByPrefixes(q: Queryable, prefixes: readonly string[]): Promise<Map<string, StoredKey>> {
  const rows = await q.query<{
    prefix: string
    id: Uuid
    business_id: Uuid
    secret_hash: Buffer
    scopes: string[]
    expires_at: EpochMs | null
  }>(FIND, [prefixes])
  return new Map(
    rows.map((row) => {
      const { business_id: businessId, id: keyId, expires_at: expiresAt } = row
      const holder = { businessId, keyId, scopes: row.scopes.filter(isScope), expiresAt }
      return [row.prefix, { holder, hash: row.secret_hash, expiresAt }]
    }),
  )
}
