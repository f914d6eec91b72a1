// The work of one request is limited: no number in a body multiplies rows, movements or work.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { proveBusiness } from '../../src/audit/verify.ts'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { ManualClock } from '../../src/kernel/clock.ts'
import { formatId, type Uuid } from '../../src/kernel/ids.ts'
import { orderId } from '../../src/orders/identity.ts'
import { findUpstreamClaims, loadJoinGraph } from '../../src/rewards/joins/join-store.ts'
import { callerOf } from '../support/api.ts'
import { testApp } from '../support/app.ts'
import { costOf } from '../support/cost.ts'
import { assertProven, balancesOf } from '../support/ledger.ts'
import { orderOf } from '../support/orders.ts'
import { runs } from '../support/runs.ts'
import { openShop } from '../support/shop.ts'

const clock = new ManualClock('2026-03-01T12:00:00Z')
const app = await testApp(undefined, { clock })
const { db } = app.ctx
const { get, send } = callerOf(app)
const stamps = formatId('program', app.business.programs.stamps)
const plan = formatId('program', app.business.programs.subscription)

let phones = 0

async function someone(): Promise<{ id: string; phone: string }> {
  phones += 1
  const phone = `50001${String(phones).padStart(4, '0')}`
  return { id: (await send('POST', '/customers', { phone: `0${phone}` })).body.id, phone }
}

const adjust = (customer: string, units: number, program = stamps) =>
  send('POST', `/customers/${customer}/adjustments`, { program_id: program, units, reason: 'Sample', allow_debt: true })

const cardsOf = async (customer: string): Promise<number> =>
  (await get(`/customers/${customer}`)).body.stamp_cards.length

const bytesOf = (body: unknown): number => JSON.stringify(body).length

async function count(table: string, businessId: Uuid = app.business.businessId): Promise<number> {
  const [row] = await db.query<{ n: number }>(`select count(*)::int as n from ${table} where business_id = $1`, [
    businessId,
  ])
  return row?.n ?? 0
}

/** Milliseconds of processor time, which the load of the machine does not change much. */
async function processorTime(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const STAMPS_OF = (goal: number) => ({
  stamps: {
    type: 'stamps',
    goal,
    reward: { name: { en: 'Sample reward', ar: 'مكافأة تجريبية' } },
    rules: [{ id: 'all', earn: { kind: 'per_item', units: 1 } }],
  },
})

test('B17: an adjustment of 10^8 stamps completes 100 cards, and the other stamps stay in the balance', async () => {
  const { id } = await someone()
  const [cards, transfers] = [await count('awards'), await count('transfers')]
  const given = await adjust(id, 100_000_000)
  assert.equal(given.status, 201)
  // The goal is 6: 100 cards take 600 stamps.
  assert.deepEqual([given.body.balance.available, await cardsOf(id)], [99_999_400, 100])
  assert.deepEqual([await count('awards'), await count('transfers')], [cards + 100, transfers + 101])
  // One adjustment and 100 cards are 101 movements, of which 50 are listed.
  assert.deepEqual([given.body.entries.length, given.body.more_entries], [50, 51])
  assert(bytesOf(given.body) < 50_000, `${bytesOf(given.body)} bytes`)
  const { body: ledger } = await get(`/customers/${id}/ledger?limit=1`)
  assert.equal(
    ledger.data[0].why.en,
    'Stamp card completed (6 stamps): reward earned. 99,999,400 stamps kept for later cards: the customer has the maximum of unused rewards',
  )
  // Nothing is lost: a negative adjustment reopens cards.
  await adjust(id, -99_999_401)
  assert.equal(await cardsOf(id), 99)
})

test('B17: using a reward makes room for waiting stamps', async () => {
  const shop = await send('POST', '/programs', {
    type: 'stamps',
    name: { en: 'Discounted', ar: 'مخفض' },
    activate: true,
    definition: {
      ...STAMPS_OF(6).stamps,
      reward: { ...STAMPS_OF(6).stamps.reward, discount: { kind: 'percent_order', percent: 10 } },
    },
  })
  const program = shop.body.id
  const { id, phone } = await someone()
  await adjust(id, 620, program)
  assert.equal(await cardsOf(id), 100)
  const claim = await send('POST', `/customers/${id}/claims`, { program_id: program })
  const redeem = (order: string, code: string) =>
    app.call({
      method: 'POST',
      path: '/pos/1.0.0/standard/redeem',
      bearer: app.tokens.standard,
      body: {
        business_reference: '440810',
        reward_code: code,
        customer_mobile_number: phone,
        mobile_country_code: 966,
        order_id: order,
        branch_id: 'branch-1',
        date: '2026-03-01 15:00:00',
        discount_amount: 1,
      },
    })
  const redeemed = await redeem('uses-a-card', claim.body.code)
  assert.equal(redeemed.status, 200, JSON.stringify(redeemed.body))
  // 620 − 600 = 20 wait; 6 of them fill a new card after one is used.
  const { body } = await get(`/customers/${id}`)
  const balance = body.balances.find((one: { program_id: string }) => one.program_id === program)
  assert.deepEqual([balance.available, body.stamp_cards.length], [14, 100])
  assert.deepEqual(await proveBusiness(db, app.business.businessId), [])
})

test('B17: an order of 1,000,000 pieces completes 100 cards and answers with one movement for them', async () => {
  const shop = await openShop(db, { programs: STAMPS_OF(6) })
  const answer = await shop.deliver(orderOf({ id: 'many', lines: [{ pieces: 1_000_000, total: 100_000_000 }] }))
  assert.deepEqual(
    answer.movements.map(({ units, balance, why }) => [units, balance, why.en]),
    [
      [1_000_000, 1_000_000, '1,000,000 items × 1 stamp = 1,000,000 stamps'],
      [
        -600,
        999_400,
        '100 stamp cards completed (6 stamps each): 100 rewards earned. 999,400 stamps kept for later cards: the customer has the maximum of unused rewards',
      ],
    ],
  )
  assert.equal(answer.more_movements, undefined)
  assert.deepEqual([await count('awards', shop.businessId), await count('transfers', shop.businessId)], [100, 101])
  // Older stamps fill cards first: the first card is filled again, and the others keep their lot.
  const older = await shop.deliver(orderOf({ id: 'older', at: -60, lines: [{ pieces: 1, total: 100 }] }))
  assert.deepEqual(
    older.movements.map(({ units }) => units),
    [6, 1, -6],
  )
  const gone = await shop.deliver(
    orderOf({ id: 'back', at: 60, returns: 'many', phone: null, lines: [{ pieces: 1_000_000, total: 100_000_000 }] }),
  )
  assert.deepEqual(
    gone.movements.map(({ units }) => units),
    [600, -1_000_000],
  )
  assert.deepEqual(await balancesOf(db, shop), { stamps: 1 })
  await assertProven(db, shop)
})

test('B17: there are at most ten cards of 1,000 stamps, so that cards hold at most 10,000 stamps', async () => {
  const shop = await openShop(db, { programs: STAMPS_OF(1000) })
  await shop.deliver(orderOf({ id: 'many', lines: [{ pieces: 50_000, total: 100_000_000 }] }))
  assert.equal(await count('awards', shop.businessId), 10)
  assert.deepEqual(await balancesOf(db, shop), { stamps: 40_000 })
  await assertProven(db, shop)
})

test('B17: the answer to an old purchase of a plan with 120 periods lists 100 movements and counts the others', async () => {
  const program = {
    type: 'subscription',
    plan: { products_bought: ['plan'], period: { unit: 'days', count: 1 }, periods: 120, uses_per_period: 10_000 },
  }
  const shop = await openShop(db, { programs: { plan: program }, now: '2026-12-01T12:00:00Z' })
  const lines = [{ product: 'plan', pieces: 1000, total: 100_000 }]
  const { result, cost } = await costOf(() => shop.deliver(orderOf({ id: 'plans', lines })))
  // Each period was granted, and all of it had expired: 240 movements.
  assert.deepEqual([result.movements.length, result.more_movements], [100, 140])
  assert.equal(await count('lots', shop.businessId), 120, 'however many plans were bought')
  assert(bytesOf(result) + cost.bytes < 300_000, `${bytesOf(result)} + ${cost.bytes} bytes`)
  await assertProven(db, shop)
})

test('B17: a sale accepts 100 returns; a further one is stored without effect, with the reason', async () => {
  const shop = await openShop(db, {
    programs: {
      points: { type: 'points', rules: [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }] },
    },
  })
  await shop.deliver(orderOf({ id: 'sale', lines: [{ pieces: 200, total: 20_000 }] }))
  const back = (n: number) =>
    shop.deliver(orderOf({ id: `back-${n}`, at: n, returns: 'sale', phone: null, lines: [{ pieces: 1, total: 100 }] }))
  for (let n = 1; n <= 100; n++) assert.equal((await back(n)).result, 'processed')
  const refused = await back(101)
  assert.deepEqual([refused.result, refused.reason, refused.movements], ['ignored', 'too_many_returns', []])
  assert.deepEqual(await balancesOf(db, shop), { points: 100 })
  const again = await shop.deliver(
    orderOf({ id: 'back-7', at: 7, version: 1, returns: 'sale', phone: null, lines: [{ pieces: 2, total: 200 }] }),
  )
  assert.equal(again.result, 'processed', 'a correction of one that was taken is no further return')
  assert.deepEqual(await balancesOf(db, shop), { points: 99 })
  await assertProven(db, shop)
})

test('B17: an order that is sent 250 times costs the same each time, and its row lists the latest 100 deliveries', async () => {
  const shop = await openShop(db)
  const news = (version: number) => shop.deliver(orderOf({ id: 'busy', version, lines: [{ total: 2400 }] }))
  for (let version = 0; version < 120; version++) await news(version)
  const early = (await costOf(() => news(120))).cost
  for (let version = 121; version < 250; version++) await news(version)
  const late = (await costOf(() => news(250))).cost
  assert(late.bytes <= early.bytes + 200, `${early.bytes} bytes, then ${late.bytes}`)
  const [row] = await db.query<{ listed: number; truth: boolean }>(
    `select cardinality(deliveries) as listed, delivery_id = any (deliveries) as truth from orders where business_id = $1`,
    [shop.businessId],
  )
  assert.deepEqual(row, { listed: 100, truth: true })
  for (let version = -150; version < 0; version++) assert.equal((await news(version)).result, 'stale')
  const [kept] = await db.query<{ listed: number; truth: boolean }>(
    `select cardinality(deliveries) as listed, delivery_id = any (deliveries) as truth from orders where business_id = $1`,
    [shop.businessId],
  )
  assert.deepEqual(kept, { listed: 100, truth: true }, 'the delivery that carries the truth stays listed')
  assert.deepEqual(await balancesOf(db, shop), { points: 24, stamps: 1, cashback: 120 })
  await assertProven(db, shop)
})

test('B17: an order that was credited to 21 customers stays with the last one', async () => {
  const shop = await openShop(db)
  const phoneOf = (n: number) => `+9665002${String(n).padStart(5, '0')}`
  const name = (n: number) =>
    shop.deliver(orderOf({ id: 'wandering', version: n, phone: phoneOf(n), lines: [{ total: 2400 }] }))
  for (let n = 0; n <= 20; n++) assert.equal((await name(n)).result, 'processed')
  const refused = await name(21)
  assert.deepEqual([refused.result, refused.reason], ['ignored', 'too_many_customers'])
  assert.equal((await balancesOf(db, shop, phoneOf(20))).points, 24)
  const gone = await shop.deliver(
    orderOf({ id: 'wandering', version: 22, phone: phoneOf(20), status: 'void', lines: [{ total: 2400 }] }),
  )
  assert.equal(gone.result, 'processed', 'what does not change the customer is taken')
  assert.deepEqual(await balancesOf(db, shop, phoneOf(20)), {})
  await assertProven(db, shop)
})

test('B17: matching 1,000 returned lines with 1,000 sold lines of one product with 20 options each is fast', async () => {
  const shop = await openShop(db)
  const option = (n: number) => ({ id: `o${n}`, name: '', quantity: 1000, total_incl_tax: 0 })
  const withOptions = (order: ReturnType<typeof orderOf>) => ({
    ...order,
    lines: order.lines.map((line, index) => ({
      ...line,
      options: Array.from({ length: 20 }, (_, n) => option(n * 1000 + index)),
    })),
  })
  const lines = Array.from({ length: 1000 }, (_, n) => ({ total: 100 + n }))
  await shop.deliver(withOptions(orderOf({ id: 'wide', lines })))
  const returned = withOptions(
    orderOf({ id: 'wide-back', at: 60, returns: 'wide', phone: null, lines: [...lines].reverse() }),
  )
  const ms = await processorTime(() => shop.deliver(returned))
  // A million pairs of lines, each with its options sorted, took half a minute.
  assert(ms < 3000, `${ms} ms`)
  assert.deepEqual(await balancesOf(db, shop), {})
  await assertProven(db, shop)
})

test('B17: 10 programs of 50 rules with 500 products each assess 1,000 lines without reading the lists for each line', async () => {
  const ids = (rule: number) => Array.from({ length: 500 }, (_, n) => `product ${rule} ${n}`)
  const rules = Array.from({ length: 50 }, (_, n) => ({
    id: `r${n}`,
    when: { products: { include: ids(n) } },
    earn: { kind: 'per_item', units: 1 },
  }))
  const programs = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`p${n}`, { type: 'points', rules }]))
  const shop = await openShop(db, { programs })
  const lines = Array.from({ length: 1000 }, (_, n) => ({ product: `other ${n}`, total: 100 }))
  await shop.deliver(orderOf({ id: 'first', lines: [{ total: 100 }] }))
  const ms = await processorTime(() => shop.deliver(orderOf({ id: 'wide', lines })))
  assert(ms < 3000, `${ms} ms`)
})

test('B17: 1,000 lines with 1,000 discounts and 10 options each are read in one pass', async () => {
  const lines = Array.from({ length: 1000 }, (_, n) => ({ product_id: `p${n}`, price: 10 }))
  const discounts = Array.from({ length: 1000 }, () => ({ amount: 0.01, reason: 'Coupon' }))
  const body = standardBody({ id: 'wide', business: { reference: '440810' }, lines, discounts })
  const ms = await processorTime(async () => assert.equal((await app.post(body, { pos: 'standard' })).status, 200))
  assert(ms < 3000, `${ms} ms`)
})

test('B17: a claim uses at most 5,000 lots, and the error states the maximum amount', async () => {
  const definition = { type: 'cashback', rules: [{ id: 'back', earn: { kind: 'percent', basis_points: 500 } }] }
  const made = await send('POST', '/programs', {
    type: 'cashback',
    name: { en: 'Lots', ar: 'أجزاء' },
    definition,
    activate: true,
  })
  const program = made.body.id
  const { id } = await someone()
  await adjust(id, 1, program)
  // 5,001 lots of 1 halala, as from 5,001 small orders.
  await db.query(
    `with one as (select * from transfers where business_id = $1 order by id desc limit 1),
       many as (select n, gen_random_uuid() as id from generate_series(2, 5001) as n),
       moved as (
         insert into transfers select r.* from one, many m, lateral jsonb_populate_record(null::transfers,
           to_jsonb(one) || jsonb_build_object('id', gen_random_uuid(), 'source_id', m.id, 'balance', m.n)) r),
       made as (
         insert into lots select r.* from one, many m, lots l, lateral jsonb_populate_record(null::lots,
           to_jsonb(l) || jsonb_build_object('id', m.id)) r
         where l.business_id = $1 and l.id = one.source_id)
     update accounts a set available = 5001, adjusted = -5001
     from one where a.business_id = $1 and a.customer_id = one.customer_id and a.program_id = one.program_id`,
    [app.business.businessId],
  )
  assert.deepEqual(await proveBusiness(db, app.business.businessId), [])
  const claim = (amount: number) => send('POST', `/customers/${id}/claims`, { program_id: program, amount })
  const refused = await claim(5001)
  assert.deepEqual([refused.status, refused.body.code, refused.body.most], [409, 'conflict', 5000])
  const claimed = await claim(5000)
  assert.equal(claimed.status, 201)
  assert.equal((await send('POST', `/claims/${claimed.body.id}/cancel`)).status, 200)
  assert.deepEqual(await proveBusiness(db, app.business.businessId), [])
})

test('B17: a customer has at most 100 open codes', async () => {
  const made = await send('POST', '/rewards', {
    name: { en: 'Free', ar: 'مجانية' },
    program_id: stamps,
    price: 0,
    kind: 'fixed_order',
    discount_amount: 100,
  })
  const { id } = await someone()
  const claim = () => send('POST', `/customers/${id}/claims`, { reward_id: made.body.id })
  const codes: string[] = []
  for (let n = 0; n < 100; n++) codes.push((await claim()).body.id)
  const refused = await claim()
  assert.deepEqual([refused.status, refused.body.code], [409, 'conflict'])
  await send('POST', `/claims/${codes[0]}/cancel`)
  assert.equal((await claim()).status, 201)
})

/** Bytes of parameters and answer for each byte of a request, its headers included. */
const MOST_PER_BYTE = 1000
const HEADERS = 300

test('law: the cost of an accepted request is at most 1,000 times its bytes', async () => {
  const shop = await openShop(db, {
    programs: {
      ...STAMPS_OF(1),
      plan: {
        type: 'subscription',
        plan: { products_bought: ['plan'], period: { unit: 'days', count: 1 }, periods: 120, uses_per_period: 1 },
      },
      points: { type: 'points', rules: [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: 1 } }] },
    },
    now: '2026-12-01T12:00:00Z',
  })
  const big = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 1_000_000 }))
  const line = fc.record({
    product: fc.constantFrom('latte', 'plan'),
    pieces: big,
    total: fc.integer({ min: 0, max: 1_000_000 }),
  })
  const order = fc.record({
    id: fc.integer({ min: 0, max: 9 }).map((n) => `o${n}`),
    version: fc.nat(5),
    at: fc.nat(1000),
    lines: fc.array(line, { minLength: 1, maxLength: 5 }),
    status: fc.constantFrom('paid' as const, 'void' as const),
  })
  await fc.assert(
    fc.asyncProperty(order, async (story) => {
      const body = orderOf(story)
      const { result, cost } = await costOf(() => shop.deliver(body))
      const spent = cost.bytes + bytesOf(result)
      const allowed = MOST_PER_BYTE * (bytesOf(body) + HEADERS)
      assert(spent <= allowed, `${spent} bytes for a request of ${bytesOf(body)}`)
    }),
    { numRuns: runs(500) },
  )
  const amount = fc.tuple(
    fc.constantFrom(stamps, plan),
    fc.oneof(big, fc.integer({ min: 1, max: 1_000_000_000 })),
    fc.boolean(),
  )
  const { id } = await someone()
  await fc.assert(
    fc.asyncProperty(amount, async ([program, units, down]) => {
      const { result, cost } = await costOf(() => adjust(id, down ? -units : units, program))
      assert.equal(result.status, 201)
      assert(cost.bytes + bytesOf(result.body) <= MOST_PER_BYTE * (HEADERS + 100), `${cost.bytes} bytes for ${units}`)
    }),
    { numRuns: runs(500) },
  )
  await assertProven(db, shop)
  assert.deepEqual(await proveBusiness(db, app.business.businessId), [])
})

test('B17: joins are followed to 2,000 orders, however many orders were joined', async () => {
  const shop = await openShop(db)
  const { businessId } = shop
  const ids = Array.from({ length: 3_000 }, (_, n) => orderId(businessId, 'standard', `joined-${n}`))
  await db.query(
    `insert into order_joins (business_id, order_id, into_id, named)
     select $1, a, b, true from unnest($2::uuid[]) with ordinality as x (a, n)
     join unnest($2::uuid[]) with ordinality as y (b, m) on m between n + 1 and n + 50`,
    [businessId, ids],
  )
  const [first = '', last = ''] = [ids[0], ids.at(-1)]
  const graph = await loadJoinGraph(db, businessId, [first as Uuid])
  assert(graph.links.length > 1_000 && graph.links.length <= 40_000, `${graph.links.length} links`)
  const { cost } = await costOf(() => findUpstreamClaims(db, businessId, [last as Uuid]))
  assert(cost.bytes > 1_000 && cost.bytes < 2_001 * 40, `${cost.bytes} bytes`)
})

test('B17: a business has at most 2,000 branches; an order of a further one is stored without effect, with the reason', async () => {
  const shop = await openShop(db)
  const at = (branch: string, n: number) => {
    const order = orderOf({ id: `of-${branch}`, at: n, lines: [{ total: 2400 }] })
    return shop.deliver({ ...order, branch: { id: branch, name: branch } })
  }
  assert.equal((await at('first', 1)).result, 'processed')
  await db.query(
    `insert into branches (business_id, id, pos_name, pos_branch_id, name, created_at, updated_at)
     select $1, gen_random_uuid(), 'standard', 'made-' || n, 'Sample', now(), now() from generate_series(1, 1998) as n`,
    [shop.businessId],
  )
  // Makes processes read the business again.
  await db.query('update business_locks set config_version = config_version + 1 where business_id = $1', [
    shop.businessId,
  ])
  assert.equal((await at('last', 2)).result, 'processed')
  const refused = await at('further', 3)
  assert.deepEqual([refused.result, refused.reason, refused.movements], ['ignored', 'too_many_branches', []])
  assert.equal((await at('first', 4)).result, 'processed')
  assert.equal(await count('branches', shop.businessId), 2_000)
})
