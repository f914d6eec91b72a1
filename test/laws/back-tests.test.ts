// The laws of back-tests over generated histories: they reproduce what was really given, and what a
// draft gives is what it gives a shop in which it is in force.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import pino from 'pino'
import type { PosOrder } from '../../contract/pos-order.ts'
import type { Definition } from '../../contract/program.ts'
import type { BackTestResult } from '../../src/backtests/back-test.ts'
import { runNextBackTest } from '../../src/backtests/run.ts'
import { createBackTest, findBackTest } from '../../src/backtests/store.ts'
import { definitionOf } from '../fixtures/programs.ts'
import { testDatabase } from '../support/database.ts'
import { runs } from '../support/runs.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { deliveriesOf, type SaleStory, saleStory, shopStory } from './stories.ts'

const { db } = await testDatabase()

const RUNS = runs(200)
const log = pino({ level: 'silent' })

let names = 0
const freshName = () => `b${names++}`

async function backTest(shop: Shop, programId: string, definition: Definition): Promise<BackTestResult> {
  const { businessId, clock, ids } = shop
  const id = ids.next()
  const days = { from: '2025-12-20', to: '2026-06-30' }
  const made = await db.write('system:test', (tx) =>
    createBackTest(tx, { businessId, id, programId, version: null, definition, ...days }, clock.now()),
  )
  assert.equal(made, 'created')
  assert.equal(await runNextBackTest({ db, clock, log }, businessId), 'done')
  const found = await findBackTest(db, businessId, id)
  assert(found?.result)
  return found.result
}

const perRiyal = { kind: 'per_amount', units: 1, per: 100 } as const

/** Everything in which one order depends on another. */
const PROGRAMS: Record<string, Parameters<typeof definitionOf>[0]> = {
  daily: { type: 'points', rules: [{ id: 'r', earn: perRiyal }], caps: { per_order: 90, per_customer: { day: 60 } } },
  calendar: {
    type: 'points',
    rules: [{ id: 'r', earn: perRiyal }],
    caps: { per_customer: { day: 90, week: 120, month: 150 } },
  },
  budget: {
    type: 'points',
    rules: [{ id: 'r', earn: perRiyal }],
    caps: { per_customer: { week: 150 }, budget: 3_000 },
  },
  carried: {
    type: 'points',
    rules: [{ id: 'r', earn: { kind: 'per_amount', units: 3, per: 700 } }],
    rounding: 'carry',
  },
  welcome: {
    type: 'points',
    combine: 'best',
    rules: [
      { id: 'w', when: { first_order: true }, earn: { kind: 'per_order', units: 70 } },
      { id: 'r', when: { weekdays: ['sat', 'sun'] }, earn: perRiyal },
    ],
  },
  stamps: {
    type: 'stamps',
    goal: 6,
    reward: { name: { en: 'A free hot drink', ar: 'مشروب ساخن مجاني' } },
    rules: [{ id: 'h', when: { categories: { include: ['_7ad32937'] } }, earn: { kind: 'per_item', units: 1 } }],
  },
  cashback: {
    type: 'cashback',
    rules: [{ id: 'c', earn: { kind: 'percent', basis_points: 500 } }],
    rounding: 'carry',
    caps: { per_customer: { month: 400 } },
  },
  guarded: { type: 'points', rules: [{ id: 'r', earn: perRiyal }], order_ceiling: 12 },
  plan: {
    type: 'subscription',
    plan: { products_bought: ['p0'], period: { unit: 'month', count: 1 }, uses_per_period: 30 },
  },
}

test('back-testing the version in force reproduces what was given, to the unit: caps, budgets, carried fractions, returns, corrections', async () => {
  const shop = await openShop(db, { programs: PROGRAMS })
  const histories = fc.array(shopStory, { minLength: 1, maxLength: 3 })
  const property = fc.asyncProperty(histories, fc.infiniteStream(fc.nat(4)), async (stories, stream) => {
    for (const story of stories) {
      const orders = deliveriesOf(story, freshName())
      // Some arrive late, some at the same instant and in one batch.
      if (stream.next().value === 0) orders.reverse()
      await Promise.all(orders.map((order) => shop.deliver(order)))
      shop.clock.advance(1_000)
    }
  })
  await fc.assert(property, { numRuns: RUNS })
  for (const [name, programId] of Object.entries(shop.programs)) {
    const result = await backTest(shop, programId, definitionOf(PROGRAMS[name] as never))
    const { total } = result
    assert(total.actual > 0, `${name} gave something`)
    assert.equal(total.tested, total.actual, name)
    assert.deepEqual([result.more.customers, result.less.customers], [0, 0], name)
    assert.equal(total.earning.tested, total.earning.actual, name)
    for (const { date, actual, tested } of result.days) assert.equal(tested, actual, `${name} on ${date}`)
    const [given] = await db.query<{ units: number }>(
      name === 'plan'
        ? 'select sum(quantity)::bigint as units from subscriptions where business_id = $1 and program_id = $2'
        : `select sum(l.granted)::bigint as units from lots l join orders o on o.business_id = l.business_id and o.id = l.id
           where l.business_id = $1 and l.program_id = $2`,
      [shop.businessId, programId],
    )
    assert.equal(total.actual, given?.units, `all that ${name} gave`)
  }
})

test('a draft gives in a back-test what it gives a shop in which it is in force', async () => {
  const drafts = ['daily', 'calendar', 'budget', 'carried', 'welcome', 'cashback', 'guarded'] as const
  const before = definitionOf({
    type: 'points',
    rules: [{ id: 'r', earn: { kind: 'per_amount', units: 2, per: 300 } }],
  })
  // Nothing of these histories changes after a later order has depended on it.
  const plain = (sale: SaleStory): SaleStory => ({ ...sale, news: [], exchange: null, returns: [] })
  const story = fc.array(saleStory.map(plain), { minLength: 2, maxLength: 8 })
  const property = fc.asyncProperty(story, fc.constantFrom(...drafts), async (sales, name) => {
    const draft = PROGRAMS[name] as (typeof PROGRAMS)[string]
    const was = draft.type === 'cashback' ? definitionOf({ ...draft, caps: { per_order: 50 } }) : before
    const [here, there] = [
      await openShop(db, { programs: { it: was } }),
      await openShop(db, { programs: { it: draft } }),
    ]
    const orders = deliveriesOf(sales, freshName())
    for (const shop of [here, there]) await inTurn(shop, orders)
    const [tested, real] = [
      await backTest(here, here.programs.it ?? '', definitionOf(draft)),
      await backTest(there, there.programs.it ?? '', definitionOf(draft)),
    ]
    assert.equal(tested.total.tested, real.total.actual, name)
    assert.deepEqual(
      tested.days.map(({ date, tested: units }) => [date, units]),
      real.days.map(({ date, actual: units }) => [date, units]),
    )
  })
  await fc.assert(property, { numRuns: Math.ceil(RUNS / 2) })
})

async function inTurn(shop: Shop, orders: readonly PosOrder[]): Promise<void> {
  for (const order of orders) {
    shop.clock.advance(5)
    await shop.deliver(order)
  }
}
