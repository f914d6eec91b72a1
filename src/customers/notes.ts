// Notes of staff on a customer.
import type { Actor } from '../../contract/actor.ts'
import type { Queryable, Statement, WriteTransaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

export interface CustomerNote {
  id: Uuid
  text: string
  createdAt: EpochMs
  createdBy: Actor
}

/** Maximum number of notes on one customer. */
export const MAX_NOTES = 200

/** All notes on a customer, newest first. */
export function listNotes(q: Queryable, businessId: Uuid, customerId: Uuid): Promise<CustomerNote[]> {
  return q.query(LIST, [businessId, customerId])
}

/** Null when the customer has the maximum of notes. The caller holds the customer. */
export async function addNote(
  tx: WriteTransaction,
  { businessId, customerId, id, text }: { businessId: Uuid; customerId: Uuid; id: Uuid; text: string },
  now: EpochMs,
): Promise<CustomerNote | null> {
  const [note] = await tx.query<CustomerNote>(ADD, [
    businessId,
    id,
    customerId,
    text,
    instant(now),
    tx.actor,
    MAX_NOTES,
  ])
  return note ?? null
}

/** False when it is not a note on this customer. */
export async function removeNote(
  tx: WriteTransaction,
  { businessId, customerId, id }: { businessId: Uuid; customerId: Uuid; id: Uuid },
): Promise<boolean> {
  return (await tx.query(REMOVE, [businessId, customerId, id])).length > 0
}

/** The notes on a merged customer become notes on the other one, before the first is deleted. */
export async function moveNotes(
  tx: WriteTransaction,
  { businessId, from, into }: { businessId: Uuid; from: Uuid; into: Uuid },
): Promise<void> {
  await tx.query('update customer_notes set customer_id = $3 where business_id = $1 and customer_id = $2', [
    businessId,
    from,
    into,
  ])
}

const COLUMNS = 'id, text, created_at as "createdAt", created_by as "createdBy"'

const LIST: Statement = {
  name: 'customer_notes',
  text: `select ${COLUMNS} from customer_notes where business_id = $1 and customer_id = $2 order by id desc`,
}

const ADD: Statement = {
  name: 'customer_note_add',
  text: `
insert into customer_notes (business_id, id, customer_id, text, created_at, created_by)
select $1::uuid, $2::uuid, $3::uuid, $4, $5::timestamptz, $6
where (select count(*) from customer_notes where business_id = $1 and customer_id = $3) < $7::integer
returning ${COLUMNS}`,
}

const REMOVE: Statement = {
  name: 'customer_note_remove',
  text: 'delete from customer_notes where business_id = $1 and customer_id = $2 and id = $3 returning id',
}
