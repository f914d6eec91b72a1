// A condition that needs a new fact is one file and one table row in contract/program/conditions
// (arguments), and one file and one row in src/programs/conditions (fact, evaluation, sentences).
// Here a sample condition is added exactly so, and orders pass through the whole of LoyaPro.
import assert from 'node:assert/strict'
import { registerHooks } from 'node:module'
import { test } from 'node:test'
import type { Rule } from '../../contract/program.ts'

/** Adds the row to a table while it is loaded: nothing else of LoyaPro knows of the condition. */
const addRow = (source: string, file: string): string =>
  `import { earlierOrders } from '${new URL(file, import.meta.url)}'\n${source.replace(
    /(const CONDITIONS[^=]*= \{\n)/,
    '$1  earlier_orders: earlierOrders,\n',
  )}`

const ROWS = {
  '/contract/program/conditions/table.ts': '../fixtures/earlier-orders/args.ts',
  '/src/programs/conditions/table.ts': '../fixtures/earlier-orders/condition.ts',
}

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context)
    const row = Object.entries(ROWS).find(([table]) => url.endsWith(table))
    return row ? { ...loaded, source: addRow(String(loaded.source), row[1]) } : loaded
  },
})

const { readDefinition } = await import('../../contract/program.ts')
const { explainNothing } = await import('../../src/programs/nothing.ts')
const { assessed, basketOf, line, pointsBy } = await import('../fixtures/programs.ts')
const { testDatabase } = await import('../support/database.ts')
const { assertProven } = await import('../support/ledger.ts')
const { orderOf } = await import('../support/orders.ts')
const { openShop } = await import('../support/shop.ts')

const { db } = await testDatabase()

const loyal = { id: 'loyal', when: { earlier_orders: 2 }, earn: { kind: 'per_order', units: 50 } }
const spend = { id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }
const available = (answer: { balances: { available: number }[] }) => answer.balances[0]?.available

test('its arguments are validated by their schema, in the words of their label', () => {
  const problemOf = (earlier_orders: unknown) => {
    const read = readDefinition({ type: 'points', rules: [{ ...loyal, when: { earlier_orders } }] })
    return read.kind === 'invalid' ? `${read.errors[0]?.pointer} ${read.errors[0]?.message}` : null
  }
  assert.equal(problemOf(2), null)
  assert.equal(problemOf(0), '/rules/0/when/earlier_orders Earlier orders: must be a whole number from 1 to 1000')
})

test('its fact is loaded when a sale is first assessed, and stays what it was', async () => {
  const shop = await openShop(db, { programs: { points: { type: 'points', rules: [spend, loyal] } } })
  const order = (id: string, at: number, more = {}) => orderOf({ id, at, lines: [{ total: 1000 }], ...more })
  assert.equal(available(await shop.deliver(order('a', 0))), 10)
  assert.equal(available(await shop.deliver(order('b', 60))), 20)
  // given two earlier orders, the third earns 10 + 50
  assert.equal(available(await shop.deliver(order('c', 120))), 80)
  // when an earlier one falls away, the third keeps what it was assessed with
  assert.equal(available(await shop.deliver(order('a', 0, { version: 1, status: 'void' }))), 70)
  assert.equal(available(await shop.deliver(order('c', 120, { version: 1 }))), 70)
  await assertProven(db, shop)
})

test('when it does not hold, it says why in both languages', () => {
  const { why } = assessed(pointsBy([loyal as Rule]), basketOf([line(1000)]), { known: { earlier_orders: 1 } })
  const setting = { type: 'points', currency: 'SAR' } as const
  assert.deepEqual(
    (['en', 'ar'] as const).map((language) => explainNothing('rules_not_met', language, { why, setting })),
    [
      'No rule applied: needs 2 earlier orders, the customer has 1 (rule “loyal”)',
      'لم تنطبق أي قاعدة: يلزم 2 من الطلبات السابقة، ولدى العميل 1 (القاعدة «loyal»)',
    ],
  )
})
