// One phone number is one customer, and entered values stand until the POS has newer ones.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { lockBusinesses } from '../db/business-lock.ts'
import { ManualClock } from '../kernel/clock.ts'
import { createIds, derivedId } from '../kernel/ids.ts'
import { customerKey, enrolCustomers, findCustomers as findKnown } from './enrol.ts'
import { createCustomer, findCustomer, findCustomerByPhone, listCustomers, updateCustomer } from './store.ts'

const { db } = await testDatabase()
const clock = new ManualClock('2026-03-01T12:00:00Z')
const ids = createIds(clock)
const businessId = derivedId('store', 'business')
const HOUR = 3_600_000

const make = (phone: string, profile = {}) =>
  db.write('system:test', async (tx) => {
    const lock = await lockBusinesses(tx, [businessId])
    return createCustomer(tx, lock, { businessId, id: ids.next(), phone, profile, now: clock.now() })
  })

/** What ingest does with the customer of an order whose snapshot is `asOf`. */
async function order(phone: string, name: string, asOf: number): Promise<void> {
  await db.write('system:test', async (tx) => {
    const known = await findKnown(tx, [{ businessId, phone }])
    const seen = [
      { businessId, customer: { phone, name, blacklisted: false }, occurredAt: asOf, asOf, posName: 'foodics' },
    ]
    const lock = await lockBusinesses(tx, [businessId])
    const enrolled = await enrolCustomers(tx, lock, seen, known, { now: clock.now(), ids })
    assert(enrolled.has(customerKey(businessId, phone)))
  })
}

test('a customer is created with a profile', async () => {
  const made = await make('+966500000001', { name: 'سارة', birthDate: '1990-05-17', language: 'ar' })
  assert(made.outcome === 'created')
  const { customer } = made
  assert.deepEqual(await findCustomer(db, businessId, customer.id), customer)
  assert.deepEqual(await findCustomerByPhone(db, businessId, '+966500000001'), customer)
  assert.equal(customer.birthDate, '1990-05-17')
  assert.equal(await findCustomer(db, derivedId('store', 'other'), customer.id), null)
})

test('C57: when several callers enrol one phone at once, one creates the customer and the others get it', async () => {
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => make('+966500000002')))
  const made = outcomes.flatMap((one) => (one.outcome === 'created' ? [one.customer.id] : []))
  const told = outcomes.flatMap((one) => (one.outcome === 'phone_taken' ? [one.customerId] : []))
  assert.equal(made.length, 1)
  assert.deepEqual(told, Array(7).fill(made[0]))
})

test('a change sets the fields in it, null clears, and the time of exclusion is the first one', async () => {
  const made = await make('+966500000003', { name: 'Sample', email: 'sample@example.com' })
  assert(made.outcome === 'created')
  const { id } = made.customer
  const change = (changes: object) =>
    db.write('system:test', async (tx) =>
      updateCustomer(tx, await lockBusinesses(tx, [businessId]), businessId, id, changes, clock.now()),
    )
  clock.advance(HOUR)
  const excluded = await change({ email: null, blacklisted: true })
  assert.deepEqual(excluded, { ...made.customer, email: null, blacklisted: true, updatedAt: clock.now() })
  const [first] = await db.query<{ at: number }>('select blacklisted_at as at from customers where id = $1', [id])
  clock.advance(HOUR)
  await change({ name: 'Renamed', blacklisted: true })
  const [second] = await db.query<{ at: number }>('select blacklisted_at as at from customers where id = $1', [id])
  assert.deepEqual(second, first)
  assert.equal((await change({ blacklisted: false }))?.blacklisted, false)
  assert.equal((await findCustomer(db, businessId, id))?.name, 'Renamed')
  const nobody = derivedId('store', 'nobody')
  assert.equal(
    await db.write('system:test', async (tx) =>
      updateCustomer(tx, await lockBusinesses(tx, [businessId]), businessId, nobody, {}, clock.now()),
    ),
    null,
  )
})

test('an order older than an entered value does not replace it, a newer one does', async () => {
  const phone = '+966500000004'
  const made = await make(phone, { name: 'By hand' })
  assert(made.outcome === 'created')
  const name = async () => (await findCustomerByPhone(db, businessId, phone))?.name
  await order(phone, 'From an older order', clock.now() - HOUR)
  assert.equal(await name(), 'By hand')
  await order(phone, 'From a newer order', clock.now() + HOUR)
  assert.equal(await name(), 'From a newer order')
})

test('an entered value stands while the POS repeats its value, for every field that both can set', async () => {
  const phone = '+966500000006'
  const snapshot = async (asOf: number, customer: object) => {
    await db.write('system:test', async (tx) => {
      const known = await findKnown(tx, [{ businessId, phone }])
      const seen = [
        {
          businessId,
          customer: { phone, blacklisted: false, ...customer },
          occurredAt: asOf,
          asOf,
          posName: 'foodics',
        },
      ]
      await enrolCustomers(tx, await lockBusinesses(tx, [businessId]), seen, known, { now: clock.now(), ids })
    })
    const found = await findCustomerByPhone(db, businessId, phone)
    assert(found)
    const { name, email, gender, birthDate } = found
    return { name, email, gender, birth_date: birthDate }
  }
  const pos = { name: 'Sarah', email: 'pos@example.com', gender: 'female', birth_date: '1990-01-01' }
  const now = clock.now()
  assert.deepEqual(await snapshot(now, pos), pos)
  const { id } = (await findCustomerByPhone(db, businessId, phone)) ?? assert.fail()
  const entered = { name: 'سارة', email: 'own@example.com', gender: 'male', birth_date: '1991-02-02' } as const
  clock.advance(HOUR)
  const { birth_date: birthDate, ...rest } = entered
  await db.write('system:test', async (tx) =>
    updateCustomer(tx, await lockBusinesses(tx, [businessId]), businessId, id, { ...rest, birthDate }, clock.now()),
  )
  // The POS says the same as before with every order.
  assert.deepEqual(await snapshot(now + 2 * HOUR, pos), entered)
  assert.deepEqual(await snapshot(now + 3 * HOUR, pos), entered)
  // A field that the POS changes is its news; the others stand.
  assert.deepEqual(await snapshot(now + 4 * HOUR, { ...pos, name: 'Sara' }), { ...entered, name: 'Sara' })
  assert.deepEqual(await snapshot(now + 5 * HOUR, { ...pos, name: 'Sara', birth_date: '1992-03-03' }), {
    ...entered,
    name: 'Sara',
    birth_date: '1992-03-03',
  })
  // What was said before the entry, and comes late, is what the POS said last, and no news.
  clock.advance(10 * HOUR)
  await db.write('system:test', async (tx) =>
    updateCustomer(tx, await lockBusinesses(tx, [businessId]), businessId, id, { name: 'Entered again' }, clock.now()),
  )
  assert.equal((await snapshot(now + 9 * HOUR, { ...pos, name: 'Late' })).name, 'Entered again')
  assert.equal((await snapshot(now + 20 * HOUR, { ...pos, name: 'Late' })).name, 'Entered again')
  assert.equal((await snapshot(now + 21 * HOUR, { ...pos, name: 'New' })).name, 'New')
})

test('a phone enrolled without a profile takes it from the next order, even an older one', async () => {
  await make('+966500000005')
  await order('+966500000005', 'From an older order', clock.now() - HOUR)
  assert.equal((await findCustomerByPhone(db, businessId, '+966500000005'))?.name, 'From an older order')
})

test('lists are sorted from the newest to the oldest', async () => {
  const all = await listCustomers(db, businessId, null, 100)
  assert.deepEqual(
    all.map((customer) => customer.id),
    all
      .map((customer) => customer.id)
      .sort()
      .reverse(),
  )
  const [first, second] = all
  assert(first && second)
  assert.deepEqual(await listCustomers(db, businessId, first.id, 1), [second])
})
