// The laws of erasure: after the erasure of customers at any time in any history, the ledger is
// consistent, they cannot be found, and other customers neither gain nor lose units.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Database } from '../../src/db/database.ts'
import { searchable } from '../../src/privacy/search.ts'
import { adjustFor } from '../support/adjust.ts'
import { testApp } from '../support/app.ts'
import { erase, searchToTheEnd } from '../support/erase.ts'
import { assertProven, balancesOf } from '../support/ledger.ts'
import { customerOf, merge } from '../support/merge.ts'
import { orderOf } from '../support/orders.ts'
import { runs } from '../support/runs.ts'
import { NORTH_COFFEE, openShop, type Shop } from '../support/shop.ts'
import { recordsOf } from '../support/stored.ts'

const app = await testApp()
const { db } = app.ctx
const numRuns = runs(60)

const PHONES = ['+966500000001', '+966500000002', '+966500000003'] as const
const NAMES = ['Distinctive Person One', 'Distinctive Person Two', 'Distinctive Person Three'] as const

type Step =
  | { kind: 'sale'; who: number; order: number; pieces: number; total: number }
  | { kind: 'repeat' | 'void'; order: number }
  | { kind: 'return'; order: number; pieces: number; total: number; named: boolean }
  | { kind: 'spend'; who: number; program: string; units: number }
  | { kind: 'erase' | 'search'; who: number }
  | { kind: 'merge'; who: number; into: number }

const order = fc.nat(5)
const who = fc.nat(2)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('sale' as const),
      who,
      order,
      pieces: fc.integer({ min: 1, max: 9 }),
      total: fc.integer({ min: 100, max: 9000 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('repeat' as const, 'void' as const), order }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('return' as const),
      order,
      pieces: fc.integer({ min: 1, max: 4 }),
      total: fc.integer({ min: 100, max: 3000 }),
      named: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('spend' as const),
      who,
      program: fc.constantFrom('points', 'stamps', 'cashback'),
      units: fc.integer({ min: -20, max: 60 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('erase' as const, 'search' as const), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('merge' as const), who, into: who }) },
)

interface History {
  shop: Shop
  /** The last sale under each order id. */
  sales: Map<number, ReturnType<typeof orderOf>>
  /** The ids of customers who were erased, with the number that each had. */
  erased: Map<string, string>
}

async function play(history: History, one: Step, at: number): Promise<void> {
  const { shop, sales, erased } = history
  shop.clock.advance(60_000)
  const known = 'order' in one ? sales.get(one.order) : undefined
  switch (one.kind) {
    case 'sale': {
      const lines = [{ pieces: one.pieces, total: one.total }]
      const phone = PHONES[one.who] ?? null
      const customer = { phone: phone ?? '', name: NAMES[one.who] ?? '', blacklisted: false }
      const sale = orderOf({ id: `o${one.order}`, at: one.order, version: at, phone, lines, more: { customer } })
      sales.set(one.order, sale)
      await shop.deliver(sale)
      return
    }
    case 'repeat':
      if (known) await shop.deliver(known)
      return
    case 'void':
      if (known)
        await shop.deliver({
          ...known,
          status: 'void',
          version: { ...known.version, updated_at: at * 1000, rank: 2, timestamp: known.version.timestamp + at },
        })
      return
    case 'return': {
      const lines = [{ pieces: one.pieces, total: one.total }]
      // Many POS systems repeat the customer in the return.
      const more = one.named && known?.customer ? { customer: known.customer } : {}
      await shop.deliver(
        orderOf({ id: `r${one.order}-${at}`, at: 60 + at, returns: `o${one.order}`, phone: null, lines, more }),
      )
      return
    }
    case 'spend': {
      const customerId = await customerOf(db, shop, PHONES[one.who] ?? '')
      if (customerId && one.units !== 0) await adjustFor(db, shop, customerId, one.program, -one.units)
      return
    }
    case 'erase': {
      const erasure = await erase(db, shop, PHONES[one.who] ?? '')
      if (erasure) erased.set(erasure.customerId, PHONES[one.who] ?? '')
      return
    }
    case 'search':
      await searchToTheEnd(db, shop)
      return
    case 'merge': {
      const ids = await Promise.all([one.who, one.into].map((index) => customerOf(db, shop, PHONES[index] ?? '')))
      if (ids[0] && ids[1] && ids[0] !== ids[1]) await merge(db, shop, PHONES[one.who] ?? '', PHONES[one.into] ?? '')
    }
  }
}

test('law: customers are erased at any time, and the ledger is consistent at every step', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 16 }), async (steps) => {
      const history: History = {
        shop: await openShop(db, { programs: NORTH_COFFEE }),
        sales: new Map(),
        erased: new Map(),
      }
      for (const [at, one] of steps.entries()) {
        await play(history, one, at + 1)
        if (one.kind === 'erase' || one.kind === 'search') await assertProven(db, history.shop)
      }
      await searchToTheEnd(db, history.shop)
      await assertProven(db, history.shop)
      for (const id of history.erased.keys()) await assertClosed(db, history.shop, id)
      await assertNobodyElse(db, history.shop)
    }),
    { numRuns, examples: [[ORDER_OF_SOMEBODY_ELSE]] },
  )
})

/** The answer to the return names the customer to whom the order belonged before its correction. */
const ORDER_OF_SOMEBODY_ELSE: Step[] = [
  { kind: 'sale', who: 0, order: 1, pieces: 1, total: 100 },
  { kind: 'return', order: 1, pieces: 1, total: 100, named: false },
  { kind: 'sale', who: 1, order: 1, pieces: 1, total: 100 },
  { kind: 'erase', who: 0 },
]

async function assertClosed(database: Database, { businessId }: Shop, customerId: string): Promise<void> {
  const rows = await database.query(
    `select from accounts where business_id = $1 and customer_id = $2 and (available <> 0 or pending <> 0 or held <> 0)`,
    [businessId, customerId],
  )
  assert.equal(rows.length, 0, 'a balance of an erased customer')
}

/** Names and numbers stay only with customers who exist now, or came back. */
async function assertNobodyElse(database: Database, { businessId }: Shop): Promise<void> {
  const present = await database.query<{ phone: string }>(
    `select phone from customers where business_id = $1
     union select phone from former_phones where business_id = $1`,
    [businessId],
  )
  const texts = (await recordsOf(database, businessId)).map(searchable)
  for (const [index, phone] of PHONES.entries()) {
    if (present.some((one) => one.phone === phone)) continue
    const name = NAMES[index]?.toLowerCase() ?? ''
    for (const text of texts) {
      assert(!text.includes(phone.slice(4)), `the number of an erased customer: ${text}`)
      assert(!text.includes(name), `the name of an erased customer: ${text}`)
    }
  }
}

test('law: erasing one customer changes nothing for the others', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), fc.nat(12), async (steps, eraseAt) => {
      const quiet = steps.filter(({ kind }) => kind !== 'erase' && kind !== 'merge' && kind !== 'search')
      // Orders stay with their customer, so that the two histories differ by the erasure alone.
      const own = quiet.map((one) => (one.kind === 'sale' ? { ...one, who: one.order % 3 } : one))
      const [one, two] = await Promise.all([
        openShop(db, { programs: NORTH_COFFEE }),
        openShop(db, { programs: NORTH_COFFEE }),
      ])
      for (const [shop, erasing] of [
        [one, false],
        [two, true],
      ] as const) {
        const history: History = { shop, sales: new Map(), erased: new Map() }
        for (const [at, step] of own.entries()) {
          if (erasing && at === Math.min(eraseAt, own.length - 1)) await play(history, { kind: 'erase', who: 0 }, at)
          await play(history, step, at + 1)
        }
        if (erasing) await searchToTheEnd(db, shop)
      }
      for (const phone of PHONES.slice(1)) {
        assert.deepEqual(await balancesOf(db, two, phone), await balancesOf(db, one, phone))
      }
      await assertProven(db, two)
    }),
    { numRuns },
  )
})
