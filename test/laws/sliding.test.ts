// L2 for sliding expiry: any order of arrival and any runs of the job, compared with a simple
// model.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PosOrder } from '../../contract/pos-order.ts'
import { releaseAndExpireAll } from '../../src/worker/release-and-expire.ts'
import { NaiveSliding } from '../models/naive-account.ts'
import { testDatabase } from '../support/database.ts'
import { assertProven } from '../support/ledger.ts'
import { orderOf } from '../support/orders.ts'
import { runs } from '../support/runs.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { jobDeps } from '../support/worker.ts'

const { db } = await testDatabase()

/** Shops are opened for each case. */
const RUNS = runs(50)

const DAY = 24 * 3_600_000
const BEGAN = Date.parse('2026-03-01T09:00:00Z')
const WINDOWS = { points: 7, cashback: 12, stamps: 9 }
const GOAL = 4
/** Minor units for a stamp: an order gives 0 to 4. */
const PER_STAMP = 2_400
const spend = [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }]
const PROGRAMS = {
  points: { type: 'points', rules: spend, expiry: { kind: 'sliding', days: WINDOWS.points } },
  cashback: {
    type: 'cashback',
    rules: [{ id: 'back', earn: { kind: 'percent', basis_points: 1_000 } }],
    expiry: { kind: 'sliding', days: WINDOWS.cashback },
  },
  stamps: {
    type: 'stamps',
    goal: GOAL,
    reward: { name: { en: 'A free hot drink', ar: 'مشروب ساخن مجاني' }, valid_days: 30 },
    rules: [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: PER_STAMP } }],
    expiry: { kind: 'sliding', days: WINDOWS.stamps },
  },
}

type Later = null | 'void' | 'returned' | 'customer' | { day: number }

/** A sale on a day within two months, and its later snapshots. */
const sale = fc.record({
  day: fc.nat(59),
  hour: fc.nat(23),
  amount: fc.integer({ min: 10, max: 99 }),
  customer: fc.constantFrom(1, 1, 1, 2),
  later: fc.constantFrom<Later[]>(null, null, null, 'void', 'returned', 'customer', { day: 9 }, { day: 41 }),
})
const story = fc.record({
  sales: fc.array(sale, { minLength: 1, maxLength: 6 }),
  /** Sort keys of the deliveries, and whether the job runs after each. */
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
      // Not ahead of its receipt: the number says which snapshot is newer.
      const said = occurredAt + version
      return {
        ...order,
        occurred_at: occurredAt,
        business_date: new Date(occurredAt + 3 * 3_600_000).toISOString().slice(0, 10),
        version: { ...order.version, number: version, updated_at: said, timestamp: said },
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

/**
 * The final state of each valid sale of a customer, by time, without its deliveries. Amounts are
 * units of currency.
 */
function standing({ sales }: Story, customer: number): { at: number; amount: number }[] {
  const last = sales.flatMap(({ day, hour, amount, customer: first, later }) => {
    const owner = later === 'customer' ? 3 - first : first
    if (owner !== customer || later === 'void' || later === 'returned') return []
    const on = typeof later === 'object' && later !== null ? later.day : day
    return [{ at: BEGAN + on * DAY + hour * 3_600_000, amount }]
  })
  return last.sort((a, b) => a.at - b.at)
}

/** The balance at the end in the simple model. */
function expected(one: Story, customer: number, program: 'points' | 'cashback'): number {
  const model = new NaiveSliding(WINDOWS[program], 'Asia/Riyadh')
  for (const { at, amount } of standing(one, customer)) model.earn(at, program === 'points' ? amount : amount * 10)
  return model.leftAt(END)
}

/**
 * Stamps and cards in the simple model: each order extends all waiting stamps by the window.
 */
function expectedStamps(one: Story, customer: number): { stamps: number; cards: number } {
  const dayOf = (at: number) => Math.floor((at + 3 * 3_600_000) / DAY)
  let stamps = 0
  let cards = 0
  let last = 0
  for (const { at, amount } of [...standing(one, customer), { at: END, amount: 0 }]) {
    if (dayOf(at) - dayOf(last) > WINDOWS.stamps) stamps = 0
    stamps += Math.floor((amount * 100) / PER_STAMP)
    cards += Math.floor(stamps / GOAL)
    stamps %= GOAL
    last = at
  }
  return { stamps, cards }
}

async function play(orders: readonly PosOrder[], { jobs, arrivals }: Pick<Story, 'jobs' | 'arrivals'>): Promise<Shop> {
  const shop = await openShop(db, { programs: PROGRAMS, now: new Date(BEGAN).toISOString() })
  const days = arrivals.toSorted((a, b) => a - b)
  for (const [index, order] of orders.entries()) {
    // No order arrives before it happened.
    shop.clock.set(
      new Date(Math.max(shop.clock.now(), order.occurred_at + 1_000, BEGAN + (days[index] ?? 0) * DAY)).toISOString(),
    )
    await shop.deliver(order)
    if (jobs[index]) await releaseAndExpireAll(jobDeps(db, shop))
  }
  shop.clock.set(new Date(END).toISOString())
  await releaseAndExpireAll(jobDeps(db, shop))
  return shop
}

const stateOf = (shop: Shop) =>
  db.query<{ phone: string; type: keyof typeof WINDOWS; available: number }>(
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

/** IDs of lots differ in each shop, so they are not compared. */
const cardsOf = (shop: Shop) =>
  db.query<{ phone: string }>(
    `select c.phone, s.number, s.status, s.goal, s.won_at, s.expires_at, taken.earned, taken.units
     from awards s
     cross join lateral (
       select array_agg(l.occurred_at order by f.n) as earned,
         -- Which of two lots of the same instant comes first depends on their ids.
         array_agg(f.units order by l.occurred_at, f.units) as units
       from unnest(s.lots, s.lot_units) with ordinality f (id, units, n)
       join lots l on l.business_id = s.business_id and l.customer_id = s.customer_id and l.program_id = s.program_id and l.id = f.id) taken
     join customers c on c.business_id = s.business_id and c.id = s.customer_id
     where s.business_id = $1 and s.status <> 'cancelled' order by 1, 2`,
    [shop.businessId],
  )

test('L2: sliding expiry depends only on the times of the orders, not on their arrival or on when the job ran', async () => {
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
    const cards = await cardsOf(first)
    assert.deepEqual(await cardsOf(second), cards)
    for (const customer of [1, 2]) {
      const { stamps, cards: won } = expectedStamps(one, customer)
      const mine = state.find(({ phone, type }) => phone === phoneOf(customer) && type === 'stamps')
      assert.equal(mine?.available ?? 0, stamps, `stamps of customer ${customer}`)
      assert.equal(
        cards.filter(({ phone }) => phone === phoneOf(customer)).length,
        won,
        `cards of customer ${customer}`,
      )
      for (const program of ['points', 'cashback'] as const) {
        const row = state.find(({ phone, type }) => phone === phoneOf(customer) && type === program)
        assert.equal(row?.available ?? 0, expected(one, customer, program), `${program} of customer ${customer}`)
      }
    }
    await assertProven(db, first)
    await assertProven(db, second)
  })
  await fc.assert(property, { numRuns: RUNS, examples: [[SAME_INSTANT]] })
})

/** A correction moves a sale to the instant of another one, and both give stamps of the same card. */
const SAME_INSTANT: Story = {
  sales: [
    { day: 41, hour: 17, amount: 24, customer: 1, later: null },
    { day: 0, hour: 17, amount: 72, customer: 1, later: { day: 41 } },
  ],
  ranks: [0, 0, 0, 0, 2, 0, 41, 0, 776, 0, 0, 0],
  jobs: [true, false, false, false, false, false, true, false, false, false, false, false],
  arrivals: [0, 3, 0, 0, 68, 0, 0, 0, 0, 0, 0, 0],
}
