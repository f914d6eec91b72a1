// The outbox: customers whose changes must be sent to a POS. Written in the transaction of the
// change, and read by relay-customers.ts.
import type { Queryable, Transaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { InstallationKey } from '../integrations/client.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

/**
 * Queues the customer for every installation of the business; writes nothing when there is none.
 * `created` fills the empty values of a customer that the POS knows by phone; `changed` overwrites
 * them.
 */
export async function queueCustomer(
  tx: Transaction,
  businessId: Uuid,
  customerId: Uuid,
  what: 'created' | 'changed',
  now: EpochMs,
): Promise<void> {
  await tx.query(QUEUE, [businessId, customerId, what === 'changed', instant(now)])
}

const ON_CONFLICT = `
on conflict (business_id, pos_name, customer_id) do update set revision = c.revision + 1,
  overwrite = c.overwrite or excluded.overwrite, status = 'waiting', due_at = excluded.due_at, attempts = 0, problem = null`

const QUEUE = {
  name: 'pos_queue_customer',
  text: `
insert into pos_customer_changes as c (business_id, pos_name, customer_id, overwrite, status, due_at, created_at)
select a.business_id, a.pos_name, $2, $3, 'waiting', $4::timestamptz, $4::timestamptz
from installations a where a.business_id = $1${ON_CONFLICT}`,
}

/** Queues the customers that this POS has never named in an order, for a new installation. */
export async function queueUnknownCustomers(
  tx: Transaction,
  { businessId, posName }: InstallationKey,
  now: EpochMs,
): Promise<void> {
  await tx.query(
    `insert into pos_customer_changes as c (business_id, pos_name, customer_id, overwrite, status, due_at, created_at)
     select p.business_id, $2, p.id, false, 'waiting', $3::timestamptz, $3::timestamptz
     from customers p
     where p.business_id = $1 and not exists (
       select from orders o where o.business_id = p.business_id and o.customer_id = p.id and o.pos_name = $2)${ON_CONFLICT}`,
    [businessId, posName, instant(now)],
  )
}

export interface Change {
  customerId: Uuid
  revision: number
  overwrite: boolean
  attempts: number
}

/**
 * Milliseconds for which a claimed change is hidden from other processes. It is claimed again when
 * the process dies.
 */
const CLAIM_MS = 5 * 60_000

/** Claims due changes for this process, oldest first. */
export function claimChanges(
  q: Queryable,
  { businessId, posName }: InstallationKey,
  now: EpochMs,
  limit: number,
): Promise<Change[]> {
  return q.query<Change>(CLAIM, [businessId, posName, instant(now), instant(now + CLAIM_MS), limit])
}

const CLAIM = {
  name: 'pos_claim_changes',
  text: `
update pos_customer_changes c set due_at = $4::timestamptz
from (
  select customer_id from pos_customer_changes
  where business_id = $1 and pos_name = $2 and status = 'waiting' and due_at <= $3::timestamptz
  order by due_at, customer_id limit $5 for update skip locked
) as due
where c.business_id = $1 and c.pos_name = $2 and c.customer_id = due.customer_id
returning c.customer_id as "customerId", c.revision, c.overwrite, c.attempts`,
}

/** The change was sent. A newer revision stays queued and is due immediately. */
export async function completeChange(
  q: Queryable,
  { businessId, posName }: InstallationKey,
  { customerId, revision }: Change,
): Promise<void> {
  await q.query(
    'delete from pos_customer_changes where business_id = $1 and pos_name = $2 and customer_id = $3 and revision = $4',
    [businessId, posName, customerId, revision],
  )
}

/**
 * The change was not sent: it waits until `dueAt`, or, when the POS refused it, until the next
 * change or sync. A newer revision is left as it is.
 */
export async function requeueChange(
  q: Queryable,
  { businessId, posName }: InstallationKey,
  { customerId, revision }: Change,
  to: { status: 'waiting' | 'failed'; dueAt: EpochMs; attempts: number; problem: string | null },
): Promise<void> {
  await q.query(
    `update pos_customer_changes set status = $5, due_at = $6::timestamptz, attempts = $7, problem = $8
     where business_id = $1 and pos_name = $2 and customer_id = $3 and revision = $4`,
    [businessId, posName, customerId, revision, to.status, instant(to.dueAt), to.attempts, to.problem],
  )
}
