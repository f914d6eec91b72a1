// A phone number without a country belongs to the country of the business, at every endpoint.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foodicsBody } from '../../src/integrations/foodics/fixtures/body.ts'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { testApp } from '../support/app.ts'
import { addReward, ask, claimReward } from '../support/claims.ts'
import { openTill, type Till } from '../support/till.ts'

const app = await testApp()

/** A shop in this time zone, as one that was created there. */
async function shopIn(timezone: string): Promise<Till> {
  const till = await openTill(app)
  await app.ctx.db.query('update businesses set timezone = $2 where id = $1', [till.business.businessId, timezone])
  const name = { name: { en: 'Sample Shop' } }
  const renamed = await app.call({
    method: 'PATCH',
    path: '/api/v1/business',
    bearer: till.business.apiKey,
    body: name,
  })
  assert.equal(renamed.status, 200)
  return till
}

/** The E.164 number under which an order in each format, and the business API, know a customer. */
async function phonesOf(till: Till, written: string, dialCode: unknown = null): Promise<(string | null)[]> {
  const { reference, apiKey } = till.business
  const standard = standardBody({ id: `s-${written}`, business: { reference } })
  Object.assign(standard.order.customer, { phone: written, dial_code: dialCode })
  const foodics = foodicsBody({ reference: `f-${written}`, business: { reference } })
  Object.assign(foodics.order.customer ?? {}, { phone: written, dial_code: dialCode })
  const orders = [await app.post(standard, { pos: 'standard' }), await app.post(foodics)]
  for (const { status, body } of orders) assert.equal(status, 200, JSON.stringify(body))
  const found = await app.get(`/customers?phone=${encodeURIComponent(written)}`, apiKey)
  return [...orders.map(({ body }) => body.customer?.phone ?? null), found.body.data?.[0]?.phone ?? null]
}

const same = (phone: string) => [phone, phone, phone]

test('A13: 0550123456 in Algiers and 0599123456 in Hebron are Algerian and Palestinian, in orders and searches', async () => {
  assert.deepEqual(await phonesOf(await shopIn('Africa/Algiers'), '0550123456'), same('+213550123456'))
  assert.deepEqual(await phonesOf(await shopIn('Asia/Hebron'), '0599123456'), same('+970599123456'))
})

test('A13: local numbers of Iraq, Japan, Turkey, Germany and Morocco are accepted', async () => {
  const shops: [timezone: string, written: string, phone: string][] = [
    ['Asia/Baghdad', '07701234567', '+9647701234567'],
    ['Asia/Tokyo', '09012345678', '+819012345678'],
    ['Europe/Istanbul', '05321234567', '+905321234567'],
    ['Europe/Berlin', '015123456789', '+4915123456789'],
    ['Africa/Casablanca', '0612345678', '+212612345678'],
  ]
  for (const [timezone, written, phone] of shops) {
    assert.deepEqual(await phonesOf(await shopIn(timezone), written), same(phone), timezone)
  }
})

test('A13: at the till a number without a country code belongs to the country of the business', async () => {
  const till = await shopIn('Africa/Algiers')
  const { reference } = till.business
  const sale = foodicsBody({ reference: 'sale', business: { reference } })
  Object.assign(sale.order.customer ?? {}, { phone: '0550123456', dial_code: null })
  const { body } = await app.post(sale)
  const reward = await addReward(app, till, 20, { kind: 'fixed_order', discount_amount: 500 })
  const code = await claimReward(app, till, body.customer.id, reward)
  const local = { customer_mobile_number: '0550123456', mobile_country_code: undefined }
  assert.equal((await ask(app, till, 'reward', code, local)).status, 200)
  assert.equal((await ask(app, till, 'reward', code, { ...local, mobile_country_code: 213 })).status, 200)
  // With +966 it is another number, of which the code is not.
  const saudi = await ask(app, till, 'reward', code, { ...local, mobile_country_code: 966 })
  assert.equal(saudi.body.code, 'reward_not_found')
  const redeemed = await ask(app, till, 'redeem', code, { ...local, order_id: 'next', discount_amount: 5 })
  assert.deepEqual([redeemed.status, redeemed.body.customer_mobile_number], [200, '0550123456'])
})

test('A13: a business without a country accepts only numbers with a country code', async () => {
  const till = await shopIn('UTC')
  assert.equal((await app.get('/business', till.business.apiKey)).body.country, null)
  assert.deepEqual(await phonesOf(till, '0550123456'), [null, null, null])
  assert.deepEqual(await phonesOf(till, '550123456', 213), ['+213550123456', '+213550123456', null])
  assert.deepEqual(await phonesOf(till, '+213550123456'), same('+213550123456'))
  const local = { customer_mobile_number: '0550123456', mobile_country_code: undefined }
  const refused = await ask(app, till, 'reward', '10000001', local)
  assert.deepEqual([refused.status, refused.body.errors?.[0]?.pointer], [422, '/mobile_country_code'])
  const body = { phone: '0550123456' }
  const made = await app.call({ method: 'POST', path: '/api/v1/customers', bearer: till.business.apiKey, body })
  assert.deepEqual([made.status, made.body.errors?.[0]?.pointer], [422, '/phone'])
})

test('A13: the country that the business sets overrides that of its time zone', async () => {
  const till = await openTill(app)
  const { apiKey } = till.business
  const set = await app.call({ method: 'PATCH', path: '/api/v1/business', bearer: apiKey, body: { country: 'EG' } })
  assert.equal(set.body.country, 'EG')
  assert.deepEqual(await phonesOf(till, '01012345678'), same('+201012345678'))
  const body = { phone: '01112345678' }
  const made = await app.call({ method: 'POST', path: '/api/v1/customers', bearer: apiKey, body })
  assert.deepEqual([made.status, made.body.phone], [201, '+201112345678'])
})
