// Appends an entry to the activity log.
import type { Statement, WriteTransaction } from '../db/database.ts'
import { instant, json } from '../db/values.ts'
import { type Ids, instantOfId, type Uuid } from '../kernel/ids.ts'
import type { Values } from './changes.ts'

export interface Entry {
  businessId: Uuid
  /** The operationId. */
  operation: string
  subject: string | null
  address: string
  userAgent: string
  requestId: string
  before: Values | null
  after: Values | null
}

/** Its outcome is left to the commit. */
export function recordActivity(tx: WriteTransaction, entry: Entry, { ids }: { ids: Ids }): void {
  const { businessId, operation, subject, address, userAgent, requestId, before, after } = entry
  // A period is a range of ids, so the time of an entry is that of its id.
  const id = ids.next()
  tx.deferToCommit(
    tx.query(APPEND, [
      businessId,
      id,
      instant(instantOfId(id)),
      tx.actor,
      operation,
      subject,
      address,
      userAgent.slice(0, MAX_USER_AGENT),
      requestId,
      bounded(before),
      bounded(after),
    ]),
  )
}

/** For what concerns a person: an entry in each of these businesses. */
export function recordInEach(
  tx: WriteTransaction,
  businessIds: readonly Uuid[],
  entry: Omit<Entry, 'businessId'>,
  deps: { ids: Ids },
): void {
  for (const businessId of businessIds) recordActivity(tx, { ...entry, businessId }, deps)
}

const MAX_USER_AGENT = 300
/** Characters. A long definition of a program has about half of them. */
const MAX_VALUES = 40_000

function bounded(values: Values | null): string | null {
  if (values === null) return null
  const text = json(values)
  return text.length <= MAX_VALUES ? text : json({ fields: Object.keys(values).slice(0, 100) })
}

const APPEND: Statement = {
  name: 'activity_append',
  text: `
insert into activity (business_id, id, at, actor, operation, subject, address, user_agent, request_id, before, after)
values ($1, $2, $3::timestamptz, $4, $5, $6, $7, $8, $9, $10::jsonb, $11::jsonb)`,
}
