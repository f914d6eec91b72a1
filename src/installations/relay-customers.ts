// Sends the queued customers to a POS: updates those that the POS knows, and finds or creates the
// others.
import { type Customer, findCustomer } from '../customers/store.ts'
import type { Queryable } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { InstallationKey } from '../integrations/client.ts'
import { backOff, type PersonDetails, type PosPerson } from '../integrations/client.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { readSnapshots, type SnapshotPlace } from '../orders/snapshots.ts'
import type { InstallationDeps } from './deps.ts'
import { type Change, claimChanges, completeChange, requeueChange } from './outbox.ts'
import type { CallOutcome, Session } from './session.ts'

export interface Tally {
  done: number
  failed: number
}

/** Customers claimed at once. Each takes one to three calls. */
const CLAIM_AT_ONCE = 10

/**
 * Ends when nothing is due or the installation cannot make more calls now. A customer that fails
 * does not block the others.
 */
export async function relayCustomers(deps: InstallationDeps, session: Session): Promise<Tally> {
  const tally = { done: 0, failed: 0 }
  for (;;) {
    const changes = await claimChanges(deps.db, session, deps.clock.now(), CLAIM_AT_ONCE)
    if (changes.length === 0) return tally
    for (const [index, change] of changes.entries()) {
      const outcome = await sendSafely(deps, session, change)
      if (outcome.kind === 'stop') {
        for (const left of changes.slice(index)) await release(deps, session, left)
        return tally
      }
      await recordOutcome(deps, session, change, outcome)
      tally[outcome.kind === 'ok' ? 'done' : 'failed'] += 1
    }
  }
}

function release(deps: InstallationDeps, session: Session, change: Change): Promise<void> {
  const { attempts } = change
  return requeueChange(deps.db, session, change, {
    status: 'waiting',
    dueAt: deps.clock.now(),
    attempts,
    problem: null,
  })
}

/** An unexpected error is treated like a POS that does not respond. */
async function sendSafely(deps: InstallationDeps, session: Session, change: Change): Promise<CallOutcome<unknown>> {
  try {
    return await send(deps, session, change)
  } catch (error) {
    deps.log.error(
      { err: error, customer: change.customerId, pos: session.posName },
      'a customer could not be sent to the POS',
    )
    return { kind: 'failed', reason: 'internal error in LoyaPro' }
  }
}

async function recordOutcome(
  deps: InstallationDeps,
  session: Session,
  change: Change,
  outcome: Exclude<CallOutcome<unknown>, { kind: 'stop' }>,
): Promise<void> {
  const attempts = change.attempts + 1
  const now = deps.clock.now()
  switch (outcome.kind) {
    case 'ok':
      return completeChange(deps.db, session, change)
    case 'refused':
      return requeueChange(deps.db, session, change, {
        status: 'failed',
        dueAt: now,
        attempts,
        problem: outcome.reason,
      })
    case 'failed': {
      const dueAt = now + backOff(attempts)
      return requeueChange(deps.db, session, change, { status: 'waiting', dueAt, attempts, problem: outcome.reason })
    }
  }
}

async function send(deps: InstallationDeps, session: Session, change: Change): Promise<CallOutcome<unknown>> {
  const customer = await findCustomer(deps.db, session.businessId, change.customerId)
  if (customer === null) return { kind: 'ok', value: null }
  const now = deps.clock.now()
  const details = detailsOf(customer)
  const known = await knownId(deps.db, session, customer.id)
  if (known !== null) {
    const updated = await session.call((token) => session.pos.updateCustomer(token, known, details))
    if (updated.kind !== 'ok' || updated.value !== null) {
      if (updated.kind === 'ok') await link(deps.db, session, customer.id, known, now)
      return updated
    }
    // The POS deleted this ID, or it belongs to another account: find the customer by phone.
  }
  const person = await findOrCreate(session, details)
  if (person.kind !== 'ok') return person
  const { found, isNew } = person.value
  await link(deps.db, session, customer.id, found.id, now)
  const wanted = isNew ? null : change.overwrite ? details : onlyBlanks(details, found)
  if (wanted === null) return person
  return session.call((token) => session.pos.updateCustomer(token, found.id, wanted))
}

async function findOrCreate(
  session: Session,
  details: PersonDetails,
): Promise<CallOutcome<{ found: PosPerson; isNew: boolean }>> {
  const find = () => session.call((token) => session.pos.findCustomer(token, details.phone))
  const first = await find()
  if (first.kind !== 'ok') return first
  if (first.value) return { kind: 'ok', value: { found: first.value, isNew: false } }
  const created = await session.call((token) => session.pos.createCustomer(token, details))
  if (created.kind === 'ok') return { kind: 'ok', value: { found: created.value, isNew: true } }
  if (created.kind !== 'refused') return created
  // The cashier may have created the customer in the meantime. If nobody has the phone, the refusal
  // stands.
  const again = await find()
  if (again.kind !== 'ok') return again
  return again.value ? { kind: 'ok', value: { found: again.value, isNew: false } } : created
}

function detailsOf({ phone, name, email, gender, birthDate }: Customer): PersonDetails {
  return { phone, name, email, gender, birthDate }
}

/** The values that the POS does not have; null when it has them all. */
function onlyBlanks(details: PersonDetails, found: PosPerson): PersonDetails | null {
  const blanks = {
    phone: details.phone,
    name: found.name === null ? details.name : null,
    email: found.email === null ? details.email : null,
    gender: found.gender === null ? details.gender : null,
    birthDate: found.birthDate === null ? details.birthDate : null,
  }
  const { phone: _, ...rest } = blanks
  return Object.values(rest).some((value) => value !== null) ? blanks : null
}

/**
 * The stored ID of the customer in the POS, or the one in the customer's last order from this POS.
 */
async function knownId(
  q: Queryable,
  { businessId, posName }: InstallationKey,
  customerId: Uuid,
): Promise<string | null> {
  const values = [businessId, posName, customerId]
  const [linked] = await q.query<{ id: string }>(
    `select pos_customer_id as id from pos_customers where business_id = $1 and pos_name = $2 and customer_id = $3`,
    values,
  )
  if (linked) return linked.id
  const places = await q.query<SnapshotPlace>(
    `select business_id as "businessId", delivery_id as "deliveryId", dictionary, snapshot from orders
     where business_id = $1 and pos_name = $2 and customer_id = $3
     order by occurred_at desc, id desc limit 1`,
    values,
  )
  const [order] = await readSnapshots(q, places)
  return order?.customer?.pos_id ?? null
}

async function link(
  q: Queryable,
  { businessId, posName }: InstallationKey,
  customerId: Uuid,
  id: string,
  now: EpochMs,
): Promise<void> {
  await q.query(
    `insert into pos_customers (business_id, pos_name, customer_id, pos_customer_id, updated_at)
     -- A customer who was erased while the POS was called is linked to nobody.
     select business_id, $2, id, $4, $5::timestamptz from customers where business_id = $1 and id = $3 for key share
     on conflict (business_id, pos_name, customer_id) do update set pos_customer_id = excluded.pos_customer_id,
       updated_at = excluded.updated_at where pos_customers.pos_customer_id <> excluded.pos_customer_id`,
    [businessId, posName, customerId, id, instant(now)],
  )
}
