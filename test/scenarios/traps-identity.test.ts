// Trap C59: known bugs of other systems when one person is created in two ways at once
// (docs/traps.md).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { testApp } from '../support/app.ts'
import { openTill } from '../support/till.ts'

const app = await testApp()
const { db } = app.ctx

test('C59: a person created by two POS systems, the API and a till at once is one customer with one account per program', async () => {
  const till = await openTill(app)
  const { apiKey, reference } = till.business
  // given an unknown phone, in the format of each channel
  const customer = (phone: string, dial_code: number | string) => ({ name: 'Sample Customer', dial_code, phone })
  const standard = (id: string, phone: string, dial_code: number | string) =>
    app.post(standardBody({ id, business: { reference }, order: { customer: customer(phone, dial_code) } }), {
      pos: 'standard',
    })
  const enrol = (phone: string) =>
    app.call({ method: 'POST', path: '/api/v1/customers', bearer: apiKey, body: { phone } })
  // when all of them arrive at the same moment
  const [, , , , ...enrolled] = await Promise.all([
    till.send({ reference: 1, customer: { number: 9, phone: '500000009', dial_code: 966 } }),
    till.send({ reference: 2, customer: { number: 9, phone: '0500000009', dial_code: '+966' } }),
    standard('s-1', '0500000009', 966),
    standard('s-2', '+966500000009', '00966'),
    enrol('٠٥٠٠٠٠٠٠٠٩'),
    enrol('00966 50 000 0009'),
  ])
  const made = enrolled.filter(({ status }) => status === 201).length
  assert.ok(
    made <= 1 && enrolled.every(({ status }) => status === 201 || status === 409),
    'the API makes them once at most',
  )
  // then there is one customer, with the 24.00 of each of the four orders in one account
  const { body: found } = await app.get('/customers', apiKey)
  assert.deepEqual(
    found.data.map(({ phone }: { phone: string }) => phone),
    ['+966500000009'],
  )
  assert.deepEqual(await till.balances('+966500000009'), { points: 96, stamps: 2, cashback: 480 })
  const [accounts] = await db.query<{ accounts: number; programs: number }>(
    `select count(*) as accounts, count(distinct program_id) as programs from accounts
     where business_id = $1 and issued <> 0`,
    [till.business.businessId],
  )
  assert.deepEqual(accounts, { accounts: 3, programs: 3 })
  await till.assertProven()
})

test('C59: completed cards belong to one customer, and each card number is used once', async () => {
  const till = await openTill(app)
  // given twelve hot drinks in two orders that arrive together: two cards of six
  await Promise.all([1, 2].map((reference) => till.send({ reference, lines: [{ price: 10, quantity: 6 }] })))
  const cards = await db.query<{ number: number; owners: number }>(
    `select number, count(distinct customer_id) as owners from awards
     where business_id = $1 and status = 'won' group by number order by number`,
    [till.business.businessId],
  )
  assert.deepEqual(cards, [
    { number: 1, owners: 1 },
    { number: 2, owners: 1 },
  ])
  assert.deepEqual(await till.balances(), { points: 120, stamps: 0, cashback: 600 })
  await till.assertProven()
})
