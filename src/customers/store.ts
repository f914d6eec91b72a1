// The customers of a business: read, created and changed through the API.
import type { Selectable } from 'kysely'
import type { Actor } from '../../contract/actor.ts'
import { assertLocked, type BusinessLock } from '../db/business-lock.ts'
import type { Queryable, Transaction, Writer, WriteTransaction } from '../db/database.ts'
import { db, type Tables } from '../db/tables.ts'
import { instant, json } from '../db/values.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { recordCustomerEvent } from './customer-events.ts'
import { ownerOfPhone } from './phones.ts'
import { type EnteredProfile, enteredOf } from './sources.ts'

/** What can be changed of a customer. The phone number identifies them: see phones.ts. */
export interface Profile {
  name: string | null
  email: string | null
  gender: 'male' | 'female' | null
  birthDate: IsoDate | null
  language: 'ar' | 'en' | null
  blacklisted: boolean
}

export interface Customer extends Profile {
  id: Uuid
  /** E.164. */
  phone: string
  createdAt: EpochMs
  createdBy: Actor | null
  updatedAt: EpochMs
  updatedBy: Actor | null
}

const EMPTY: Profile = { name: null, email: null, gender: null, birthDate: null, language: null, blacklisted: false }

/** The existing customers of these IDs, newest first. */
export async function findCustomers(q: Queryable, businessId: Uuid, ids: readonly Uuid[]): Promise<Customer[]> {
  if (ids.length === 0) return []
  const rows = await q.run(customersOf(businessId).where('id', 'in', ids).orderBy('id', 'desc'))
  return rows.map(toCustomer)
}

export async function findCustomer(q: Queryable, businessId: Uuid, id: Uuid): Promise<Customer | null> {
  const [row] = await q.run(customersOf(businessId).where('id', '=', id))
  return row ? toCustomer(row) : null
}

/** By their present or a former number. */
export async function findCustomerByPhone(q: Queryable, businessId: Uuid, phone: string): Promise<Customer | null> {
  const [row] = await q.run(customersOf(businessId).where('phone', '=', phone))
  if (row) return toCustomer(row)
  const owner = await ownerOfPhone(q, businessId, phone)
  return owner === null ? null : findCustomer(q, businessId, owner)
}

/**
 * Locks a customer for whom something is written: until the transaction ends they are neither
 * merged nor renumbered.
 */
export async function holdCustomer(tx: Transaction, businessId: Uuid, id: Uuid): Promise<Customer | null> {
  const [row] = await tx.run(customersOf(businessId).where('id', '=', id).forKeyShare())
  return row ? toCustomer(row) : null
}

/** Newest first, older than `before`. */
export async function listCustomers(
  q: Queryable,
  businessId: Uuid,
  before: Uuid | null,
  limit: number,
): Promise<Customer[]> {
  let query = customersOf(businessId).orderBy('id', 'desc').limit(limit)
  if (before !== null) query = query.where('id', '<', before)
  return (await q.run(query)).map(toCustomer)
}

/**
 * One phone is one customer: if the phone is already known, its customer is named and unchanged.
 */
export async function createCustomer(
  tx: WriteTransaction,
  lock: BusinessLock,
  { businessId, id, phone, profile, now }: NewCustomer,
): Promise<{ outcome: 'created'; customer: Customer } | { outcome: 'phone_taken'; customerId: Uuid }> {
  assertLocked(lock, businessId)
  const made = { createdAt: now, createdBy: tx.actor, updatedAt: now, updatedBy: tx.actor }
  const customer: Customer = { ...EMPTY, ...profile, id, phone, ...made }
  const entered = enteredOf(profile, now)
  const owner = await ownerOfPhone(tx, businessId, phone)
  if (owner !== null) return { outcome: 'phone_taken', customerId: owner }
  const insert = db
    .insertInto('customers')
    .values({
      business_id: businessId,
      id,
      phone,
      created_at: instant(now),
      created_by: tx.actor,
      ...columns(tx, customer, null, now),
      // Without a profile nothing was entered that a snapshot of the POS could contradict.
      ...(isEmpty(entered) ? NOT_ENTERED : { entered: json(entered), pos_profile: json({}) }),
    })
    .onConflict((conflict) => conflict.columns(['business_id', 'phone']).doNothing())
    .returning('id')
  const [created] = await tx.run(insert)
  if (created) {
    recordCustomerEvent(tx, lock, 'customer.created', { businessId, customerId: id }, now)
    return { outcome: 'created', customer }
  }
  // A select that begins after the conflict sees the row that caused it, because its transaction
  // has committed.
  const taken = must(await findCustomerByPhone(tx, businessId, phone), 'the customer that holds the phone')
  return { outcome: 'phone_taken', customerId: taken.id }
}

interface NewCustomer {
  businessId: Uuid
  id: Uuid
  phone: string
  profile: Partial<Profile>
  now: EpochMs
}

/**
 * Changes the fields in `changes`. A value stands until the POS states, in a later snapshot,
 * another value than before.
 */
export async function updateCustomer(
  tx: WriteTransaction,
  lock: BusinessLock,
  businessId: Uuid,
  id: Uuid,
  changes: Partial<Profile>,
  now: EpochMs,
): Promise<Customer | null> {
  const [row] = await tx.run(customersOf(businessId).where('id', '=', id).forUpdate())
  if (!row) return null
  const customer = { ...toCustomer(row), ...changes, updatedAt: now, updatedBy: tx.actor }
  const entered = enteredOf(changes, now)
  const { name, email, gender, birth_date } = row
  // Until now the profile had the latest values of the POS.
  const posProfile = row.pos_profile ?? (row.entered === null ? { name, email, gender, birth_date } : {})
  await tx.run(
    db
      .updateTable('customers')
      .set(columns(tx, customer, row.blacklisted_at, now))
      .set(isEmpty(entered) ? {} : { entered: json({ ...row.entered, ...entered }), pos_profile: json(posProfile) })
      .where('business_id', '=', businessId)
      .where('id', '=', id),
  )
  recordCustomerEvent(tx, lock, 'customer.updated', { businessId, customerId: id }, now)
  return customer
}

/** Nobody has entered anything, so the profile has the latest values of the POS. */
const NOT_ENTERED = { entered: null, pos_profile: null }

function isEmpty(entered: EnteredProfile): boolean {
  return Object.keys(entered).length === 0
}

function customersOf(businessId: Uuid) {
  return db.selectFrom('customers').selectAll().where('business_id', '=', businessId)
}

function columns({ actor }: Writer, profile: Profile, blacklistedAt: EpochMs | null, now: EpochMs) {
  return {
    name: profile.name,
    email: profile.email,
    gender: profile.gender,
    birth_date: profile.birthDate,
    language: profile.language,
    blacklisted_at: profile.blacklisted ? instant(blacklistedAt ?? now) : null,
    updated_at: instant(now),
    updated_by: actor,
  }
}

function toCustomer(row: Selectable<Tables['customers']>): Customer {
  return {
    id: row.id,
    phone: row.phone,
    name: row.name,
    email: row.email,
    gender: row.gender,
    birthDate: row.birth_date,
    language: row.language,
    blacklisted: row.blacklisted_at !== null,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  }
}
