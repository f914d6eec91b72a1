// L2 for expiry that slides: any order of arrival, any moments at which the job runs between, and the plainest model of it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PosOrder } from '../../contract/pos-order.ts'
import { NaiveSliding } from '../../src/ledger/naive-model.ts'
import { passTimeEverywhere } from '../../src/worker/time.ts'
import { testDatabase } from '../support/database.ts'
import { assertProven } from '../support/ledger.ts'
import { orderOf } from '../support/orders.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { jobDeps } from '../support/worker.ts'

const { db } = await testDatabase()

/** Shops are opened for each case. */
const RUNS = Math.max(1, Math.ceil(Number(process.env.LOYAPRO_RUNS ?? 1_000) / 20))

const DAY = 24 * 3_600_000
const BEGAN = Date.parse('2026-03-01T09:00:00Z')
const WINDOWS = { points: 7, cashback: 12 }
const spend = [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }]
const PROGRAMS = {
  points: { type: 'points', rules: spend, expiry: { kind: 'sliding', days: WINDOWS.points } },
  cashback: {
    type: 'cashback',
    rules: [{ id: 'back', earn: { kind: 'percent', basis_points: 1_000 } }],
    expiry: { kind: 'sliding', days: WINDOWS.cashback },
  },
}

type Later = null | 'void' | 'returned' | 'customer' | { day: number }

/** A sale on a day of two months, and what the POS said of it later. */
const sale = fc.record({
  day: fc.nat(59),
  hour: fc.nat(23),
  amount: fc.integer({ min: 10, max: 99 }),
  customer: fc.constantFrom(1, 1, 1, 2),
  later: fc.constantFrom<Later[]>(null, null, null, 'void', 'returned', 'customer', { day: 9 }, { day: 41 }),
})
const story = fc.record({
  sales: fc.array(sale, { minLength: 1, maxLength: 6 }),
  /** By which the deliveries are sorted, and whether the job runs after each. */
  ranks: fc.array(fc.nat(1_000), { minLength: 12, maxLength: 12 }),
  jobs: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
  /** Days after the beginning at which the deliveries arrive, ascending in the order of arrival. */
  arrivals: fc.array(fc.nat(80), { minLength: 12, maxLength: 12 }),
})
type Story = typeof story extends fc.Arbitrary<infer S> ? S : never

const END = BEGAN + 81 * DAY

const phoneOf = (customer: number) => `+96650000000${customer}`

function told({ sales }: Story): PosOrder[] {
  return sales.flatMap(({ day, hour, amount, customer, later }, index) => {
    const id = `s${index}`
    const at = (of: number) => BEGAN + of * DAY + hour * 3_600_000
    const say = (version: number, occurredAt: number, more: object = {}): PosOrder => {
      const order = orderOf({ id, phone: phoneOf(customer), lines: [{ total: amount * 100 }], ...more })
      const said = END + version
      return {
        ...order,
        occurred_at: occurredAt,
        business_date: new Date(occurredAt + 3 * 3_600_000).toISOString().slice(0, 10),
        version: { ...order.version, updated_at: said, timestamp: said },
      }
    }
    const first = say(1, at(day))
    if (later === null) return [first]
    if (later === 'void') return [first, say(2, at(day), { status: 'void' })]
    if (later === 'customer') return [first, say(2, at(day), { phone: phoneOf(3 - customer) })]
    if (later === 'returned') return [first, say(2, at(day) + 3_600_000, { id: `${id}-r`, returns: id, phone: null })]
    return [first, say(2, at(later.day))]
  })
}

/** What is left at the end by the plain model: the last word on each sale, and nothing of how it came. */
function expected({ sales }: Story, customer: number, program: 'points' | 'cashback'): number {
  const model = new NaiveSliding(WINDOWS[program], 'Asia/Riyadh')
  for (const { day, hour, amount, customer: first, later } of sales) {
    const last = later === 'customer' ? 3 - first : first
    if (last !== customer || later === 'void' || later === 'returned') continue
    const on = typeof later === 'object' && later !== null ? later.day : day
    model.earn(BEGAN + on * DAY + hour * 3_600_000, program === 'points' ? amount : amount * 10)
  }
  return model.leftAt(END)
}

async function play(orders: readonly PosOrder[], { jobs, arrivals }: Pick<Story, 'jobs' | 'arrivals'>): Promise<Shop> {
  const shop = await openShop(db, { programs: PROGRAMS, now: new Date(BEGAN).toISOString() })
  const days = arrivals.toSorted((a, b) => a - b)
  for (const [index, order] of orders.entries()) {
    // Nobody hears of an order before it happened.
    shop.clock.set(
      new Date(Math.max(shop.clock.now(), order.occurred_at, BEGAN + (days[index] ?? 0) * DAY)).toISOString(),
    )
    await shop.deliver(order)
    if (jobs[index]) await passTimeEverywhere(jobDeps(db, shop))
  }
  shop.clock.set(new Date(END).toISOString())
  await passTimeEverywhere(jobDeps(db, shop))
  return shop
}

const stateOf = (shop: Shop) =>
  db.query<{ phone: string; type: 'points' | 'cashback'; available: number }>(
    `select c.phone, p.type, a.available from accounts a join customers c on c.business_id = a.business_id and c.id = a.customer_id
     join programs p on p.business_id = a.business_id and p.id = a.program_id
     where a.business_id = $1 and a.available <> 0 order by 1, 2`,
    [shop.businessId],
  )

const lotsOf = (shop: Shop) =>
  db.query(
    `select c.phone, p.type, l.granted, l.remaining, l.expired, l.occurred_at, l.expires_at
     from lots l join customers c on c.business_id = l.business_id and c.id = l.customer_id
     join programs p on p.business_id = l.business_id and p.id = l.program_id
     where l.business_id = $1 and (l.remaining > 0 or l.expired > 0) order by 1, 2, l.occurred_at, l.granted, l.expires_at`,
    [shop.businessId],
  )

test('L2: sliding expiry depends on the times of the orders alone, not on their arrival nor on when the job ran', async () => {
  const property = fc.asyncProperty(story, async (one) => {
    const orders = told(one)
    const shuffled = orders
      .map((order, index) => ({ order, rank: one.ranks[index] ?? 0 }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ order }) => order)
    const inTime = orders.toSorted(
      (a, b) => a.occurred_at - b.occurred_at || a.version.updated_at - b.version.updated_at,
    )
    const [first, second] = [
      await play(inTime, { jobs: one.jobs.map(() => true), arrivals: [] }),
      await play(shuffled, one),
    ]
    const state = await stateOf(first)
    assert.deepEqual(await stateOf(second), state)
    assert.deepEqual(await lotsOf(second), await lotsOf(first))
    for (const customer of [1, 2]) {
      for (const program of ['points', 'cashback'] as const) {
        const row = state.find(({ phone, type }) => phone === phoneOf(customer) && type === program)
        assert.equal(row?.available ?? 0, expected(one, customer, program), `${program} of customer ${customer}`)
      }
    }
    await assertProven(db, first)
    await assertProven(db, second)
  })
  await fc.assert(property, { numRuns: RUNS })
})
