// A customer who changes their number, or two customers who are merged: balances, pending
// deliveries and later orders belong to them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proveBusiness } from '../../src/audit/verify.ts'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { ManualClock } from '../../src/kernel/clock.ts'
import { formatId } from '../../src/kernel/ids.ts'
import { callerOf, keyActor } from '../support/api.ts'
import { testApp } from '../support/app.ts'

const clock = new ManualClock('2026-03-10T12:00:00Z')
const app = await testApp(undefined, { clock })
const { get, send } = callerOf(app)
const { programs, businessId } = app.business
const points = formatId('program', programs.points)
const stamps = formatId('program', programs.stamps)
const reward = formatId('reward', app.business.rewards.coffee)

let numbers = 0

/** An unused national mobile number. */
function newNumber(): string {
  numbers += 1
  return `50002${String(numbers).padStart(4, '0')}`
}

interface Sale {
  id: string
  phone: string | null
  total?: number
  at?: string
  status?: string
  of?: string
  version?: number
  lines?: object[]
}

/** Sends an order of one hot drink at this total in the standard format. */
async function order({
  id,
  phone,
  total = 24,
  at = '2026-03-01T09:00:00Z',
  status = 'Paid',
  of,
  version = 0,
  lines,
}: Sale) {
  const updated = new Date(Date.parse(at) + version * 60_000).toISOString()
  const body = standardBody({
    id,
    business: { reference: '440810' },
    timestamp: Date.parse(updated) / 1000,
    status,
    lines: lines ?? [{ product_id: 'latte', category_id: '_7ad32937', price: total, quantity: 1 }],
    order: {
      updated_at: updated,
      opened_at: at,
      closed_at: at,
      business_date: at.slice(0, 10),
      customer: phone === null ? null : { id: phone, name: 'Sample Customer', dial_code: 966, phone },
      ...(of !== undefined && { original_order_id: of }),
    },
  })
  const answer = await app.post(body, { pos: 'standard' })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}

const changePhone = (id: string, phone: string) =>
  send('POST', `/customers/${id}/phone`, { phone: `0${phone}`, reason: 'New number' })

const merge = (id: string, into: string, headers = {}) =>
  send('POST', `/customers/${id}/merge`, { into, reason: 'Same person' }, headers)

async function balancesOf(id: string): Promise<Record<string, number>> {
  const { body } = await get(`/customers/${id}`)
  const of = (program: string) =>
    body.balances.find((one: { program_id: string }) => one.program_id === program).available
  return { points: of(points), stamps: of(stamps) }
}

const assertProven = async () => assert.deepEqual(await proveBusiness(app.ctx.db, businessId), [])

test('A16: a customer with a new number keeps their balances, and the old number still finds them', async () => {
  const [before, after] = [newNumber(), newNumber()]
  const { customer } = await order({ id: 'p1', phone: before })
  const changed = await changePhone(customer.id, after)
  assert.deepEqual([changed.status, changed.body.phone], [200, `+966${after}`])
  // A late order, and a correction of the first one, under the old number; then one under the new
  // number.
  assert.equal(
    (await order({ id: 'p2', phone: before, at: '2026-02-20T09:00:00Z', total: 10 })).customer.id,
    customer.id,
  )
  await order({ id: 'p1', phone: before, total: 30, version: 1 })
  assert.equal((await order({ id: 'p3', phone: after, total: 5 })).customer.id, customer.id)
  // 30 + 10 + 5, three hot drinks.
  assert.deepEqual(await balancesOf(customer.id), { points: 45, stamps: 3 })
  await order({ id: 'p1-back', phone: null, total: 30, status: 'Refunded', of: 'p1', at: '2026-03-02T09:00:00Z' })
  assert.deepEqual(await balancesOf(customer.id), { points: 15, stamps: 2 })
  const { body } = await get(`/customers/${customer.id}`)
  assert.deepEqual(body.former_phones, [
    { phone: `+966${before}`, since: '2026-03-10T12:00:00.000Z', replaced_by: await keyActor(app) },
  ])
  const found = await get(`/customers?phone=0${before}`)
  assert.deepEqual(
    found.body.data.map((one: { id: string }) => one.id),
    [customer.id],
  )
  await assertProven()
})

test('A16: the number of another customer is refused with their id, because a merge is the remedy', async () => {
  const [one, two, old] = [newNumber(), newNumber(), newNumber()]
  const first = (await order({ id: 't1', phone: one })).customer.id
  const second = (await order({ id: 't2', phone: old })).customer.id
  await changePhone(second, two)
  for (const taken of [two, old]) {
    const refused = await changePhone(first, taken)
    assert.deepEqual([refused.status, refused.body.code, refused.body.customer_id], [409, 'phone_taken', second])
  }
  const made = await send('POST', '/customers', { phone: `0${old}` })
  assert.deepEqual([made.status, made.body.customer_id], [409, second], 'nor is anybody enrolled under a former number')
  // Back to the number of before.
  assert.equal((await changePhone(second, old)).status, 200)
  assert.equal((await order({ id: 't3', phone: two })).customer.id, second)
  await assertProven()
})

test('A16: a released number belongs to a new customer; earlier orders stay with the first one', async () => {
  const [before, after] = [newNumber(), newNumber()]
  const first = (await order({ id: 'r1', phone: before })).customer.id
  await changePhone(first, after)
  const path = `/customers/${first}/former-phones/0${before}`
  assert.equal((await send('DELETE', path)).status, 204)
  assert.equal((await send('DELETE', path)).status, 404)
  clock.advance(3_600_000)
  const at = new Date(clock.now()).toISOString()
  const second = (await order({ id: 'r2', phone: before, at, total: 7 })).customer.id
  assert.notEqual(second, first)
  // A late order from before the release.
  assert.equal((await order({ id: 'r3', phone: before, total: 3 })).customer.id, first)
  await order({ id: 'r1', phone: before, version: 2, status: 'Void' })
  assert.deepEqual(
    [await balancesOf(first), await balancesOf(second)],
    [
      { points: 3, stamps: 1 },
      { points: 7, stamps: 1 },
    ],
  )
  await assertProven()
})

test('A16: a merge moves balances, codes and orders; both ledgers state the reason, and verify finds no difference', async () => {
  const [one, two] = [newNumber(), newNumber()]
  const into = (await order({ id: 'm1', phone: one, total: 30 })).customer.id
  const from = (await order({ id: 'm2', phone: two, total: 50 })).customer.id
  const claim = await send('POST', `/customers/${from}/claims`, { reward_id: reward })
  assert.equal(claim.status, 201, JSON.stringify(claim.body))
  const price = claim.body.units
  const merged = await merge(from, into, { 'idempotency-key': 'merge-once' })
  assert.equal(merged.status, 200, JSON.stringify(merged.body))
  const balance = merged.body.balances.find((each: { program_id: string }) => each.program_id === points)
  assert.deepEqual([balance.available, balance.held], [80 - price, price])
  assert.deepEqual((await merge(from, into, { 'idempotency-key': 'merge-once' })).body, merged.body)

  const gone = await get(`/customers/${from}`)
  assert.deepEqual([gone.status, gone.body.code, gone.body.merged_into], [410, 'customer_merged', into])
  const adjusted = await send('POST', `/customers/${from}/adjustments`, {
    program_id: points,
    units: 1,
    reason: 'Sample',
  })
  assert.equal(adjusted.status, 410)
  assert.equal((await merge(from, into)).status, 410)

  const entries = (body: { data: { kind: string; units: number; program_id: string }[] }) =>
    body.data.filter((each) => each.program_id === points)
  const out = entries((await get(`/customers/${from}/ledger`)).body)
  // Newest first: what was held, then what was available.
  assert.deepEqual(
    out.map(({ kind, units }) => [kind, units]),
    [
      ['merge', -price],
      ['merge', price - 50],
      ['hold', -price],
      ['earn', 50],
    ],
  )
  const { body: whole } = await get(`/customers/${into}/ledger`)
  const moves = entries(whole).filter(({ kind }) => kind === 'merge') as unknown as {
    units: number
    why: { en: string; ar: string }
    merged_from?: string
  }[]
  assert.deepEqual(
    moves.map(({ units, merged_from }) => [units, merged_from]).sort(),
    [
      [-price, from],
      [price - 50, from],
      [50 - price, undefined],
      [price, undefined],
    ].sort(),
  )
  const came = moves.find(({ units, merged_from }) => units === 50 - price && merged_from === undefined)
  assert.equal(came?.why.en, `Customer ${from} was merged into this one, ${50 - price} points added: Same person`)
  assert.match(came?.why.ar ?? '', /^دُمج العميل .*: Same person$/)

  // The open code is valid with both numbers; later orders with the old number belong to the
  // remaining customer.
  const redeemed = await app.call({
    method: 'POST',
    path: '/pos/1.0.0/standard/redeem',
    bearer: app.tokens.standard,
    body: {
      business_reference: '440810',
      reward_code: claim.body.code,
      customer_mobile_number: two,
      mobile_country_code: 966,
      order_id: 'm3',
      branch_id: 'branch-1',
      date: '2026-03-10 15:00:00',
      discount_amount: 1,
    },
  })
  assert.equal(redeemed.status, 200, JSON.stringify(redeemed.body))
  assert.equal((await order({ id: 'm4', phone: two, total: 6 })).customer.id, into)
  // m2 was an order of the merged customer: its return deducts exactly what it earned.
  await order({ id: 'm2-back', phone: null, total: 50, status: 'Refunded', of: 'm2', at: '2026-03-02T09:00:00Z' })
  assert.equal((await balancesOf(into)).points, 30 + 6 - price)
  const { body: orders } = await get(`/customers/${into}/orders`)
  assert.equal(orders.data.length >= 3, true)
  const listed = await get(`/customers?phone=0${two}`)
  assert.deepEqual(
    listed.body.data.map((each: { id: string }) => each.id),
    [into],
  )
  await assertProven()
})

test('A16: concurrent orders with both numbers belong to one customer, in any order', async () => {
  const [one, two] = [newNumber(), newNumber()]
  const into = (await order({ id: 'c0', phone: one, total: 1 })).customer.id
  const from = (await order({ id: 'c1', phone: two, total: 1 })).customer.id
  assert.equal((await merge(from, into)).status, 200)
  await Promise.all(
    Array.from({ length: 12 }, (_, n) => order({ id: `c${n + 2}`, phone: n % 2 === 0 ? one : two, total: 10 })),
  )
  // 14 drinks are two cards of 6 and 2 stamps.
  assert.deepEqual(await balancesOf(into), { points: 122, stamps: 2 })
  await assertProven()
})

test('A16: a chain of merges ends with one customer, and the debt of one is repaid by the other', async () => {
  const [a, b, c] = [newNumber(), newNumber(), newNumber()]
  const ids: string[] = []
  for (const [index, phone] of [a, b, c].entries())
    ids.push((await order({ id: `h${index}`, phone, total: 20 })).customer.id)
  const [first = '', second = '', third = ''] = ids
  await send('POST', `/customers/${first}/adjustments`, {
    program_id: points,
    units: -35,
    reason: 'Sample',
    allow_debt: true,
  })
  assert.equal((await merge(first, second)).status, 200)
  assert.equal((await balancesOf(second)).points, 5, '20 − 35 + 20')
  assert.equal((await merge(second, third)).status, 200)
  assert.equal((await balancesOf(third)).points, 25)
  assert.equal((await get(`/customers/${first}`)).body.merged_into, third)
  assert.equal((await order({ id: 'h3', phone: a, total: 1 })).customer.id, third)
  await assertProven()
})

test('A16: of two first orders the earliest keeps its bonus', async () => {
  const made = await send('POST', '/programs', {
    type: 'points',
    name: { en: 'Welcome', ar: 'ترحيب' },
    activate: true,
    effective_from: '2026-03-10T12:00:00Z',
    definition: {
      type: 'points',
      rules: [{ id: 'first', when: { first_order: true }, earn: { kind: 'per_order', units: 100 } }],
    },
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  clock.advance(3_600_000)
  const at = (hours: number) => new Date(clock.now() + hours * 60_000).toISOString()
  const [one, two] = [newNumber(), newNumber()]
  const into = (await order({ id: 'f1', phone: one, at: at(2) })).customer.id
  const from = (await order({ id: 'f2', phone: two, at: at(1) })).customer.id
  assert.equal((await merge(from, into)).status, 200)
  const { body } = await get(`/customers/${into}`)
  assert.equal(balanceOf(body, made.body.id).available, 100)
  await assertProven()
})

test('A16: a plan of the merged customer continues, and its return ends it', async () => {
  const [one, two] = [newNumber(), newNumber()]
  const into = (await order({ id: 's0', phone: one })).customer.id
  const sold = await send('POST', '/programs', {
    type: 'subscription',
    name: { en: 'Merged plan', ar: 'باقة' },
    activate: true,
    definition: {
      type: 'subscription',
      plan: { products_bought: ['merged-plan'], period: { unit: 'month', count: 1 }, uses_per_period: 10 },
    },
  })
  assert.equal(sold.status, 201, JSON.stringify(sold.body))
  clock.advance(60_000)
  const at = new Date(clock.now()).toISOString()
  const lines = [{ product_id: 'merged-plan', price: 100, quantity: 1 }]
  const from = (await order({ id: 's1', phone: two, at, total: 100, lines })).customer.id
  const uses = async () => {
    const { body } = await get(`/customers/${into}`)
    return [
      body.balances.find((each: { program_id: string }) => each.program_id === sold.body.id).available,
      body.subscriptions.filter((each: { program_id: string }) => each.program_id === sold.body.id).length,
    ]
  }
  assert.equal((await merge(from, into)).status, 200)
  assert.deepEqual(await uses(), [10, 1])
  // The same order again, corrected: it buys no second plan.
  await order({ id: 's1', phone: two, at, total: 100, lines, version: 1 })
  assert.deepEqual(await uses(), [10, 1])
  await order({ id: 's1', phone: two, at, total: 100, lines, version: 2, status: 'Void' })
  assert.deepEqual(await uses(), [0, 0])
  await assertProven()
})

test('A16: two merged customers with a plan each have one plan after the other', async () => {
  const [one, two] = [newNumber(), newNumber()]
  const sold = await send('POST', '/programs', {
    type: 'subscription',
    name: { en: 'Renewed plan', ar: 'باقة' },
    activate: true,
    definition: {
      type: 'subscription',
      plan: { products_bought: ['renewed'], period: { unit: 'month', count: 1 }, uses_per_period: 10 },
    },
  })
  clock.advance(60_000)
  const at = new Date(clock.now()).toISOString()
  const lines = [{ product_id: 'renewed', price: 100, quantity: 1 }]
  const into = (await order({ id: 'w1', phone: one, at, total: 100, lines })).customer.id
  const from = (await order({ id: 'w2', phone: two, at, total: 100, lines })).customer.id
  assert.equal((await merge(from, into)).status, 200)
  const { body } = await get(`/customers/${into}`)
  const of = (list: { program_id: string }[]) => list.filter((each) => each.program_id === sold.body.id)
  // One plan is current; the other begins when it ends.
  assert.equal((of(body.balances) as unknown as { available: number }[])[0]?.available, 10)
  assert.equal(of(body.subscriptions).length, 2)
  await order({ id: 'w1', phone: one, at, total: 100, lines, version: 2, status: 'Void' })
  await order({ id: 'w2', phone: two, at, total: 100, lines, version: 2, status: 'Void' })
  await assertProven()
})

/** An active points program of 1 point per 1.00; gives its id. */
async function addPoints(name: string, expiry: object): Promise<string> {
  const made = await send('POST', '/programs', {
    type: 'points',
    name: { en: name, ar: 'تجريبي' },
    activate: true,
    definition: {
      type: 'points',
      expiry,
      rules: [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }],
    },
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  clock.advance(60_000)
  return made.body.id
}

interface Balance {
  program_id: string
  available: number
  expiring: unknown
}

function balanceOf({ balances }: { balances: Balance[] }, program: string): Balance {
  const balance = balances.find((each) => each.program_id === program)
  assert(balance, `no balance of ${program}`)
  return balance
}

test('A16: sliding expiry depends on the orders of both', async () => {
  const program = await addPoints('Sliding', { kind: 'sliding', days: 10 })
  const first = clock.now()
  const at = (days: number) => new Date(first + days * 86_400_000).toISOString()
  const [one, two] = [newNumber(), newNumber()]
  const into = (await order({ id: 'x1', phone: one, at: at(0), total: 10 })).customer.id
  clock.advance(6 * 86_400_000)
  const from = (await order({ id: 'x2', phone: two, at: at(6), total: 5 })).customer.id
  assert.equal((await merge(from, into)).status, 200)
  clock.advance(6 * 86_400_000)
  // Day 12: the order of day 6 extended the 10 of day 0.
  await order({ id: 'x3', phone: one, at: at(12), total: 1 })
  const { body } = await get(`/customers/${into}`)
  assert.equal(balanceOf(body, program).available, 16)
  await assertProven()
})

test('A16: expired units are restored when the orders of the other customer extend them', async () => {
  const program = await addPoints('Sliding again', { kind: 'sliding', days: 10 })
  const first = clock.now()
  const at = (days: number) => new Date(first + days * 86_400_000).toISOString()
  const [one, two] = [newNumber(), newNumber()]
  clock.advance(16 * 86_400_000)
  // Days 0 and 15 of one customer, day 8 of the other: together no gap is longer than ten days.
  const into = (await order({ id: 'y1', phone: one, at: at(0), total: 10 })).customer.id
  await order({ id: 'y2', phone: one, at: at(15), total: 11 })
  const from = (await order({ id: 'y3', phone: two, at: at(8), total: 12 })).customer.id
  const available = async (id: string) => {
    const { body } = await get(`/customers/${id}`)
    return balanceOf(body, program).available
  }
  assert.deepEqual([await available(into), await available(from)], [11, 12])
  assert.equal((await merge(from, into)).status, 200)
  assert.equal(await available(into), 33)
  await order({ id: 'y4', phone: two, at: at(16), total: 1 })
  assert.equal(await available(into), 34)
  await assertProven()
})

test('A16: units keep their expiry through a merge', async () => {
  const program = await addPoints('Fading', { kind: 'after', days: 5 })
  const at = new Date(clock.now()).toISOString()
  const [one, two] = [newNumber(), newNumber()]
  const from = (await order({ id: 'e1', phone: one, at, total: 10 })).customer.id
  const into = (await order({ id: 'e0', phone: two })).customer.id
  const expiring = async (id: string) => {
    const { body } = await get(`/customers/${id}`)
    return balanceOf(body, program).expiring
  }
  const before = await expiring(from)
  assert.equal((await merge(from, into)).status, 200)
  assert.deepEqual(await expiring(into), before)
  await assertProven()
})

test('A16: a customer with too many rows is refused, and the error names the remedy', async () => {
  const [one, two] = [newNumber(), newNumber()]
  const into = (await order({ id: 'l1', phone: one })).customer.id
  const { customer, order: sold } = await order({ id: 'l2', phone: two })
  await app.ctx.db.query(
    `insert into orders select r.* from orders o, generate_series(1, 10000) n, lateral jsonb_populate_record(null::orders,
       to_jsonb(o) - 'snapshot' || jsonb_build_object('id', md5('large ' || n)::uuid, 'kind', 'return', 'status', 'void')) r
     where o.business_id = $1 and o.pos_order_id = 'l2'`,
    [businessId],
  )
  const refused = await merge(customer.id, into)
  assert.deepEqual([refused.status, refused.body.code], [409, 'conflict'])
  assert.match(refused.body.detail, /Merge the other customer into this one instead/)
  assert.equal((await merge(into, customer.id)).status, 200, `${sold.id} and its like stay where they are`)
})

test('L9: merging, changing and releasing numbers of customers of another business is impossible', async () => {
  const other = await app.newBusiness('550922')
  const theirs = callerOf(app, other)
  const mine = (await order({ id: 'l9', phone: newNumber() })).customer.id
  const own = (await theirs.send('POST', '/customers', { phone: '0500099999' })).body.id
  const attempts = [
    await theirs.send('POST', `/customers/${mine}/merge`, { into: own, reason: 'x' }),
    await theirs.send('POST', `/customers/${own}/merge`, { into: mine, reason: 'x' }),
    await theirs.send('POST', `/customers/${mine}/phone`, { phone: '0500099998', reason: 'x' }),
    await theirs.send('DELETE', `/customers/${mine}/former-phones/0500099998`),
  ]
  assert.deepEqual(
    attempts.map(({ status }) => status),
    [404, 404, 404, 404],
  )
  const itself = await send('POST', `/customers/${mine}/merge`, { into: mine, reason: 'x' })
  assert.deepEqual([itself.status, itself.body.errors[0].pointer], [422, '/into'])
})
