// Customers over HTTP: created, found in any form, changed; with balances, expiries and
// subscriptions.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf, keyActor } from '../../../../test/support/api.ts'
import { type Answer, testApp } from '../../../../test/support/app.ts'
import { standardBody } from '../../../integrations/standard/fixtures/body.ts'
import { ManualClock } from '../../../kernel/clock.ts'
import { formatId } from '../../../kernel/ids.ts'

const clock = new ManualClock('2026-03-01T12:00:00Z')
const app = await testApp(undefined, { clock })
const { get, send } = callerOf(app)
const programs = app.business.programs

const enrol = (phone: string, more: object = {}) => send('POST', '/customers', { phone, ...more })

/** Two hot drinks for 24.00, bought on 1 January 2023. */
function sell(id: string, phone: string, more: object = {}): Promise<Answer> {
  const customer = { id: phone, name: 'Sample Customer', dial_code: 966, phone }
  const line = { category_id: '_7ad32937', price: 12, quantity: 2, ...more }
  const body = standardBody({ id, business: { reference: '440810' }, order: { customer }, lines: [line] })
  return app.post(body, { pos: 'standard' })
}

function assertRefused(answer: Answer, pointer: string): void {
  assert.deepEqual([answer.status, answer.body.code], [422, 'invalid_request'], JSON.stringify(answer.body))
  assert.deepEqual(
    answer.body.errors.map((error: { pointer: string }) => error.pointer),
    [pointer],
  )
  assert(answer.body.errors[0].message_ar, 'explained in Arabic as well')
}

test('a customer is created by phone, with a balance of 0 in every active program', async () => {
  const profile = {
    name: 'نورة السالم',
    email: 'sample@example.com',
    gender: 'female',
    birth_date: '1990-05-17',
    language: 'ar',
  }
  const made = await enrol('٠٥٠٠٠٠٠٠٠١', profile)
  assert.equal(made.status, 201)
  const { id, balances, ...customer } = made.body
  assert.deepEqual(customer, {
    phone: '+966500000001',
    ...profile,
    blacklisted: false,
    created_at: '2026-03-01T12:00:00.000Z',
    created_by: await keyActor(app),
    updated_at: '2026-03-01T12:00:00.000Z',
    updated_by: await keyActor(app),
  })
  assert.deepEqual(
    balances.map((one: { program_type: string; unit: string; available: number }) => [
      one.program_type,
      one.unit,
      one.available,
    ]),
    [
      ['points', 'point', 0],
      ['stamps', 'stamp', 0],
      ['cashback', 'SAR', 0],
      ['subscription', 'use', 0],
    ],
  )
  const nothing = { available: 0, pending: 0, held: 0, debt: 0 }
  const named = {
    program_id: formatId('program', programs.points),
    program_name: { en: 'Sample Points', ar: 'نقاط تجريبية' },
  }
  assert.deepEqual(balances[0], { ...named, program_type: 'points', unit: 'point', ...nothing })
  const { body } = await get(`/customers/${id}`)
  assert.deepEqual(
    { ...body, balances: body.balances.length },
    {
      ...customer,
      id,
      figures: { visits: 0, spend: 0, first_visit_at: null, last_visit_at: null, segments: [], branch_id: null },
      balances: 4,
      former_phones: [],
      subscriptions: [],
      stamp_cards: [],
    },
  )
})

test('C57: a known phone is refused with the id of its customer', async () => {
  const first = await enrol('0500000002')
  const again = await enrol('+966 50 000 0002', { name: 'Somebody else' })
  assert.deepEqual([again.status, again.body.code, again.body.customer_id], [409, 'phone_taken', first.body.id])
  assert.equal((await get(`/customers/${first.body.id}`)).body.name, null)
})

test('an invalid customer is refused with its fields', async () => {
  assertRefused(await enrol('12345'), '/phone')
  assertRefused(await enrol('not a phone'), '/phone')
  assertRefused(await enrol('0500000003', { email: 'nobody' }), '/email')
  assertRefused(await enrol('0500000003', { gender: 'other' }), '/gender')
  assertRefused(await enrol('0500000003', { birth_date: '1990-02-30' }), '/birth_date')
  assertRefused(await enrol('0500000003', { birth_date: '2027-01-01' }), '/birth_date')
  assertRefused(await enrol('0500000003', { birth_date: '1899-12-31' }), '/birth_date')
  assertRefused(await enrol('0500000003', { name: '' }), '/name')
  assertRefused(await enrol('0500000003', { points: 100 }), '/points')
  assert.deepEqual((await get('/customers?phone=0500000003')).body.data, [])
})

test('a customer is found by phone in every written form', async () => {
  const { body } = await enrol('0500000004')
  const forms = [
    '+966500000004',
    '966500000004',
    '00966500000004',
    '0500000004',
    '500000004',
    '٠٥٠٠٠٠٠٠٠٤',
    '050 000-0004',
  ]
  for (const form of forms) {
    const found = await get(`/customers?phone=${encodeURIComponent(form)}`)
    assert.deepEqual(found.body, { data: [body], next_cursor: null }, form)
  }
  const unescaped = await get('/customers?phone=+966500000004')
  assert.deepEqual(unescaped.body.data, [body], 'a plus that arrives as a space')
  assert.deepEqual((await get('/customers?phone=0599999999')).body, { data: [], next_cursor: null })
  assertRefused(await get('/customers?phone=5000'), '/phone')
  assertRefused(await get('/customers?phone='), '/phone')
})

test('a customer is found by a part of name or phone', async () => {
  const { body } = await enrol('0500000005', { name: 'أحمد القحطاني' })
  for (const q of ['احمد', 'القحط', 'أحمد القحطانى', '0005', 'اح']) {
    const found = await get(`/customers?q=${encodeURIComponent(q)}`)
    assert(
      found.body.data.some((one: { id: string }) => one.id === body.id),
      q,
    )
  }
  assertRefused(await get('/customers?q=05'), '/q')
  assertRefused(await get('/customers?q=%20'), '/q')
  assertRefused(await get('/customers?name=x'), '/name')
})

test('a change affects only the given fields, and null clears a field', async () => {
  const { id } = (await enrol('0500000006', { name: 'Before', email: 'sample@example.com' })).body
  clock.advance(1000)
  const changed = await send('PATCH', `/customers/${id}`, { name: 'After', email: null, blacklisted: true })
  assert.equal(changed.status, 200)
  const { name, email, blacklisted, updated_at } = changed.body
  assert.deepEqual([name, email, blacklisted, updated_at], ['After', null, true, new Date(clock.now()).toISOString()])
  assertRefused(await send('PATCH', `/customers/${id}`, { phone: '0500000007' }), '/phone')
  assertRefused(await send('PATCH', `/customers/${id}`, { blacklisted: null }), '/blacklisted')
  assertRefused(await send('PATCH', `/customers/${id}`, {}), '')
})

test('an excluded customer keeps the balance and earns nothing more', async () => {
  const { customer } = (await sell('excluded-1', '500000008')).body
  await send('PATCH', `/customers/${customer.id}`, { blacklisted: true })
  const at = new Date(clock.now() + 1000).toISOString()
  const later = standardBody({
    id: 'excluded-2',
    business: { reference: '440810' },
    timestamp: clock.now() / 1000,
    order: {
      updated_at: at,
      opened_at: at,
      closed_at: at,
      business_date: at.slice(0, 10),
      customer: { id: '1', name: 'Sample Customer', dial_code: 966, phone: '500000008' },
    },
  })
  const refused = await app.post(later, { pos: 'standard' })
  assert.equal(refused.body.reason, 'customer_blacklisted')
  assert.equal((await get(`/customers/${customer.id}`)).body.balances[0].available, 24)
})

test('the ledger lists every movement with its reason, newest first', async () => {
  const { customer, order } = (await sell('ledger-1', '500000009')).body
  const returned = standardBody({
    id: 'ledger-2',
    business: { reference: '440810' },
    status: 'Refunded',
    order: { original_order_id: 'ledger-1', customer: { id: '1', dial_code: 966, phone: '500000009' } },
    lines: [{ category_id: '_7ad32937', price: 12, quantity: 1 }],
  })
  assert.equal((await app.post(returned, { pos: 'standard' })).body.result, 'processed')
  const { body } = await get(`/customers/${customer.id}/ledger`)
  const told = body.data.map((one: { program_type: string; kind: string; units: number; balance: number }) => [
    one.program_type,
    one.kind,
    one.units,
    one.balance,
  ])
  // V5 at 12.00 a drink: 24 points, 2 stamps and 1.20 for two drinks; one is returned, and half of
  // each is deducted.
  assert.deepEqual(told.slice(0, 3).sort(), [
    ['cashback', 'reverse', -60, 60],
    ['points', 'reverse', -12, 12],
    ['stamps', 'reverse', -1, 1],
  ])
  assert.deepEqual(told.slice(3).sort(), [
    ['cashback', 'earn', 120, 120],
    ['points', 'earn', 24, 24],
    ['stamps', 'earn', 2, 2],
  ])
  for (const entry of body.data) assert.equal(entry.order_id, order.id, 'a return speaks of its sale')
  const points = body.data.findLast((one: { program_type: string }) => one.program_type === 'points')
  assert.deepEqual(points.why, {
    en: '24.00 SAR × 1 point per 1.00 SAR = 24 points',
    ar: '24.00 ريال × نقطة واحدة لكل 1.00 ريال = 24 نقطة',
  })
  assert.equal(points.occurred_at, '2023-01-01T15:06:16.000Z', 'the time of the sale, not of its arrival')
})

test('balances list their expiries, soonest first', async () => {
  const made = await send('POST', '/programs', {
    type: 'points',
    name: { en: 'Fading', ar: 'متلاشية' },
    activate: true,
    definition: {
      rules: [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }],
      expiry: { kind: 'after', days: 30 },
    },
  })
  const program_id = made.body.id
  const { id } = (await enrol('0500000010')).body
  const give = (units: number) => send('POST', `/customers/${id}/adjustments`, { program_id, units, reason: 'Sample' })
  await give(10)
  clock.advance(24 * 3_600_000)
  await give(5)
  const { body } = await get(`/customers/${id}`)
  const fading = body.balances.find((one: { program_id: string }) => one.program_id === program_id)
  assert.deepEqual(fading.expiring, [
    // Earned on 1 and 2 March, valid for 30 days until the end of the day in Riyadh, 21:00 UTC.
    { units: 10, expires_at: '2026-03-31T21:00:00.000Z' },
    { units: 5, expires_at: '2026-04-01T21:00:00.000Z' },
  ])
  assert.deepEqual(body.balances[0].expiring, [], 'what never expires is not listed')
  const { body: ended } = await send('POST', `/programs/${program_id}/end`)
  assert.equal(ended.status, 'ended')
  const after = (await get(`/customers/${id}`)).body.balances
  assert.equal(
    after.find((one: { program_id: string }) => one.program_id === program_id).available,
    15,
    'what was earned stays',
  )
  const other = (await get('/customers?phone=0500000004')).body.data[0].balances
  assert(
    !other.some((one: { program_id: string }) => one.program_id === program_id),
    'an ended program is not shown at zero',
  )
})

test('a full stamp card is listed with its unused reward', async () => {
  const { customer } = (await sell('cards-1', '500000011', { quantity: 7, price: 10 })).body
  const { body } = await get(`/customers/${customer.id}`)
  // Seven hot drinks: six fill a card, one is on the next.
  assert.equal(body.balances[1].available, 1)
  assert.deepEqual(body.stamp_cards, [])
  const { customer: lately } = await sellNow('cards-2', '500000012', 7)
  const now = (await get(`/customers/${lately.id}`)).body.stamp_cards
  assert.equal(now.length, 1)
  const { id, ...card } = now[0]
  assert.match(id, /^crd_/)
  assert.deepEqual(card, {
    program_id: formatId('program', programs.stamps),
    goal: 6,
    reward: { en: 'A hot drink', ar: 'مشروب ساخن' },
    // 2 March 15:00 in Riyadh; the award is valid until the end of the thirtieth day after.
    won_at: '2026-03-02T12:00:01.000Z',
    expires_at: '2026-04-01T21:00:00.000Z',
  })
})

async function sellNow(id: string, phone: string, quantity: number): Promise<Answer['body']> {
  const at = new Date(clock.now()).toISOString()
  const customer = { id: '1', name: 'Sample Customer', dial_code: 966, phone }
  const times = { updated_at: at, opened_at: at, closed_at: at, business_date: at.slice(0, 10) }
  const lines = [{ category_id: '_7ad32937', price: 10, quantity }]
  const timestamp = clock.now() / 1000
  const body = standardBody({ id, timestamp, business: { reference: '440810' }, order: { customer, ...times }, lines })
  return (await app.post(body, { pos: 'standard' })).body
}
