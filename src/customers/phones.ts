// The mobile number of a customer: it can be changed, and former numbers identify the customer
// until they are released.
import type { Actor } from '../../contract/actor.ts'
import { assertLocked, type BusinessLock } from '../db/business-lock.ts'
import type { Queryable, Statement, WriteTransaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { recordCustomerEvent } from './customer-events.ts'

/** Maximum number of former numbers per customer. */
export const MAX_FORMER_PHONES = 20

export interface FormerPhone {
  /** E.164. */
  phone: string
  since: EpochMs
  replacedBy: Actor | null
  /** Why it was replaced. */
  reason: string
}

export type ChangePhoneOutcome =
  | { kind: 'not_found' | 'too_many' | 'changed' | 'same' }
  | { kind: 'phone_taken'; customerId: Uuid }

/** The number and why it changes. */
export interface PhoneChange {
  businessId: Uuid
  customerId: Uuid
  /** E.164. */
  phone: string
  reason: string
}

/**
 * Changes the number of the customer and keeps the previous one as a former number. The caller
 * holds the business lock, so nobody is enrolled in the meantime. In order of precedence:
 * not_found, same, phone_taken, too_many, changed.
 */
export async function changePhone(
  tx: WriteTransaction,
  lock: BusinessLock,
  { businessId, customerId, phone, reason }: PhoneChange,
  now: EpochMs,
): Promise<ChangePhoneOutcome> {
  assertLocked(lock, businessId)
  const [customer] = await tx.query<{ phone: string }>(HOLD, [businessId, customerId])
  if (!customer) return { kind: 'not_found' }
  if (customer.phone === phone) return { kind: 'same' }
  const owner = await ownerOfPhone(tx, businessId, phone)
  if (owner !== null && owner !== customerId) return { kind: 'phone_taken', customerId: owner }
  const former = await formerPhones(tx, businessId, customerId)
  if (former.length >= MAX_FORMER_PHONES && owner === null) return { kind: 'too_many' }
  await Promise.all([
    tx.query('delete from former_phones where business_id = $1 and phone = $2 and customer_id = $3', [
      businessId,
      phone,
      customerId,
    ]),
    tx.query(
      'update customers set phone = $3, updated_at = $4::timestamptz, updated_by = $5 where business_id = $1 and id = $2',
      [businessId, customerId, phone, instant(now), tx.actor],
    ),
    rememberPhone(tx, { businessId, customerId, phone: customer.phone, reason }, now),
  ])
  recordCustomerEvent(tx, lock, 'customer.updated', { businessId, customerId }, now)
  return { kind: 'changed' }
}

/** A number that the customer no longer has still identifies them. */
export async function rememberPhone(tx: WriteTransaction, change: PhoneChange, now: EpochMs): Promise<void> {
  const { businessId, phone, customerId, reason } = change
  await tx.query(REMEMBER, [businessId, phone, customerId, reason, instant(now), tx.actor])
}

/**
 * Releases a former number because another person has it now: orders placed from now on enrol that
 * person. False when it is not a former number of this customer.
 */
export async function releasePhone(
  tx: WriteTransaction,
  lock: BusinessLock,
  { businessId, customerId, phone }: { businessId: Uuid; customerId: Uuid; phone: string },
  now: EpochMs,
): Promise<boolean> {
  assertLocked(lock, businessId)
  const rows = await tx.query(RELEASE, [businessId, phone, customerId, instant(now), tx.actor])
  return rows.length > 0
}

/** The numbers that are not released, newest first. */
export function formerPhones(q: Queryable, businessId: Uuid, customerId: Uuid): Promise<FormerPhone[]> {
  return q.query(FORMER, [businessId, customerId])
}

/** The customer who has the number, else the one who had it. */
export async function ownerOfPhone(q: Queryable, businessId: Uuid, phone: string): Promise<Uuid | null> {
  const [owner] = await q.query<{ id: Uuid }>(OWNER, [businessId, phone])
  return owner?.id ?? null
}

const HOLD: Statement = {
  name: 'customer_hold_phone',
  text: 'select phone from customers where business_id = $1 and id = $2 for update',
}

const OWNER: Statement = {
  name: 'phone_owner',
  text: `
select id from customers where business_id = $1 and phone = $2
union all
select customer_id from former_phones where business_id = $1 and phone = $2 and released_at is null
limit 1`,
}

const FORMER: Statement = {
  name: 'former_phones_of_customer',
  text: `
select phone, created_at as since, replaced_by as "replacedBy", reason from former_phones
where business_id = $1 and customer_id = $2 and released_at is null
order by created_at desc, phone`,
}

/** A number that was released before belongs to the customer who had it last. */
const REMEMBER: Statement = {
  name: 'former_phone_remember',
  text: `
insert into former_phones (business_id, phone, customer_id, reason, created_at, replaced_by)
values ($1, $2, $3, $4, $5::timestamptz, $6)
on conflict (business_id, phone) do update set customer_id = excluded.customer_id, reason = excluded.reason, replaced_by = excluded.replaced_by,
  created_at = excluded.created_at, released_at = null, released_by = null`,
}

const RELEASE: Statement = {
  name: 'former_phone_release',
  text: `
update former_phones set released_at = $4::timestamptz, released_by = $5
where business_id = $1 and phone = $2 and customer_id = $3 and released_at is null
returning phone`,
}
