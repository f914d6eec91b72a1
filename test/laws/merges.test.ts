// The law of merging: customers who are merged at any time have the same result as one customer
// from the start, and verify finds no difference.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Database } from '../../src/db/database.ts'
import { adjustFor } from '../support/adjust.ts'
import { testApp } from '../support/app.ts'
import { assertProven, balancesOf } from '../support/ledger.ts'
import { customerOf, merge } from '../support/merge.ts'
import { orderOf } from '../support/orders.ts'
import { runs } from '../support/runs.ts'
import { NORTH_COFFEE, openShop, type Shop } from '../support/shop.ts'

const app = await testApp()
const { db } = app.ctx
const numRuns = runs(100)

const ONE = '+966500000001'
const TWO = '+966500000002'

type Step =
  | { kind: 'sale'; who: 0 | 1; order: number; pieces: number; total: number }
  | { kind: 'void'; order: number }
  | { kind: 'return'; order: number; pieces: number; total: number }
  | { kind: 'spend'; who: 0 | 1; program: string; units: number }

const order = fc.nat(5)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('sale' as const),
      who: fc.constantFrom(0 as const, 1 as const),
      order,
      pieces: fc.integer({ min: 1, max: 9 }),
      total: fc.integer({ min: 100, max: 9000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('void' as const), order }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('return' as const),
      order,
      pieces: fc.integer({ min: 1, max: 4 }),
      total: fc.integer({ min: 100, max: 3000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('spend' as const),
      who: fc.constantFrom(0 as const, 1 as const),
      program: fc.constantFrom('points', 'stamps', 'cashback'),
      units: fc.integer({ min: 1, max: 60 }),
    }),
  },
)

/**
 * Plays the steps; `phones` are the numbers with which each of the two buys. Returns the completed
 * cards at the end.
 */
async function play(shop: Shop, steps: readonly Step[], phones: readonly [string, string], mergeAt: number | null) {
  const sales = new Map<number, { who: 0 | 1; pieces: number; total: number }>()
  // Both are known before anything is earned, so that they can be merged at any time.
  for (const [index, phone] of phones.entries())
    await shop.deliver(orderOf({ id: `hello-${index}`, phone, status: 'initiated' }))
  for (const [at, one] of steps.entries()) {
    if (at === mergeAt) assert.equal(await merge(db, shop, TWO, ONE), 'merged')
    await playStep(shop, one, at, phones, sales)
  }
  if (mergeAt !== null && mergeAt >= steps.length) assert.equal(await merge(db, shop, TWO, ONE), 'merged')
}

async function playStep(
  shop: Shop,
  one: Step,
  at: number,
  phones: readonly [string, string],
  sales: Map<number, { who: 0 | 1; pieces: number; total: number }>,
): Promise<void> {
  if (one.kind === 'spend') {
    const phone = phones[one.who]
    await adjustFor(
      db,
      shop,
      (await customerOf(db, shop, phone)) ?? (await customerOf(db, shop, ONE)),
      one.program,
      -one.units,
    )
    return
  }
  const known = sales.get(one.order)
  if (one.kind === 'sale') {
    // A later snapshot of the same order may change its customer as well.
    sales.set(one.order, one)
    const lines = [{ pieces: one.pieces, total: one.total }]
    await shop.deliver(orderOf({ id: `o${one.order}`, at: one.order, version: at, phone: phones[one.who], lines }))
  } else if (known && one.kind === 'void') {
    const lines = [{ pieces: known.pieces, total: known.total }]
    await shop.deliver(
      orderOf({ id: `o${one.order}`, at: one.order, version: at, phone: phones[known.who], lines, status: 'void' }),
    )
  } else if (known && one.kind === 'return') {
    const lines = [{ pieces: one.pieces, total: one.total }]
    await shop.deliver(
      orderOf({ id: `r${one.order}-${at}`, at: 60 + at, returns: `o${one.order}`, phone: null, lines }),
    )
  }
}

async function wonCards(database: Database, { businessId }: Shop): Promise<number> {
  const [row] = await database.query<{ n: number }>(
    `select count(*)::int as n from awards where business_id = $1 and status = 'won'`,
    [businessId],
  )
  return row?.n ?? 0
}

test('law: customers who are merged at any time have the same result as one customer from the start', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), fc.nat(12), async (steps, mergeAt) => {
      const [one, two] = await Promise.all([
        openShop(db, { programs: NORTH_COFFEE }),
        openShop(db, { programs: NORTH_COFFEE }),
      ])
      await play(one, steps, [ONE, ONE], null)
      await play(two, steps, [ONE, TWO], Math.min(mergeAt, steps.length))
      assert.deepEqual(await balancesOf(db, two, ONE), await balancesOf(db, one, ONE))
      assert.equal(await wonCards(db, two), await wonCards(db, one))
      await assertProven(db, two)
    }),
    { numRuns },
  )
})
