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
  operation?: string
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
    ...(filter.operation === undefined ? [] : [where('operation = ?', filter.operation)]),
    ...(filter.subject === undefined ? [] : [where('subject = ?', filter.subject)]),
    ...(filter.from === undefined ? [] : [where('id >= ?', firstIdAt(filter.from))]),
    ...(filter.until === undefined ? [] : [where('id < ?', firstIdAt(filter.until))]),
    ...(before === null ? [] : [where('id < ?', before)]),
  ]
  return q.query<ActivityRow>(
    `select id, at, actor, operation, subject, address, user_agent, request_id, before, after from activity
     where ${conditions.join(' and ')} order by id desc limit $${values.push(limit)}`,
    values,
  )
}
