// The registered POS systems, the integration that reads each, and their secrets.
import { randomBytes } from 'node:crypto'
import type { Actor } from '../../contract/actor.ts'
import type { Queryable, Transaction, Writer, WriteTransaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { Integrations } from '../integrations/registry.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import type { Seal } from './seal.ts'

export interface PosSystem {
  /** The name in the URL of its endpoints. */
  name: string
  title: string
  /** The name of the integration that reads its orders. */
  adapter: string
  created_at: EpochMs
  created_by: Actor | null
}

export interface PosSecret {
  id: Uuid
  created_at: EpochMs
  retired_at: EpochMs | null
}

/** In order of precedence: bad_name, adapter_unknown, exists, registered. */
export async function registerPos(
  q: Writer,
  { name, title, adapter }: Pick<PosSystem, 'name' | 'title' | 'adapter'>,
  { clock, integrations }: { clock: Clock; integrations: Integrations },
): Promise<'registered' | 'exists' | 'adapter_unknown' | 'bad_name'> {
  if (!/^[a-z][a-z0-9_-]{1,40}$/.test(name)) return 'bad_name'
  if (!integrations.find(adapter)) return 'adapter_unknown'
  const rows = await q.query(
    `insert into pos_systems (name, title, adapter, created_at, created_by) values ($1, $2, $3, $4::timestamptz, $5)
     on conflict (name) do nothing returning name`,
    [name, title, adapter, instant(clock.now()), q.actor],
  )
  return rows.length > 0 ? 'registered' : 'exists'
}

export function listPosSystems(q: Queryable): Promise<PosSystem[]> {
  return q.query<PosSystem>('select name, title, adapter, created_at, created_by from pos_systems order by name')
}

/** The name of the integration of a POS; null when there is no such POS. */
export async function adapterOf(q: Queryable, posName: string): Promise<string | null> {
  const [pos] = await q.query<{ adapter: string }>('select adapter from pos_systems where name = $1', [posName])
  return pos?.adapter ?? null
}

export type AddSecretOutcome =
  | { kind: 'added'; id: Uuid; secret: string }
  | { kind: 'weak_secret' | 'pos_unknown' | 'two_active' }

/**
 * A secret agreed with the vendor of the POS. RFC 7518 §3.2 requires 32 bytes; a shorter one must
 * be allowed explicitly.
 */
export interface GivenSecret {
  text: string
  allowShort: boolean
}

/**
 * Adds a secret: the given one, or 32 random bytes. At most two are active, so that one can replace
 * the other. In order of precedence: weak_secret, pos_unknown, two_active, added.
 */
export async function addPosSecret(
  tx: WriteTransaction,
  posName: string,
  given: GivenSecret | undefined,
  { seal, ids, clock }: { seal: Seal; ids: Ids; clock: Clock },
): Promise<AddSecretOutcome> {
  if (given && isWeak(given)) return { kind: 'weak_secret' }
  const text = given?.text ?? randomBytes(32).toString('base64url')
  if (!(await lockPos(tx, posName))) return { kind: 'pos_unknown' }
  const [active] = await tx.query<{ count: number }>(
    'select count(*) from pos_secrets where pos_name = $1 and retired_at is null',
    [posName],
  )
  if (!active || active.count >= 2) return { kind: 'two_active' }
  const id = ids.next()
  await tx.query(
    'insert into pos_secrets (id, pos_name, sealed_secret, created_at, created_by) values ($1, $2, $3, $4::timestamptz, $5)',
    [id, posName, seal.close(text, sealPurpose(posName, id)), instant(clock.now()), tx.actor],
  )
  return { kind: 'added', id, secret: text }
}

/**
 * Retires a secret: what was authenticated with it is refused from now on. Retiring the last one
 * locks the POS out, which can be intended.
 */
export async function retirePosSecret(
  q: Writer,
  posName: string,
  id: Uuid,
  clock: Clock,
): Promise<'retired' | 'not_found'> {
  const rows = await q.query(
    'update pos_secrets set retired_at = coalesce(retired_at, $3::timestamptz), retired_by = coalesce(retired_by, $4) where pos_name = $1 and id = $2 returning id',
    [posName, id, instant(clock.now()), q.actor],
  )
  return rows.length > 0 ? 'retired' : 'not_found'
}

/** Newest first. */
export function listPosSecrets(q: Queryable, posName: string): Promise<PosSecret[]> {
  return q.query<PosSecret>('select id, created_at, retired_at from pos_secrets where pos_name = $1 order by id desc', [
    posName,
  ])
}

/** Binds a sealed secret to its row. */
export function sealPurpose(posName: string, id: Uuid): string {
  return `pos_secret ${posName} ${id}`
}

/**
 * Text in the format of a PEM key would be taken for a public key by the token verifier, so it is
 * refused.
 */
function isWeak({ text, allowShort }: GivenSecret): boolean {
  return Buffer.byteLength(text) < (allowShort ? 1 : 32) || text.includes('-----BEGIN')
}

/** Locked, so that secrets that are added at the same time are counted one after the other. */
async function lockPos(tx: Transaction, posName: string): Promise<boolean> {
  const rows = await tx.query('select name from pos_systems where name = $1 for update', [posName])
  return rows.length > 0
}
