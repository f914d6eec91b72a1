// API keys: made once, shown once, kept as a hash; verified on every call of the business API.
import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { Scope } from '../../contract/scopes.ts'
import { isScope } from '../../contract/scopes.ts'
import type { Queryable, Statement, Transaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { createKeyLookup } from './key-lookup.ts'

/** What a verified key stands for. */
export interface KeyHolder {
  businessId: Uuid
  keyId: Uuid
  scopes: readonly Scope[]
  /** When the key expires; null when it does not. */
  expiresAt: EpochMs | null
}

export interface ApiKeyVerifier {
  /**
   * Null for anything but a key in force. A revoked or expired key is refused within 5 seconds, in
   * every process.
   */
  verify(key: string): Promise<KeyHolder | null>
  /**
   * For a caller whose address has failed often: it may wait, and is `busy` when too many such
   * callers do.
   */
  verifyPatiently(key: string): Promise<KeyHolder | null | 'busy'>
  /** Forgets what it remembers, so that a revocation in this process bites at once. */
  forget(): void
}

export interface ApiKey {
  id: Uuid
  name: string
  /** The beginning of the key, enough to recognise it by. */
  prefix: string
  scopes: Scope[]
  createdAt: EpochMs
  expiresAt: EpochMs | null
  revokedAt: EpochMs | null
}

export interface NewApiKey {
  businessId: Uuid
  name: string
  scopes: readonly Scope[]
  expiresAt?: EpochMs | null
  /** The key that creates it, and with which it is revoked; null for the operator. */
  parentId?: Uuid | null
}

/** Makes a key; `secret` is the whole key, which nobody can read again. */
export async function createApiKey(
  q: Queryable,
  { businessId, name, scopes, expiresAt = null, parentId = null }: NewApiKey,
  { ids, clock }: { ids: Ids; clock: Clock },
): Promise<{ key: ApiKey; secret: string }> {
  const secret = generateKey()
  const prefix = prefixOf(secret)
  const key = { id: ids.next(), name, prefix, scopes: [...scopes], createdAt: clock.now(), expiresAt, revokedAt: null }
  await q.query(
    `insert into api_keys (id, business_id, name, prefix, secret_hash, scopes, created_at, expires_at, parent_id)
     values ($1, $2, $3, $4, $5, $6, $7::timestamptz, $8::timestamptz, $9)`,
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
    ],
  )
  return { key, secret }
}

/** The keys of a business, newest first. */
export async function listApiKeys(q: Queryable, businessId: Uuid): Promise<ApiKey[]> {
  const rows = await q.query<ApiKeyRow>(
    `select id, name, prefix, scopes, created_at, expires_at, revoked_at from api_keys where business_id = $1 order by id desc`,
    [businessId],
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes.filter(isScope),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  }))
}

/**
 * Whether the key is valid, and stays so until the transaction ends: a revocation waits for it, and
 * then finds its children.
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
 * Revokes the key and all keys that were created with it, and with those. Revoking a revoked key is
 * no error; children that are valid are revoked then as well.
 */
export async function revokeApiKey(
  tx: Transaction,
  businessId: Uuid,
  keyId: Uuid,
  now: EpochMs,
): Promise<'revoked' | 'not_found'> {
  const [key] = await tx.query('select id from api_keys where business_id = $1 and id = $2 for update', [
    businessId,
    keyId,
  ])
  if (!key) return 'not_found'
  // A key that is created meanwhile holds its parent: it is committed when the update has waited
  // for it, and found by the next one.
  for (let revoked = 1; revoked > 0; ) {
    revoked = (await tx.query(REVOKE, [businessId, keyId, instant(now)])).length
  }
  return 'revoked'
}

const REVOKE = `
with recursive family (id) as (
  select $2::uuid
  union select k.id from api_keys k join family f on k.parent_id = f.id where k.business_id = $1
)
update api_keys k set revoked_at = $3::timestamptz from family f
where k.business_id = $1 and k.id = f.id and k.revoked_at is null
returning k.id`

export function createApiKeyVerifier(
  q: Queryable,
  clock: Clock,
  elapsed: () => number = () => performance.now(),
): ApiKeyVerifier {
  const lookUp = createKeyLookup((prefixes) => findByPrefixes(q, prefixes))
  const remembered = new Map<string, { found: StoredKey; since: number }>()
  const stored = async (prefix: string, patient: boolean): Promise<StoredKey | null | 'busy'> => {
    const known = remembered.get(prefix)
    // Age counts from the moment at which loading began, so that a revocation committed before is
    // always seen.
    const since = elapsed()
    if (known && since - known.since <= MAX_AGE_MS) return known.found
    // A key that was good a moment ago does not wait with those that never were.
    const found = await lookUp(prefix, { patient: patient && known === undefined })
    if (found === 'busy') return found
    // Only keys that exist are remembered: else strangers could fill the memory.
    if (found === null) remembered.delete(prefix)
    else {
      if (remembered.size >= MAX_REMEMBERED) remembered.delete(remembered.keys().next().value ?? '')
      remembered.set(prefix, { found, since })
    }
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
    forget: () => remembered.clear(),
  }
}

const MAX_AGE_MS = 4_000
const MAX_REMEMBERED = 10_000

const MARK = 'lp_live_'
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 43 letters of 62 hold 256 bits. */
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
  expires_at: EpochMs | null
  revoked_at: EpochMs | null
}

/**
 * `lp_live_` + random letters + a checksum, by which a scanner of leaked secrets, and we, tell a
 * key from noise.
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

/**
 * What a key is found by: too little to guess the rest from (33 letters, 196 bits, stay unknown).
 */
function prefixOf(key: string): string {
  return key.slice(0, MARK.length + PREFIX_LETTERS)
}

/**
 * One round suffices: there is nothing to try in 256 random bits, so a slow hash would only slow
 * us.
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
