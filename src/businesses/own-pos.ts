// POS systems that a business registers for itself: no other business can connect to them, so their
// references need no other proof.
import { randomInt } from 'node:crypto'
import type { Queryable, WriteTransaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { Integrations } from '../integrations/registry.ts'
import { assert } from '../kernel/assert.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { addPosSecret, type PosSystem } from './pos-systems.ts'
import type { Seal } from './seal.ts'

/** Limited, because every process holds the secrets of all POS systems in memory. */
const MAX_OWN = 3

/**
 * Registers a POS of the business, with a signing secret that is never shown. LoyaPro chooses the
 * name, so that a business neither takes another's name nor learns which names exist.
 * `limit_reached`: the business has three already.
 */
export async function registerOwnPos(
  tx: WriteTransaction,
  { businessId, title, adapter }: { businessId: Uuid; title: string; adapter: string },
  deps: { seal: Seal; ids: Ids; clock: Clock; integrations: Integrations },
): Promise<{ kind: 'registered'; pos: PosSystem } | { kind: 'limit_reached' }> {
  await tx.query('select id from businesses where id = $1 for update', [businessId])
  if ((await listOwnPos(tx, businessId)).length >= MAX_OWN) return { kind: 'limit_reached' }
  assert(deps.integrations.find(adapter), 'the API accepts known adapters only')
  const random = Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  const pos: PosSystem = { name: `pos-${random}`, title, adapter, created_at: deps.clock.now(), created_by: tx.actor }
  await tx.query(
    'insert into pos_systems (name, title, adapter, business_id, created_at, created_by) values ($1, $2, $3, $4, $5::timestamptz, $6)',
    [pos.name, title, adapter, businessId, instant(pos.created_at), tx.actor],
  )
  await addPosSecret(tx, pos.name, undefined, deps)
  return { kind: 'registered', pos }
}

/** Oldest first. */
export function listOwnPos(q: Queryable, businessId: Uuid): Promise<PosSystem[]> {
  return q.query<PosSystem>(
    'select name, title, adapter, created_at, created_by from pos_systems where business_id = $1 order by created_at, name',
    [businessId],
  )
}

export async function isOwnPos(q: Queryable, businessId: Uuid, posName: string): Promise<boolean> {
  const rows = await q.query('select name from pos_systems where name = $1 and business_id = $2', [posName, businessId])
  return rows.length > 0
}

/** Whether the POS is one of the business, or one that all businesses share. */
export async function isUsablePos(q: Queryable, businessId: Uuid, posName: string): Promise<boolean> {
  const rows = await q.query(
    'select name from pos_systems where name = $1 and (business_id is null or business_id = $2)',
    [posName, businessId],
  )
  return rows.length > 0
}

const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'
