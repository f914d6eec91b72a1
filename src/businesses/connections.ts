// Connections: which business a reference of a POS belongs to. A connection needs proof.
import { createHash, randomBytes } from 'node:crypto'
import type { Actor } from '../../contract/actor.ts'
import type { Queryable, Writer, WriteTransaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { normaliseReference } from '../kernel/text.ts'
import { type RemovalDeps, recordRemoval } from './removals.ts'

export interface Connection {
  /** Whether the POS must send the secret of the connection. */
  has_secret: boolean
  pos_name: string
  /** The ID of the business in the POS, as it was written when it was connected. */
  reference: string
  created_at: EpochMs
  created_by: Actor | null
  /** Who set or removed its secret last, or created it. */
  updated_by: Actor | null
}

export type ConnectOutcome =
  | { kind: 'connected' | 'already_connected'; connection: Connection }
  | { kind: 'bad_reference' | 'pos_unknown' | 'business_unknown' | 'reference_taken' }

/**
 * Connects a business to a reference of a POS; a reference belongs to one business, in every
 * spelling. The caller has proof: consent, the operator, a connection code, or a POS that the
 * business registered. In order of precedence: bad_reference, pos_unknown (also a POS that another
 * business registered), business_unknown, reference_taken, already_connected, connected. After the
 * commit of a new connection, `replayUnmatched(posName, reference)` applies the deliveries that are
 * waiting.
 */
export async function connect(
  q: Writer,
  { posName, reference, businessId }: ConnectionRequest,
  clock: Clock,
): Promise<ConnectOutcome> {
  const key = normaliseReference(reference)
  if (key === null) return { kind: 'bad_reference' }
  const [known] = await q.query<{ pos: boolean; business: boolean }>(
    `select exists (select from pos_systems where name = $1 and coalesce(business_id, $2) = $2) as pos,
       exists (select from businesses where id = $2) as business`,
    [posName, businessId],
  )
  if (!known?.pos) return { kind: 'pos_unknown' }
  if (!known.business) return { kind: 'business_unknown' }
  const [made] = await q.query<Connection>(
    `insert into pos_connections (pos_name, reference_key, reference, business_id, created_at, created_by, updated_by)
     values ($1, $2, $3, $4, $5::timestamptz, $6, $6)
     on conflict (pos_name, reference_key) do nothing
     returning pos_name, reference, created_at, created_by, updated_by, false as has_secret`,
    [posName, key, reference.trim(), businessId, instant(clock.now()), q.actor],
  )
  if (made) return { kind: 'connected', connection: made }
  const mine = await findConnection(q, { posName, reference, businessId })
  return mine ? { kind: 'already_connected', connection: mine } : { kind: 'reference_taken' }
}

export interface ConnectionRequest {
  posName: string
  reference: string
  businessId: Uuid
}

export type ConnectOwnOutcome =
  | { kind: 'connected' | 'already_connected'; connection: Connection }
  | { kind: 'bad_reference' | 'pos_unknown' | 'unproven' }

/**
 * Connects a reference of a POS that the business registered itself. For any other reference that
 * it does not hold the outcome is `unproven`, whether the reference is free or belongs to another
 * business, so that nobody learns which references exist. In order of precedence: bad_reference,
 * pos_unknown (also a POS that another business registered), already_connected, unproven,
 * connected.
 */
export async function connectOwn(q: Writer, request: ConnectionRequest, clock: Clock): Promise<ConnectOwnOutcome> {
  if (normaliseReference(request.reference) === null) return { kind: 'bad_reference' }
  const [pos] = await q.query<{ isOwn: boolean }>(
    `select business_id is not null as "isOwn" from pos_systems where name = $1 and coalesce(business_id, $2) = $2`,
    [request.posName, request.businessId],
  )
  if (!pos) return { kind: 'pos_unknown' }
  const mine = await findConnection(q, request)
  if (mine) return { kind: 'already_connected', connection: mine }
  if (!pos.isOwn) return { kind: 'unproven' }
  const outcome = await connect(q, request, clock)
  return 'connection' in outcome ? outcome : { kind: 'unproven' }
}

/** Existing orders stay; later deliveries are stored as unmatched. */
export async function disconnect(
  tx: WriteTransaction,
  { posName, reference, businessId }: ConnectionRequest,
  deps: RemovalDeps,
): Promise<'disconnected' | 'not_found'> {
  const rows = await tx.query<{ reference: string }>(
    'delete from pos_connections where pos_name = $1 and reference_key = $2 and business_id = $3 returning reference',
    [posName, normaliseReference(reference), businessId],
  )
  for (const row of rows)
    await recordRemoval(tx, { businessId, kind: 'connection', name: `${posName} ${row.reference}` }, deps)
  return rows.length > 0 ? 'disconnected' : 'not_found'
}

/** The connection of this business under the reference, in any spelling; null when it has none. */
export async function findConnection(
  q: Queryable,
  { posName, reference, businessId }: ConnectionRequest,
): Promise<Connection | null> {
  const [mine] = await q.query<Connection>(
    `select pos_name, reference, created_at, created_by, updated_by, secret_hash is not null as has_secret from pos_connections
     where pos_name = $1 and reference_key = $2 and business_id = $3`,
    [posName, normaliseReference(reference), businessId],
  )
  return mine ?? null
}

/** The stored hash of a connection secret, which has 256 random bits. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(`connection secret ${secret}`).digest()
}

/**
 * Creates a secret that the POS must send with every request from now on; it is shown once. The
 * previous one is accepted for `overlapMs`. Null when the business has no such connection.
 */
export async function createConnectionSecret(
  q: Writer,
  { posName, reference, businessId }: ConnectionRequest,
  overlapMs: number,
  clock: Clock,
): Promise<{ secret: string; oldUntil: EpochMs | null } | null> {
  const secret = `lps_${randomBytes(32).toString('base64url')}`
  const [row] = await q.query<{ oldUntil: EpochMs | null }>(
    `update pos_connections set secret_hash = $4, old_secret_hash = secret_hash,
       old_secret_until = case when secret_hash is null then null else $5::timestamptz end,
       updated_by = $6
     where pos_name = $1 and reference_key = $2 and business_id = $3 returning old_secret_until as "oldUntil"`,
    [posName, normaliseReference(reference), businessId, hashSecret(secret), instant(clock.now() + overlapMs), q.actor],
  )
  return row ? { secret, oldUntil: row.oldUntil } : null
}

/** From now on the POS needs no connection secret. */
export async function removeConnectionSecret(
  q: Writer,
  { posName, reference, businessId }: ConnectionRequest,
): Promise<'removed' | 'not_found'> {
  const rows = await q.query(
    `update pos_connections set secret_hash = null, old_secret_hash = null, old_secret_until = null,
       updated_by = $4
     where pos_name = $1 and reference_key = $2 and business_id = $3 returning reference`,
    [posName, normaliseReference(reference), businessId, q.actor],
  )
  return rows.length > 0 ? 'removed' : 'not_found'
}

/** Sorted by POS and reference. */
export function listConnections(q: Queryable, businessId: Uuid): Promise<Connection[]> {
  return q.query<Connection>(
    'select pos_name, reference, created_at, created_by, updated_by, secret_hash is not null as has_secret from pos_connections where business_id = $1 order by pos_name, reference',
    [businessId],
  )
}

/** Deliveries that wait under a reference that no business is connected to. */
export interface WaitingReference {
  pos_name: string
  reference: string
  deliveries: number
  first_received_at: EpochMs
  last_received_at: EpochMs
}

/**
 * For the operator only: these deliveries belong to no business. The longest waiting reference
 * comes first.
 */
export function listWaiting(q: Queryable): Promise<WaitingReference[]> {
  return q.query<WaitingReference>(
    `select pos_name, min(reference) as reference, count(*) as deliveries, min(received_at) as first_received_at,
       max(received_at) as last_received_at
     from unmatched_deliveries group by pos_name, reference_key order by first_received_at, pos_name, reference`,
  )
}
