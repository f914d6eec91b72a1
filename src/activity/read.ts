// Reads the activity log of a business.
import type { Actor } from '../../contract/actor.ts'
import type { Queryable } from '../db/database.ts'
import type { EpochMs } from '../kernel/clock.ts'
import { firstIdAt, type Uuid } from '../kernel/ids.ts'
import type { Values } from './changes.ts'

export interface ActivityRow {
  id: Uuid
  at: EpochMs
  actor: Actor
  operation: string
  subject: string | null
  address: string
  user_agent: string
  request_id: string
  before: Values | null
  after: Values | null
}

/** Entries match all filters. Ids ascend with time, so a period is a range of ids. */
export interface ActivityFilter {
  actor?: Actor
  /** One of these. */
  operations?: readonly string[]
  subject?: string
  /** Included. */
  from?: EpochMs
  /** Excluded. */
  until?: EpochMs
}

/** Newest first; `before`: the last id of the previous page. */
export function listActivity(
  q: Queryable,
  businessId: Uuid,
  filter: ActivityFilter,
  before: Uuid | null,
  limit: number,
): Promise<ActivityRow[]> {
  const values: unknown[] = [businessId]
  const where = (condition: string, value: unknown) => condition.replace('?', `$${values.push(value)}`)
  const conditions = [
    'business_id = $1',
    ...(filter.actor === undefined ? [] : [where('actor = ?', filter.actor)]),
    ...(filter.subject === undefined ? [] : [where('subject = ?', filter.subject)]),
    ...(filter.from === undefined ? [] : [where('id >= ?', firstIdAt(filter.from))]),
    ...(filter.until === undefined ? [] : [where('id < ?', firstIdAt(filter.until))]),
    ...(before === null ? [] : [where('id < ?', before)]),
  ].join(' and ')
  const last = `order by id desc limit $${values.push(limit)}`
  if (filter.operations === undefined) {
    return q.query<ActivityRow>(`select ${COLUMNS} from activity where ${conditions} ${last}`, values)
  }
  // The newest of each operation by its index: a rare one does not search the whole log.
  const operations = `$${values.push(filter.operations)}`
  return q.query<ActivityRow>(
    `select ${COLUMNS} from unnest(${operations}::text[]) as o (wanted) cross join lateral
       (select * from activity where ${conditions} and operation = o.wanted ${last}) as a ${last}`,
    values,
  )
}

const COLUMNS = 'id, at, actor, operation, subject, address, user_agent, request_id, before, after'

/** Everybody who is in the log, by kind and id; each is found by one look at the index. */
export async function listActors(q: Queryable, businessId: Uuid, limit: number): Promise<Actor[]> {
  const rows = await q.query<{ actor: Actor }>(
    `with recursive actors (actor, n) as (
       (select actor, 1 from activity where business_id = $1 order by actor limit 1)
       union all
       select (select a.actor from activity a where a.business_id = $1 and a.actor > actors.actor order by a.actor limit 1), n + 1
       from actors where actors.actor is not null and n < $2
     )
     select actor from actors where actor is not null`,
    [businessId, limit],
  )
  return rows.map(({ actor }) => actor)
}
