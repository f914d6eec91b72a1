// Connections: which business a POS means when it names a reference in an order.
import type { Queryable } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

export interface Connection {
  pos_name: string
  /** The business's id in the POS, compared as text. */
  reference: string
  created_at: EpochMs
}

export type ConnectOutcome =
  | { kind: 'connected' | 'already_connected'; connection: Connection }
  | { kind: 'bad_reference' | 'pos_unknown' | 'business_unknown' | 'reference_taken' }

/**
 * Connects a business to a reference of a POS; a reference belongs to one business. In order of precedence: bad_reference,
 * pos_unknown, business_unknown, reference_taken, already_connected, connected.
 * After the commit of a new connection, `ingest.replayUnmatched(posName, reference)` applies what came before it.
 */
export async function connect(
  q: Queryable,
  { posName, reference, businessId }: { posName: string; reference: string; businessId: Uuid },
  clock: Clock,
): Promise<ConnectOutcome> {
  const text = reference.trim()
  if (text === '' || text.length > 100) return { kind: 'bad_reference' }
  const [known] = await q.query<{ pos: boolean; business: boolean }>(
    `select exists (select from pos_systems where name = $1) as pos, exists (select from businesses where id = $2) as business`,
    [posName, businessId],
  )
  if (!known?.pos) return { kind: 'pos_unknown' }
  if (!known.business) return { kind: 'business_unknown' }
  const [made] = await q.query<Connection>(
    `insert into pos_connections (pos_name, reference, business_id, created_at) values ($1, $2, $3, $4::timestamptz)
     on conflict (pos_name, reference) do nothing returning pos_name, reference, created_at`,
    [posName, text, businessId, instant(clock.now())],
  )
  if (made) return { kind: 'connected', connection: made }
  const [mine] = await q.query<Connection>(
    'select pos_name, reference, created_at from pos_connections where pos_name = $1 and reference = $2 and business_id = $3',
    [posName, text, businessId],
  )
  return mine ? { kind: 'already_connected', connection: mine } : { kind: 'reference_taken' }
}

/** What has arrived stays; what arrives from now on is kept as unmatched. */
export async function disconnect(
  q: Queryable,
  { posName, reference, businessId }: { posName: string; reference: string; businessId: Uuid },
): Promise<'disconnected' | 'not_found'> {
  const rows = await q.query(
    'delete from pos_connections where pos_name = $1 and reference = $2 and business_id = $3 returning reference',
    [posName, reference.trim(), businessId],
  )
  return rows.length > 0 ? 'disconnected' : 'not_found'
}

/** By POS and reference: a handful of rows. */
export function listConnections(q: Queryable, businessId: Uuid): Promise<Connection[]> {
  return q.query<Connection>(
    'select pos_name, reference, created_at from pos_connections where business_id = $1 order by pos_name, reference',
    [businessId],
  )
}

/** Deliveries that wait under a reference because no business is connected to it. */
export interface WaitingReference {
  pos_name: string
  reference: string
  deliveries: number
  first_received_at: EpochMs
  last_received_at: EpochMs
}

/** For the operator alone: what is not connected belongs to no business. The reference that waits longest comes first. */
export function listWaiting(q: Queryable): Promise<WaitingReference[]> {
  return q.query<WaitingReference>(
    `select pos_name, reference, count(*) as deliveries, min(received_at) as first_received_at,
       max(received_at) as last_received_at
     from unmatched_deliveries group by pos_name, reference order by first_received_at, pos_name, reference`,
  )
}
