// Erases who a customer was: the profile, the numbers, and what remains of customers who were merged
// into them.
import { assertLocked, type BusinessLock } from '../db/business-lock.ts'
import type { Queryable, Statement, WriteTransaction } from '../db/database.ts'
import { recordEvents } from '../events/record.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { listNotes } from './notes.ts'
import type { EnteredProfile, PosProfile } from './sources.ts'

/** How the customer can be recognised in what others stored. */
export interface Identity {
  /** E.164, present and former ones. A number that was released may be somebody else's. */
  phones: string[]
  names: string[]
  emails: string[]
}

/** Null when there is no such customer. The row is locked: nobody else changes or merges it. */
export async function identityOf(tx: Queryable, businessId: Uuid, customerId: Uuid): Promise<Identity | null> {
  const [row] = await tx.query<Stored>(PROFILE, [businessId, customerId])
  if (!row) return null
  const others = await tx.query<{ phone: string | null; name: string | null }>(OTHERS, [businessId, customerId])
  const { entered, posProfile, phone, name, email } = row
  const names = [name, posProfile?.name, entered?.name?.value, ...others.map((one) => one.name)]
  return {
    phones: distinct([phone, ...others.map((one) => one.phone)]),
    names: distinct(names),
    emails: distinct([email, posProfile?.email, entered?.email?.value]),
  }
}

/** What staff wrote about the customer in notes; the notes go with the customer. */
export async function noteTexts(tx: Queryable, businessId: Uuid, customerId: Uuid): Promise<string[]> {
  return (await listNotes(tx, businessId, customerId)).map((note) => note.text)
}

/**
 * Deletes the customer, the former numbers, and the names and numbers of those who were merged into
 * them. The id stays in movements and orders, and leads to nobody.
 */
export async function eraseIdentity(
  tx: WriteTransaction,
  lock: BusinessLock,
  { businessId, customerId }: { businessId: Uuid; customerId: Uuid },
  now: EpochMs,
): Promise<void> {
  assertLocked(lock, businessId)
  const key = [businessId, customerId]
  recordEvents(tx, lock, [{ businessId }], () => {
    return { type: 'customer.erased', at: now, actor: tx.actor, subject: customerId, data: {} }
  })
  await Promise.all([
    tx.query('delete from former_phones where business_id = $1 and customer_id = $2', key),
    tx.query(
      `update merged_customers set phone = null, name = null, reason = '' where business_id = $1 and into_id = $2`,
      key,
    ),
    tx.query('delete from customers where business_id = $1 and id = $2', key),
  ])
}

function distinct(values: readonly (string | null | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value != null && value !== ''))] as string[]
}

interface Stored {
  phone: string
  name: string | null
  email: string | null
  entered: EnteredProfile | null
  posProfile: PosProfile | null
}

const PROFILE: Statement = {
  name: 'identity_profile',
  text: `
select phone, name, email, entered, pos_profile as "posProfile" from customers
where business_id = $1 and id = $2 for update`,
}

const OTHERS: Statement = {
  name: 'identity_others',
  text: `
select phone, null::text as name from former_phones where business_id = $1 and customer_id = $2 and released_at is null
union all
select null, name from merged_customers where business_id = $1 and into_id = $2`,
}
