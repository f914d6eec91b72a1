// The laws of the engine over generated order families, from the delivery to the rows of the
// ledger.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PosOrder } from '../../contract/pos-order.ts'
import { verifyBusiness } from '../../src/audit/verify.ts'
import { newVersion } from '../../src/programs/lifecycle.ts'
import { unitsOf } from '../../src/programs/total.ts'
import type { Why } from '../../src/programs/why.ts'
import { testDatabase } from '../support/database.ts'
import { orderOf } from '../support/orders.ts'
import { runs } from '../support/runs.ts'
import { NORTH_COFFEE, openShop, type Shop } from '../support/shop.ts'
import { stateOf as stateOfOrders } from './state.ts'
import { deliveriesOf, phoneOf, saleStory, shopStory } from './stories.ts'

const { db } = await testDatabase()

const RUNS = runs(1_000)

let names = 0
const freshName = () => `t${names++}`
const phonesOf = (name: string) => [1, 2, 3].map((customer) => phoneOf(name, customer))

const stateOf = (shop: Shop, name: string, orders: readonly PosOrder[]) =>
  stateOfOrders(
    db,
    shop.businessId,
    orders.map((order) => order.pos_order_id),
    phonesOf(name),
  )

/**
 * Submits all deliveries at once: they are processed in this order, in any number of batches.
 */
const deliverAll = (shop: Shop, orders: readonly PosOrder[]) => Promise.all(orders.map((order) => shop.deliver(order)))

test('L1: repeated deliveries change nothing and get the same answers', async () => {
  const shop = await openShop(db)
  const property = fc.asyncProperty(shopStory, async (story) => {
    const name = freshName()
    const orders = deliveriesOf(story, name)
    const first = await deliverAll(shop, orders)
    const before = await stateOf(shop, name, orders)
    const again = await deliverAll(shop, orders)
    assert.deepEqual(await stateOf(shop, name, orders), before)
    again.forEach((answer, index) => {
      const was = first[index]
      // Only the result differs in a repetition; a parked return has found its sale meanwhile.
      const { result, ...rest } = answer
      const { result: wasResult, ...wasRest } = was ?? answer
      assert.deepEqual(rest, wasRest)
      assert.ok(
        result === wasResult || (result === 'duplicate' && (wasResult === 'processed' || wasResult === 'parked')),
        `${wasResult}, then ${result}`,
      )
    })
  })
  await fc.assert(property, { numRuns: RUNS })
})

/**
 * North Coffee, and programs that use other orders in ways that must not depend on their arrival.
 */
const RICH = {
  ...NORTH_COFFEE,
  club: {
    type: 'points',
    combine: 'best',
    rules: [
      { id: 'welcome', when: { first_order: true }, earn: { kind: 'per_order', units: 70 } },
      { id: 'spend', earn: { kind: 'per_amount', units: 3, per: 700 } },
    ],
    expiry: { kind: 'sliding', days: 30 },
    pending_days: 10,
  },
  /** Most orders earn more than its ceiling. */
  guarded: {
    type: 'points',
    rules: [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }],
    order_ceiling: 12,
  },
}

test('L2: any order of deliveries, with any repetitions, gives the same balances, lots, cards and orders', async () => {
  const shop = await openShop(db, { programs: RICH })
  const shuffled = fc.tuple(shopStory, fc.infiniteStream(fc.nat()))
  const property = fc.asyncProperty(shuffled, async ([story, stream]) => {
    const [one, two] = [freshName(), freshName()]
    const next = () => stream.next().value ?? 0
    const inTime = deliveriesOf(story, one)
    await deliverAll(shop, inTime)
    const orders = deliveriesOf(story, two)
    const deliveries = orders.flatMap((order) =>
      Array.from({ length: 1 + (next() % 3 === 0 ? next() % 4 : 0) }, () => order),
    )
    for (let i = deliveries.length - 1; i > 0; i--) {
      const j = next() % (i + 1)
      ;[deliveries[i], deliveries[j]] = [deliveries[j] as PosOrder, deliveries[i] as PosOrder]
    }
    await deliverAll(shop, deliveries)
    const [first, second] = await Promise.all([stateOf(shop, one, inTime), stateOf(shop, two, orders)])
    assert.deepEqual(anonymous(second, two), anonymous(first, one))
  })
  await fc.assert(property, { numRuns: RUNS })
})

/** The two runs differ only in names, phones and IDs. */
function anonymous(state: Awaited<ReturnType<typeof stateOf>>, name: string): unknown {
  const phones = new Map(phonesOf(name).map((phone, index) => [phone, `customer ${index + 1}`]))
  const text = JSON.stringify(state, (key, value) => (key === 'id' ? undefined : value))
  const named = [...phones].reduce(
    (all, [phone, alias]) => all.replaceAll(phone, alias),
    text.replaceAll(`"${name}-`, '"'),
  )
  const plain = JSON.parse(named) as Record<string, unknown[]>
  for (const rows of Object.values(plain)) rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  return plain
}

test('L3: after any returns, what is posted is what the remaining goods earn; after a full return it is 0', async () => {
  const shop = await openShop(db)
  const property = fc.asyncProperty(saleStory, fc.boolean(), async (story, everything) => {
    const name = freshName()
    const pieces = story.returns.filter((back) => 'pieces' in back)
    const sale = { ...story, customer: 1, news: [], exchange: null, returns: pieces }
    const orders = deliveriesOf([everything ? { ...sale, returns: inPieces(sale) } : sale], name)
    await deliverAll(shop, orders)
    const { balances, cards } = await stateOf(shop, name, orders)
    const units = (type: string) =>
      (balances as { type: string; available: number }[]).find((row) => row.type === type)?.available ?? 0
    const expected = keptEntitlement(orders)
    assert.equal(units('points'), expected.points)
    assert.equal(units('cashback'), expected.cashback)
    assert.equal(units('stamps') + 6 * cards.length, expected.stamps)
    if (everything) assert.deepEqual(balances, [])
  })
  await fc.assert(property, { numRuns: RUNS })
})

test('L3: an exchange deducts what its returned lines earned, and earns what it sells, in either order of arrival', async () => {
  const shop = await openShop(db)
  const story = fc.tuple(saleStory, saleStory, fc.array(fc.nat(4), { minLength: 3, maxLength: 3 }), fc.boolean())
  const property = fc.asyncProperty(story, async ([first, second, pieces, reversed]) => {
    const name = freshName()
    const plain = { customer: 1, news: [], returns: [] }
    const orders = deliveriesOf(
      [
        { ...first, ...plain, exchange: null },
        { ...second, ...plain, exchange: { of: 0, pieces } },
      ],
      name,
    )
    await deliverAll(shop, reversed ? orders.toReversed() : orders)
    const { balances, cards } = await stateOf(shop, name, orders)
    const units = (type: string) =>
      (balances as { type: string; available: number }[]).find((row) => row.type === type)?.available ?? 0
    const [sale, exchange] = orders as [PosOrder, PosOrder]
    const marked = (status: string) => exchange.lines.filter((line) => line.status === status)
    const kept = keptEntitlement([sale, { ...exchange, lines: marked('refunded') }])
    const sold = keptEntitlement([{ ...exchange, lines: exchange.lines.filter((line) => line.status !== 'refunded') }])
    assert.equal(units('points'), kept.points + sold.points)
    assert.equal(units('cashback'), kept.cashback + sold.cashback)
    assert.equal(units('stamps') + 6 * cards.length, kept.stamps + sold.stamps)
  })
  await fc.assert(property, { numRuns: RUNS })
})

/** Returns of every piece, one return per piece. */
function inPieces(sale: { lines: { pieces: number }[] }): { pieces: number[] }[] {
  return sale.lines.flatMap((line, place) =>
    Array.from({ length: line.pieces }, () => ({ pieces: sale.lines.map((_, index) => (index === place ? 1 : 0)) })),
  )
}

/** The units of North Coffee for the remaining goods, calculated here from the deliveries alone. */
function keptEntitlement([sale, ...returns]: PosOrder[]): { points: number; stamps: number; cashback: number } {
  let amount = 0n
  let stamps = 0
  for (const line of sale?.lines ?? []) {
    if (line.status === 'voided') continue
    const back = returns.flatMap((r) => r.lines).filter((l) => l.product_id === line.product_id)
    const kept = Math.max(0, line.quantity - back.reduce((sum, l) => sum + l.quantity, 0))
    amount += halfEven(BigInt(line.total_incl_tax) * BigInt(kept), BigInt(line.quantity))
    if (line.category_id === '_7ad32937') stamps += kept / 1000
  }
  return { points: Number(amount / 100n), stamps, cashback: Number((amount * 5n) / 100n) }
}

function halfEven(num: bigint, den: bigint): bigint {
  const twice = (num % den) * 2n
  const up = twice > den || (twice === den && (num / den) % 2n === 1n)
  return num / den + (up ? 1n : 0n)
}

test('L4, L5, L8: after many families the ledger sums to 0, lots match balances, and every unit follows from its order', async (t) => {
  const shop = await openShop(db)
  const seed = Number(process.env.LOYAPRO_SEED ?? Date.now() % 1_000_000)
  t.diagnostic(`seed ${seed}: LOYAPRO_SEED=${seed} tells the same stories`)
  const stories = fc.sample(shopStory, { numRuns: Math.ceil(RUNS / 3), seed })
  for (const story of stories) {
    const orders = deliveriesOf(story, freshName())
    await deliverAll(
      shop,
      orders.sort((a, b) => (a.pos_order_id.length % 3) - (b.pos_order_id.length % 3)),
    )
  }
  const [sums] = await db.query<{ customers: number; off: number; transfers: number }>(
    `select (select count(*) from customers where business_id = $1)::int as customers,
       (select count(*) from accounts where business_id = $1 and
         available + pending + held + issued + redeemed + expired + adjusted + written_off <> 0)::int as off,
       (select count(*) from transfers where business_id = $1)::int as transfers`,
    [shop.businessId],
  )
  assert.ok(
    sums && sums.customers > stories.length / 2 && sums.transfers > stories.length,
    'the stories must have moved something',
  )
  assert.equal(sums.off, 0)
  await assertWhysHold(shop)
  const differences = []
  for await (const difference of verifyBusiness(db, shop.businessId)) differences.push(difference)
  assert.deepEqual(differences, [])
})

/** The reason of every movement gives its units again, from its stored facts. */
async function assertWhysHold(shop: Shop): Promise<void> {
  const transfers = await db.query<{ kind: string; units: number; why: Why }>(
    `select kind, units, why from transfers where business_id = $1 and kind in ('earn', 'reverse')`,
    [shop.businessId],
  )
  for (const { kind, units, why } of transfers) {
    const signed = kind === 'earn' ? units : -units
    if (why.t === 'earn') assert.deepEqual([why.u, unitsOf(why)], [signed, signed])
    else if (why.t === 'undone') assert.equal(-why.was, signed)
    else {
      assert.ok(why.t === 'return' || why.t === 'change', `${kind} because of ${why.t}`)
      assert.deepEqual([unitsOf(why.now) - why.was, unitsOf(why.now)], [signed, why.now.u])
    }
  }
}

test('L6: a sale and its returns are assessed by the version that was effective when it was paid', async () => {
  const rate = (units: number) => ({
    type: 'points',
    rules: [{ id: 'spend', earn: { kind: 'per_amount', units, per: 100 } }],
  })
  const shop = await openShop(db, { programs: { points: rate(1) } })
  const programId = shop.programs.points ?? ''
  const versions = [{ from: 0, units: 1 }]
  let minute = 0
  const story = fc.record({
    sales: fc.array(
      fc.record({
        ago: fc.nat(300),
        cents: fc.integer({ min: 1, max: 9_999 }),
        pieces: fc.integer({ min: 1, max: 3 }),
        back: fc.nat(3),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    /** Units per 1.00 of a version that is made between the sales and their returns. */
    change: fc.constantFrom(null, null, null, null, null, 1, 2, 3, 7),
  })
  const property = fc.asyncProperty(story, async ({ sales, change }) => {
    const name = freshName()
    minute += 10
    shop.clock.set(STORY_BEGAN + minute * 60_000)
    const phone = phoneOf(name, 1)
    const sold = minute
    const paidAt = (ago: number) => Math.max(0, sold - ago)
    const line = (pieces: number, of: number, cents: number) => [
      { pieces, total: Math.round((cents * of * pieces) / of) },
    ]
    await deliverAll(
      shop,
      sales.map(({ ago, cents, pieces }, n) =>
        orderOf({ id: `${name}-${n}`, at: paidAt(ago), phone, lines: line(pieces, pieces, cents) }),
      ),
    )
    if (change !== null) {
      // Half a minute after the last sale: an order at the instant of a change keeps its earlier
      // assessment.
      shop.clock.advance(30_000)
      const input = { businessId: shop.businessId, programId, definition: rate(change) }
      const made = await db.write('system:test', (tx) => newVersion(tx, input, { clock: shop.clock }))
      assert.equal(made.kind, 'saved')
      versions.push({ from: sold + 0.5, units: change })
      minute += 1
    }
    const returns = sales.flatMap(({ ago, cents, pieces, back }, n) =>
      back === 0
        ? []
        : [
            orderOf({
              id: `${name}-${n}-r`,
              at: paidAt(ago) + 1,
              phone: null,
              returns: `${name}-${n}`,
              lines: line(Math.min(back, pieces), pieces, cents),
            }),
          ],
    )
    await deliverAll(shop, returns)
    const expected = sales.reduce((sum, { ago, cents, pieces, back }) => {
      const units = versions.findLast((version) => version.from <= paidAt(ago))?.units ?? 0
      return sum + Math.floor((cents * Math.max(0, pieces - back) * units) / 100)
    }, 0)
    const [account] = await db.query<{ available: number }>(
      `select a.available from accounts a join customers c on c.business_id = a.business_id and c.id = a.customer_id
       where a.business_id = $1 and c.phone = $2`,
      [shop.businessId, phone],
    )
    assert.equal(account?.available, expected)
  })
  await fc.assert(property, { numRuns: RUNS })
})

/** Noon in Riyadh on the day on which the orders of test/support/orders.ts begin. */
const STORY_BEGAN = Date.parse('2026-01-10T09:00:00Z')

test('L9: two shops with the same orders, phones and times do not affect each other', async () => {
  const [here, there] = [await openShop(db), await openShop(db)]
  const property = fc.asyncProperty(shopStory, shopStory, async (mine, theirs) => {
    const [name, alone] = [freshName(), freshName()]
    const [foreign, orders, again] = [deliveriesOf(theirs, name), deliveriesOf(mine, name), deliveriesOf(mine, alone)]
    await deliverAll(there, foreign)
    const before = await stateOf(there, name, foreign)
    await Promise.all([deliverAll(here, orders), deliverAll(here, again)])
    const [after, first, second] = await Promise.all([
      stateOf(there, name, foreign),
      stateOf(here, name, orders),
      stateOf(here, alone, again),
    ])
    assert.deepEqual(after, before)
    assert.deepEqual(anonymous(first, name), anonymous(second, alone))
  })
  await fc.assert(property, { numRuns: RUNS })
})
