// The law of corrections: an order that was corrected any number of times has the same result as
// its last snapshot alone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PosOrder } from '../../contract/pos-order.ts'
import { verifyBusiness } from '../../src/audit/verify.ts'
import { testDatabase } from '../support/database.ts'
import { type LineStory, orderOf } from '../support/orders.ts'
import { runs } from '../support/runs.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { stateOf } from './state.ts'

const { db } = await testDatabase()

/** Cases; each has two separate shops, because a budget applies to the whole shop. */
const RUNS = runs(50)

const spend = { id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }
const third = { id: 'third', earn: { kind: 'per_amount', units: 1, per: 300 } }
const welcome = { id: 'welcome', when: { first_order: true }, earn: { kind: 'per_order', units: 25 } }
const delivered = {
  id: 'delivered',
  when: { order_types: ['delivery'] },
  earn: { kind: 'multiplier', numerator: 3, denominator: 2 },
}

/**
 * Limits, a budget, carried fractions, expiry, pending days and the first order.
 */
const PROGRAMS = {
  budget: { type: 'points', rules: [spend, delivered], caps: { budget: 100 } },
  daily: { type: 'points', rules: [spend, welcome], caps: { per_customer: { day: 50 } }, rounding: 'carry' },
  longer: {
    type: 'cashback',
    rules: [third],
    caps: { per_customer: { week: 20, month: 35 }, budget: 60 },
    rounding: 'carry',
  },
  guarded: { type: 'points', rules: [spend, delivered], caps: { per_customer: { day: 50 } }, order_ceiling: 25 },
  short: {
    type: 'points',
    rules: [spend],
    caps: { per_customer: { day: 50 } },
    expiry: { kind: 'after', days: 7 },
    pending_days: 3,
  },
  stamps: {
    type: 'stamps',
    goal: 3,
    reward: { name: { en: 'Sample', ar: 'تجريبي' } },
    caps: { per_customer: { month: 4 } },
    rules: [{ id: 'item', earn: { kind: 'per_item', units: 1 } }],
  },
}

/** The clock of the shops: eleven days after the earliest possible order. */
const NOW = '2026-01-21T12:00:00Z'

const order = {
  customer: fc.constantFrom(1, 1, 2, null),
  /**
   * Days after 10 January: of one week and of the next; the last lie after the clock of the shops.
   */
  day: fc.constantFrom(0, 0, 1, 7, 10, 11, 12),
  minute: fc.constantFrom(0, 0, 1, 700),
  /** Whether the POS counts it for the business day before. */
  eve: fc.constantFrom(false, false, true),
  branch: fc.constantFrom('b1', 'b1', 'b2'),
  type: fc.constantFrom('pick_up' as const, 'delivery' as const),
  total: fc.constantFrom(100, 1_000, 2_350, 4_000, 6_000, 8_000),
  pieces: fc.constantFrom(1, 2),
}
const corrected = {
  ...order,
  status: fc.constantFrom('paid' as const, 'paid' as const, 'paid' as const, 'void' as const, 'initiated' as const),
  /** Number of pieces that it returns from the first of the other orders. */
  givesBack: fc.constantFrom(0, 0, 1, 2),
}

const chain = fc.record({
  others: fc.array(fc.record(order), { minLength: 1, maxLength: 4 }),
  first: fc.record(corrected),
  /** The changes of each later snapshot. */
  news: fc.array(fc.record(corrected, { requiredKeys: [] }), { minLength: 1, maxLength: 4 }),
})

type Order = { [K in keyof typeof order]: (typeof order)[K] extends fc.Arbitrary<infer T> ? T : never }
type Corrected = { [K in keyof typeof corrected]: (typeof corrected)[K] extends fc.Arbitrary<infer T> ? T : never }

const PHONES = ['+966500000001', '+966500000002']

function told(id: string, version: number, told: Order & Partial<Corrected>): PosOrder {
  const { customer, day, minute, eve, branch, type, total, pieces, status = 'paid', givesBack = 0 } = told
  // No two orders at one instant: IDs would decide which is the first, and they depend on the shop.
  const at = day * 1440 + minute + (id === 'x' ? 0.5 : Number(id.slice(1)) / 10 + 0.1)
  const back: LineStory[] = [{ product: 'p0', pieces: givesBack, total: givesBack * 500, status: 'refunded' }]
  const isExchange = givesBack > 0
  const order = orderOf({
    id,
    at,
    status,
    phone: customer === null ? null : (PHONES[customer - 1] ?? null),
    lines: [{ product: id === 'x' ? 'own' : 'p0', pieces, total }, ...(isExchange ? back : [])],
    // Like the adapters: a voided or refunded order that names another one is its return.
    ...(isExchange && (status === 'void' ? { returns: 'o0' } : { exchanges: 'o0' })),
    more: { order_type: type, branch: { id: branch, name: branch } },
  })
  const snapshot = Date.parse('2026-01-21T11:00:00Z') + version * 1000
  const eveOf = Temporal.PlainDate.from(order.business_date).subtract({ days: 1 }).toString()
  return {
    ...order,
    version: { ...order.version, updated_at: snapshot, timestamp: snapshot },
    ...(eve && { business_date: eveOf }),
  }
}

interface State {
  orders: { pos_order_id: string; flags: string[] | null }[]
}

async function stateAfter(orders: readonly PosOrder[]): Promise<{ shop: Shop; state: State }> {
  const shop = await openShop(db, { programs: PROGRAMS, now: NOW })
  for (const order of orders) await shop.deliver(order)
  const ids = orders.map((order) => order.pos_order_id)
  const [{ orders: rows, balances, lots, cards }, budgets, dates] = await Promise.all([
    stateOf(db, shop.businessId, ids, PHONES),
    db.query(
      `select p.name, b.used from program_budgets b join programs p on p.business_id = b.business_id and p.id = b.program_id
       where b.business_id = $1 and b.used <> 0 order by 1`,
      [shop.businessId],
    ),
    db.query(
      `select p.name, l.business_date, l.available_at, o.pos_order_id from lots l
       join orders o on o.business_id = l.business_id and o.id = l.id
       join programs p on p.business_id = l.business_id and p.id = l.program_id
       where l.business_id = $1 and l.granted > 0 order by 1, 4`,
      [shop.businessId],
    ),
  ])
  const state = {
    orders: rows,
    balances,
    lots: lots.map(without('id')).sort(byText),
    cards: cards.map(without('lot_units')),
    budgets,
    dates,
  }
  return { shop, state: JSON.parse(JSON.stringify(state)) }
}

/** IDs depend on the shop, and the stamps of a card on their lots. */
const without = (key: string) => (row: unknown) => ({ ...(row as object), [key]: undefined })

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1
}

/**
 * Paid after a void, and never before it: a flag is all that an order keeps of its earlier
 * snapshots.
 */
function isVoidedFirst(snapshots: readonly Corrected[]): boolean {
  const states = snapshots.map(({ status }) => status)
  const voided = states.lastIndexOf('void')
  return states.at(-1) === 'paid' && voided >= 0 && states.indexOf('paid') > voided
}

function flagged({ orders, ...state }: State): State {
  return {
    ...state,
    orders: orders.map((row) =>
      row.pos_order_id === 'x' ? { ...row, flags: ['void_before_sale', ...(row.flags ?? [])] } : row,
    ),
  }
}

test('a corrected order has the same result as its last snapshot alone, beside the same other orders', async () => {
  const property = fc.asyncProperty(chain, async ({ others, first, news }) => {
    let last: Corrected = first
    const snapshots = [first, ...news.map((more) => (last = { ...last, ...more }))]
    const before = others.map((one, index) => told(`o${index}`, index, one))
    const corrections = snapshots.map((one, index) => told('x', 10 + index, one))
    const [step, once] = await Promise.all([
      stateAfter([...before, ...corrections]),
      stateAfter([...before, ...corrections.slice(-1)]),
    ])
    assert.deepEqual(step.state, isVoidedFirst(snapshots) ? flagged(once.state) : once.state)
    for (const { shop } of [step, once]) {
      assert.deepEqual(await Array.fromAsync(verifyBusiness(db, shop.businessId)), [])
    }
  })
  await fc.assert(property, { numRuns: RUNS })
})
