// The refusals of a code at the till: status, error code and message in both languages.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ManualClock } from '../../src/kernel/clock.ts'
import { formatId } from '../../src/kernel/ids.ts'
import { type Answer, testApp } from '../support/app.ts'
import { addReward, ask, claimReward, orderOf } from '../support/claims.ts'
import { openTill, type Till } from '../support/till.ts'

/** A Wednesday, noon in Riyadh. */
const clock = new ManualClock('2026-01-14T09:00:00Z')
const app = await testApp(undefined, { clock })

const OFF = { kind: 'fixed_order', discount_amount: 500 }
const redemption = (orderId = 'order-1', amount = 5) => ({ order_id: orderId, discount_amount: amount })

async function codeFor(terms: object, price = 20): Promise<{ till: Till; customer: string; code: string }> {
  const till = await openTill(app)
  const { customer } = await till.send({ reference: 1 })
  const reward = await addReward(app, till, price, terms)
  const id = customer?.id ?? ''
  return { till, customer: id, code: await claimReward(app, till, id, reward) }
}

/** The business speaks Arabic, and so does the screen when nothing else is asked for. */
function assertRefused(answer: Answer, status: number, code: string): void {
  assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body))
  assert.match(answer.body.message, /[\u0600-\u06ff]/)
  assert.doesNotMatch(answer.body.detail, /[\u0600-\u06ff]/)
}

test('no such business; the language of the screen is what it asks for', async () => {
  const { till, code } = await codeFor(OFF)
  const body = { business_reference: 'nowhere', reward_code: code, customer_mobile_number: '500000001' }
  const path = '/pos/1.0.0/foodics/reward'
  const headers = { 'accept-language': 'ar' }
  const answer = await app.call({ method: 'POST', path, bearer: app.tokens.foodics, body, headers })
  assertRefused(answer, 404, 'business_unknown')
  const wrong = { ...body, business_reference: till.business.reference, reward_code: '10000001' }
  const english = { 'accept-language': 'en' }
  const plain = await app.call({ method: 'POST', path, bearer: app.tokens.foodics, body: wrong, headers: english })
  assert.equal(plain.body.message, 'This code is not valid for this customer. Check the code and the mobile number.')
})

test('an unknown code, one of another customer and one of another business get the same answer', async () => {
  const { till, code } = await codeFor(OFF)
  const other = await codeFor(OFF)
  const answers = [
    await ask(app, till, 'reward', '10000001'),
    await ask(app, till, 'reward', code, { customer_mobile_number: '500000002' }),
    await ask(app, till, 'reward', other.code),
  ]
  for (const answer of answers) assertRefused(answer, 404, 'reward_not_found')
  const [first, ...rest] = answers.map(({ body: { request_id: _, ...body } }) => body)
  for (const body of rest) assert.deepEqual(body, first)
})

test('used for another order is refused; the same order gets the first response again', async () => {
  const { till, code } = await codeFor(OFF)
  const first = await ask(app, till, 'redeem', code, redemption())
  assert.deepEqual((await ask(app, till, 'redeem', code, redemption())).body, first.body)
  assertRefused(await ask(app, till, 'redeem', code, redemption('order-2')), 409, 'reward_used')
  assertRefused(await ask(app, till, 'reward', code), 409, 'reward_used')
  await till.assertProven()
})

test('expired after ten minutes, whether or not the job ran; the units are not lost', async () => {
  const { till, customer, code } = await codeFor(OFF)
  clock.advance(10 * 60_000)
  assertRefused(await ask(app, till, 'reward', code), 409, 'reward_expired')
  assertRefused(await ask(app, till, 'redeem', code, redemption()), 409, 'reward_expired')
  const rewards = await app.get('/rewards', till.business.apiKey)
  await claimReward(app, till, customer, rewards.body.data.find((one: { price: number }) => one.price === 20).id)
  await till.assertProven()
})

test('cancelled', async () => {
  const { till, customer, code } = await codeFor(OFF)
  const { body } = await app.get(`/customers/${customer}/claims`, till.business.apiKey)
  const path = `/api/v1/claims/${body.data[0].id}/cancel`
  assert.equal((await app.call({ method: 'POST', path, bearer: till.business.apiKey })).status, 200)
  assertRefused(await ask(app, till, 'redeem', code, redemption()), 409, 'reward_cancelled')
  assert.equal((await till.balances()).points, 24)
})

test('more taken off than the reward allows; what only the order can tell is flagged there', async () => {
  const fixed = await codeFor(OFF)
  assertRefused(await ask(app, fixed.till, 'redeem', fixed.code, redemption('o', 5.01)), 422, 'discount_too_high')
  const capped = await codeFor({ kind: 'percent_order', percent: 10, max_discount_amount: 800 })
  assertRefused(await ask(app, capped.till, 'redeem', capped.code, redemption('o', 9)), 422, 'discount_too_high')
  const order = capped.till.body({ reference: 2, lines: [{ price: 50 }], discount: { amount: 7, type: 4 } })
  assert.equal((await ask(app, capped.till, 'redeem', capped.code, redemption(order.order.id, 7))).status, 200)
  await capped.till.send(order)
  const shown = await orderOf(app, capped.till, order.order.id)
  assert.deepEqual(
    shown.flags.map((flag: { code: string }) => flag.code),
    ['discount_too_high'],
  )
  const known = await codeFor({ kind: 'percent_order', percent: 10, max_discount_amount: 800 })
  const first = known.till.body({ reference: 2, lines: [{ price: 50 }], discount: { amount: 7, type: 4 } })
  await known.till.send(first)
  const answer = await ask(app, known.till, 'redeem', known.code, redemption(first.order.id, 7))
  assertRefused(answer, 422, 'discount_too_high')
})

test('not here, not now, and an order that is too small', async () => {
  const { till } = await codeFor(OFF)
  const branches = await app.get('/branches', till.business.apiKey)
  const elsewhere = await codeFor({ ...OFF, weekdays: ['fri'] })
  assertRefused(await ask(app, elsewhere.till, 'reward', elsewhere.code), 409, 'reward_not_now')
  const evening = await codeFor({ ...OFF, hours: [{ from: '18:00', to: '02:00' }] })
  assertRefused(await ask(app, evening.till, 'redeem', evening.code, redemption()), 409, 'reward_not_now')
  const { customer } = await till.send({ reference: 2 })
  const reward = await addReward(app, till, 1, { ...OFF, branches: [branches.body.data[0].id] })
  const code = await claimReward(app, till, customer?.id ?? '', reward)
  assertRefused(await ask(app, till, 'reward', code, { branch_id: 'another' }), 409, 'reward_not_here')
  assert.equal((await ask(app, till, 'reward', code)).status, 200, 'a till that names no branch is believed')
  const big = await codeFor({ ...OFF, minimum_order_amount: 5_000 })
  const small = big.till.body({ reference: 2 })
  await big.till.send(small)
  assertRefused(await ask(app, big.till, 'redeem', big.code, redemption(small.order.id)), 422, 'order_too_small')
})

test('two rewards that cannot be combined', async () => {
  const { till, customer, code } = await codeFor(OFF)
  await till.send({ reference: 2 })
  const alone = await addReward(app, till, 1, { ...OFF, combinable: false })
  const second = await claimReward(app, till, customer, alone)
  assert.equal((await ask(app, till, 'redeem', code, redemption())).status, 200)
  assertRefused(await ask(app, till, 'redeem', second, redemption()), 409, 'not_combinable')
  assert.equal((await ask(app, till, 'redeem', second, redemption('order-2'))).status, 200)
})

test('a plan: one a day, and the next one not before its time', async () => {
  const till = await openTill(app)
  const plan = {
    products_bought: ['gold'],
    period: { unit: 'month', count: 1 },
    uses_per_period: 30,
    per_day_limit: 2,
    minutes_between_uses: 30,
  }
  const id = await till.addProgram({ type: 'subscription', plan })
  const closedAt = new Date(clock.now()).toISOString().slice(0, 19).replace('T', ' ')
  const { customer } = await till.send({ reference: 1, closedAt, lines: [{ product: 'gold', price: 99 }] })
  const use = async () => {
    const path = `/api/v1/customers/${customer?.id}/claims`
    const made = await app.call({ method: 'POST', path, bearer: till.business.apiKey, body: { program_id: id } })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    return made.body.code
  }
  const first = await use()
  const check = await ask(app, till, 'reward', first)
  assert.deepEqual([check.body.type, check.body.discount_amount, check.body.is_percent], [2, 100, true])
  assert.equal((await ask(app, till, 'redeem', first, redemption('use-1', 12))).status, 200)
  assertRefused(await ask(app, till, 'redeem', await use(), redemption('use-2', 12)), 409, 'too_soon')
  clock.advance(30 * 60_000)
  assert.equal((await ask(app, till, 'redeem', await use(), redemption('use-3', 12))).status, 200)
  clock.advance(30 * 60_000)
  assertRefused(await ask(app, till, 'reward', await use()), 409, 'use_limit_reached')
  clock.advance(24 * 3_600_000)
  assert.equal((await ask(app, till, 'redeem', await use(), redemption('use-4', 12))).status, 200)
  await till.assertProven()
})

test('values are returned as they were sent, in every accepted format', async () => {
  const { till, code } = await codeFor(OFF)
  const forms = [
    { customer_mobile_number: '0500000001', mobile_country_code: 'SA' },
    { customer_mobile_number: 500000001, mobile_country_code: '+966' },
    { customer_mobile_number: '٥٠٠٠٠٠٠٠١', mobile_country_code: '00966' },
    { customer_mobile_number: '+966500000001', mobile_country_code: null, reward_code: Number(code) },
    {
      customer_mobile_number: '050 000 0001',
      mobile_country_code: 966,
      reward_code: `${code.slice(0, 4)} ${code.slice(4)}`,
    },
  ]
  for (const form of forms) {
    const answer = await ask(app, till, 'reward', code, form)
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    for (const [field, value] of Object.entries(form)) assert.deepEqual(answer.body[field], value)
  }
})

test('empty and invalid bodies: 422 with exactly the fields that are missing or wrong', async () => {
  const { till, code } = await codeFor(OFF)
  const call = (call: 'reward' | 'redeem', body: unknown) =>
    app.call({ method: 'POST', path: `/pos/1.0.0/standard/${call}`, bearer: app.tokens.standard, body })
  const pointers = (answer: Answer) => answer.body.errors.map((error: { pointer: string }) => error.pointer)
  for (const body of [[], 'text', 7, null].map((value) => JSON.stringify(value))) {
    assert.equal((await call('reward', body)).status, 422)
  }
  assert.deepEqual(pointers(await call('reward', {})), [
    '/business_reference',
    '/reward_code',
    '/customer_mobile_number',
  ])
  const whole = { business_reference: till.business.reference, reward_code: code, customer_mobile_number: '500000001' }
  for (const discount_amount of [undefined, null, -1, 'NaN', {}, 1e18]) {
    assert.deepEqual(pointers(await call('redeem', { ...whole, order_id: 'o', discount_amount })), ['/discount_amount'])
  }
  assert.deepEqual(pointers(await call('redeem', { ...whole, ...redemption(), date: 'yesterday' })), ['/date'])
  assert.deepEqual(pointers(await call('reward', { ...whole, mobile_country_code: 'XX' })), ['/mobile_country_code'])
  const standard = await call('reward', whole)
  assert.equal(standard.status, 200, JSON.stringify(standard.body))
  assert.equal(standard.body.reward.id.slice(0, 4), formatId('reward', till.business.businessId).slice(0, 4))
})
