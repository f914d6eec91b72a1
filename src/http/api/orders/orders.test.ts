// Orders over HTTP: found by what the POS calls them, by time and by filter; in full with their
// family, movements and reasons.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf, POINTS_DEFINITION } from '../../../../test/support/api.ts'
import { type Answer, testApp } from '../../../../test/support/app.ts'
import { foodicsBody } from '../../../integrations/foodics/fixtures/body.ts'
import { standardBody } from '../../../integrations/standard/fixtures/body.ts'
import { ManualClock } from '../../../kernel/clock.ts'

const clock = new ManualClock('2026-03-01T12:00:00Z')
const app = await testApp(undefined, { clock })
const { get, send } = callerOf(app)

interface Sale {
  id: string
  at?: string
  date?: string
  phone?: string | null
  status?: string
  price?: number
  quantity?: number
  category?: string
  returns?: string
  branch?: string
}

/** One hot drink for 24.00, unless said otherwise. */
function send1(sale: Sale): Promise<Answer> {
  const { id, at = '2026-02-01T09:00:00Z', date = at.slice(0, 10), phone = '500000001', status = 'Paid' } = sale
  const { price = 24, quantity = 1, category = '_7ad32937', branch = 'branch-1' } = sale
  const order = {
    updated_at: at,
    opened_at: at,
    closed_at: at,
    business_date: date,
    branch: { id: branch, name: branch },
    customer: phone === null ? null : { id: phone, name: 'Sample Customer', dial_code: 966, phone },
    ...(sale.returns && { original_order_id: sale.returns }),
  }
  const lines = [{ category_id: category, price, quantity }]
  const timestamp = Date.parse(at) / 1000
  const body = standardBody({ id, status, timestamp, business: { reference: '440810' }, order, lines })
  return app.post(body, { pos: 'standard' })
}

const idOf = (answer: Answer): string => answer.body.order.id
const listed = async (query: string): Promise<string[]> =>
  (await get(`/orders?${query}`)).body.data.map((order: { pos_order_id: string }) => order.pos_order_id)

test('V1: the order of the sample shop, in full', async () => {
  const answer = await app.post(foodicsBody())
  const { status, body } = await get(`/orders/${idOf(answer)}`)
  assert.equal(status, 200)
  const { lines, payments, deliveries, movements, discounts, returns, why_not, customer, ...head } = body
  assert.deepEqual(customer, { id: head.customer_id, name: 'Sample Customer 1', phone: '+966500000001' })
  assert.deepEqual(head, {
    id: idOf(answer),
    pos: 'foodics',
    pos_order_id: answer.body.order.pos_order_id,
    reference: '382546',
    kind: 'sale',
    status: 'paid',
    parked: false,
    customer_id: answer.body.customer.id,
    created_by: { id: '97c817bd-0000-4aa9-ad52-000000000001', name: 'Sample Cashier' },
    closed_by: { id: '97c817bd-0000-4aa9-ad52-000000000001', name: 'Sample Cashier' },
    original_id: null,
    branch_id: (await get('/branches')).body.data[0].id,
    business_date: '2023-01-01',
    occurred_at: '2023-01-01T15:06:16.000Z',
    currency: 'SAR',
    total: 2400,
    reason: null,
    reason_text: null,
    not_earned: [],
    returned: [],
    flags: [],
    redemptions: [],
    pending: [],
    ceiling_decision: null,
    void_applied: null,
    created_at: '2026-03-01T12:00:00.000Z',
  })
  assert.equal(lines.length, 1)
  // 24.00 with 15 % tax in it is 20.87 without.
  assert.deepEqual([lines[0].quantity, lines[0].total_incl_tax, lines[0].total_excl_tax], [1, 2400, 2087])
  assert.deepEqual(
    lines[0].options.map((option: { total_incl_tax: number }) => option.total_incl_tax),
    [2400],
  )
  assert.deepEqual(payments, [{ method: 'Cash', kind: 'cash', amount: 2400 }])
  assert.deepEqual([discounts, returns, why_not], [[], [], null])
  assert.deepEqual(
    deliveries.map(({ id, result }: { id: string; result: string }) => [id, result]),
    [[answer.body.event_id, 'processed']],
  )
  const moved = movements.map((one: { units: number; why: object }) => [one.units, one.why])
  const answered = answer.body.movements.map((one: { units: number; why: object }) => [one.units, one.why])
  assert.deepEqual(moved, answered, 'what the POS was told')
})

test('a family is shown from the sale and from the return', async () => {
  const sale = await send1({ id: 'family', quantity: 2, price: 10.75 })
  const back = await send1({
    id: 'family-back',
    returns: 'family',
    status: 'Refunded',
    price: 10.75,
    at: '2026-02-01T10:00:00Z',
  })
  const { body } = await get(`/orders/${idOf(sale)}`)
  assert.deepEqual(
    body.returns.map(({ id, kind, total }: { id: string; kind: string; total: number }) => [id, kind, total]),
    [[idOf(back), 'return', 1075]],
  )
  // V5: 21 points for 21.50, 10 for the 10.75 that are kept; 2 stamps and 1; 107 halalas and 53.
  assert.deepEqual(
    body.movements.map((one: { units: number }) => one.units),
    [21, 2, 107, -11, -1, -54],
  )
  for (const movement of body.movements) assert.equal(movement.order_id, idOf(sale))
  const shown = await get(`/orders/${idOf(back)}`)
  assert.deepEqual([shown.body.original_id, shown.body.why_not], [idOf(sale), null])
  assert.deepEqual(shown.body.movements, body.movements)
})

test('a return whose sale has not come says what it waits for', async () => {
  const back = await send1({ id: 'orphan-back', returns: 'orphan', status: 'Refunded' })
  const { body } = await get(`/orders/${idOf(back)}`)
  assert.deepEqual([body.parked, body.why_not.code], [true, 'original_order_unknown'])
  assert(body.why_not.en && body.why_not.ar)
})

test('an order that earned nothing says why, and what it lacked in each program', async () => {
  const anonymous = await get(`/orders/${idOf(await send1({ id: 'why-1', phone: null }))}`)
  assert.deepEqual([anonymous.body.reason, anonymous.body.why_not.code], ['no_customer', 'no_customer'])
  assert.deepEqual(anonymous.body.why_not.programs, [], 'no program was asked')
  // 0.10 of something cold: too little for a point or a halala of cashback, and no stamp.
  const small = await get(
    `/orders/${idOf(await send1({ id: 'why-2', price: 0.1, category: 'cold', phone: '500000002' }))}`,
  )
  assert.equal(small.body.why_not.code, 'amount_too_small')
  const { data } = (await get('/programs')).body
  const type = new Map(data.map(({ id, type }: { id: string; type: string }) => [id, type]))
  const lacks = small.body.why_not.programs.map((one: { program_id: string; code: string; en: string }) => [
    type.get(one.program_id),
    one.code,
    one.en,
  ])
  assert.deepEqual(
    lacks.map(([program, code]: [string, string]) => [program, code]),
    [
      ['points', 'amount_too_small'],
      ['stamps', 'rules_not_met'],
      ['cashback', 'amount_too_small'],
      ['subscription', 'rules_not_met'],
    ],
  )
  assert.match(lacks[0][2], /0\.10 SAR/, 'with the numbers that it used')
  for (const one of small.body.why_not.programs) assert.match(one.ar, /[\u0600-\u06ff]/)
})

test('a rule for the first order is told with the order that was first', async () => {
  const other = await app.newBusiness('550921')
  const caller = callerOf(app, other)
  for (const program of (await caller.get('/programs')).body.data)
    await caller.send('POST', `/programs/${program.id}/end`)
  clock.advance(1000)
  const from = new Date(clock.now()).toISOString()
  const welcome = {
    type: 'points',
    name: { en: 'Welcome', ar: 'ترحيب' },
    activate: true,
    definition: { rules: [{ id: 'first', when: { first_order: true }, earn: { kind: 'per_order', units: 50 } }] },
  }
  assert.equal((await caller.send('POST', '/programs', welcome)).status, 201)
  const order = (id: string, minutes: number) => {
    const at = new Date(Date.parse(from) + minutes * 60_000).toISOString()
    const times = { updated_at: at, opened_at: at, closed_at: at, business_date: at.slice(0, 10) }
    const business = { reference: '550921' }
    return app.post(standardBody({ id, business, timestamp: Date.parse(at) / 1000, order: times }), { pos: 'standard' })
  }
  const first = await order('first', 1)
  const second = await order('second', 2)
  assert.equal((await caller.get(`/orders/${idOf(first)}`)).body.why_not, null)
  const { why_not } = (await caller.get(`/orders/${idOf(second)}`)).body
  assert.deepEqual([why_not.code, why_not.programs.length], ['rules_not_met', 1])
})

test('a sale that was one customer’s and then another’s shows what it moved for each of them', async () => {
  const told = (minute: number, phone: string | null) =>
    send1({ id: 'passed-on', phone, at: `2026-02-01T11:0${minute}:00Z` })
  const first = await told(0, '500000011')
  await told(1, '500000012')
  await told(2, null)
  await told(3, '500000012')
  const { body } = await get(`/orders/${idOf(first)}`)
  const points = body.movements.filter((one: { program_type: string }) => one.program_type === 'points')
  assert.deepEqual(
    points.map((one: { units: number; balance: number }) => [one.units, one.balance]),
    [
      [24, 24],
      [-24, 0],
      [24, 24],
      [-24, 0],
      [24, 24],
    ],
  )
})

test('a plan that an order bought shows among its movements', async () => {
  const made = await send('POST', '/programs', {
    type: 'subscription',
    name: { en: 'Plan', ar: 'باقة' },
    activate: true,
    definition: {
      plan: { products_bought: ['plan-product'], period: { unit: 'month', count: 1 }, uses_per_period: 8 },
    },
  })
  clock.advance(60_000)
  const at = new Date(clock.now()).toISOString()
  const order = { updated_at: at, opened_at: at, closed_at: at, business_date: at.slice(0, 10) }
  const lines = [{ product_id: 'plan-product', price: 99, quantity: 1, category_id: 'plans' }]
  const body = standardBody({
    id: 'plan',
    business: { reference: '440810' },
    timestamp: clock.now() / 1000,
    order,
    lines,
  })
  const bought = await app.post(body, { pos: 'standard' })
  const shown = (await get(`/orders/${idOf(bought)}`)).body
  const grant = shown.movements.find((one: { kind: string }) => one.kind === 'grant')
  assert.deepEqual([grant.program_id, grant.units, grant.order_id], [made.body.id, 8, idOf(bought)])
  const { data } = (await get(`/customers/${bought.body.customer.id}/ledger`)).body
  assert.equal(data.find((one: { id: string }) => one.id === grant.id).order_id, idOf(bought))
  const { subscriptions } = (await get(`/customers/${bought.body.customer.id}`)).body
  assert.equal(subscriptions[0].order_id, idOf(bought))
})

test('orders are found by what the POS calls them, on any of its points of sale', async () => {
  await send1({ id: 'طلب/١' })
  assert.deepEqual(await listed(`pos_order_id=${encodeURIComponent('طلب/١')}`), ['طلب/١'])
  assert.deepEqual(await listed('pos_order_id=family'), ['family'])
  assert.deepEqual(await listed('pos_order_id=family&pos=standard'), ['family'])
  assert.deepEqual(await listed('pos_order_id=family&pos=foodics'), [])
  assert.deepEqual(await listed('pos_order_id=nothing'), [])
})

test('orders are listed newest first, by branch, customer, status and time', async () => {
  const sold = await send1({
    id: 'filter-1',
    at: '2026-02-20T22:30:00Z',
    date: '2026-02-21',
    phone: '500000007',
    branch: 'b7',
  })
  await send1({ id: 'filter-2', at: '2026-02-21T10:00:00Z', phone: '500000007', branch: 'b7', status: 'Void' })
  await send1({ id: 'filter-3', at: '2026-02-22T10:00:00Z', phone: '500000007', branch: 'b8' })
  const customer = sold.body.customer.id
  const shown = (await get(`/orders/${idOf(sold)}`)).body
  const mine = `customer_id=${customer}`
  assert.deepEqual(await listed(mine), ['filter-3', 'filter-2', 'filter-1'])
  assert.deepEqual(await listed(`${mine}&branch_id=${shown.branch_id}`), ['filter-2', 'filter-1'])
  assert.deepEqual(await listed(`${mine}&status=void`), ['filter-2'])
  assert.deepEqual(
    await listed(`${mine}&from=2026-02-21&to=2026-02-21`),
    ['filter-2', 'filter-1'],
    'the business day, after midnight',
  )
  assert.deepEqual(await listed(`${mine}&from=2026-02-21T00:00:00Z`), ['filter-3', 'filter-2'])
  assert.deepEqual(await listed(`${mine}&to=2026-02-21T10:00:00Z`), ['filter-1'], 'up to the instant, not at it')
  assert.deepEqual(await listed(`${mine}&from=2026-02-20T22:30:00Z&to=2026-02-21`), ['filter-2', 'filter-1'])
  const own = (await get(`/customers/${customer}/orders`)).body.data
  assert.deepEqual(
    own.map((order: { pos_order_id: string }) => order.pos_order_id),
    ['filter-3', 'filter-2', 'filter-1'],
  )
  const { status, body } = await get('/orders?from=yesterday')
  assert.deepEqual([status, body.errors[0].pointer, body.errors[0].in], [422, '/from', 'query'])
  assert.equal((await get('/orders?status=paid,void')).body.errors[0].pointer, '/status')
})

test('programs that were made later do not disturb orders judged before', async () => {
  await send('POST', '/programs', {
    type: 'points',
    name: { en: 'Late', ar: 'متأخر' },
    definition: POINTS_DEFINITION,
    activate: true,
  })
  assert.equal(
    (await get(`/orders/${idOf(await send1({ id: 'why-2', price: 0.1, category: 'cold', phone: '500000002' }))}`)).body
      .why_not.programs.length,
    4,
  )
})
