// Rules that depend on other orders of the customer: first order, caps, budgets, carried fractions,
// sliding expiry.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../support/database.ts'
import { assertProven } from '../support/ledger.ts'
import { orderOf } from '../support/orders.ts'
import { openShop } from '../support/shop.ts'

const { db } = await testDatabase()

const spend = { id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }
const day = 24 * 60

const available = (answer: { balances: { available: number }[] }) => answer.balances[0]?.available

test('a welcome bonus goes to the earliest order in any sequence of arrival, and moves when that order is voided', async () => {
  const welcome = { id: 'welcome', when: { first_order: true }, earn: { kind: 'per_order', units: 100 } }
  const shop = await openShop(db, { programs: { points: { type: 'points', rules: [spend, welcome] } } })
  const order = (id: string, at: number, more = {}) => orderOf({ id, at, lines: [{ total: 1000 }], ...more })
  // given the second order arrives first, it is the first order known: 10 + 100
  assert.equal(available(await shop.deliver(order('second', 60))), 110)
  // when the earlier one arrives, the bonus moves to it: 10 + 100, and 10 for the later one
  const late = await shop.deliver(order('first', 0))
  assert.equal(available(late), 120)
  assert.deepEqual(
    late.movements.map((movement) => movement.units),
    [110, -100],
  )
  // when the earlier one is voided, the later one is the first again
  const gone = await shop.deliver(order('first', 0, { version: 1, status: 'void' }))
  assert.equal(available(gone), 110)
  assert.deepEqual(
    gone.movements.map((movement) => movement.units),
    [-110, 100],
  )
  await assertProven(db, shop)
})

test('C13: a daily cap trims, and room freed by a return is available to later orders only', async () => {
  const shop = await openShop(db, {
    programs: { points: { type: 'points', rules: [spend], caps: { per_customer: { day: 25 } } } },
  })
  const order = (id: string, at: number) => orderOf({ id, at, lines: [{ total: 2000 }] })
  assert.equal(available(await shop.deliver(order('a', 0))), 20)
  const trimmed = await shop.deliver(order('b', 10))
  assert.equal(available(trimmed), 25, 'only 5 of 20 are left')
  assert.match(trimmed.movements[0]?.why.en ?? '', /daily/)
  // given the first is returned, b keeps its units, and the next order finds room for 20
  assert.equal(
    available(await shop.deliver(orderOf({ id: 'a-back', at: 20, returns: 'a', lines: [{ total: 2000 }] }))),
    5,
  )
  assert.equal(available(await shop.deliver(order('c', 30))), 25)
  assert.equal(available(await shop.deliver(order('d', day))), 45, 'the next business day has a full cap')
  await assertProven(db, shop)
})

test('a week runs from Sunday to Saturday, and a month is a calendar month', async () => {
  const shop = await openShop(db, {
    programs: { points: { type: 'points', rules: [spend], caps: { per_customer: { week: 30, month: 50 } } } },
    now: '2026-02-01T12:00:00Z',
  })
  const order = (id: string, date: string) =>
    orderOf({
      id,
      at: (Date.parse(`${date}T09:00:00Z`) - Date.parse('2026-01-10T09:00:00Z')) / 60_000,
      lines: [{ total: 2000 }],
    })
  // 2026-01-10 is a Saturday.
  assert.equal(available(await shop.deliver(order('sat', '2026-01-10'))), 20)
  assert.equal(available(await shop.deliver(order('sun', '2026-01-11'))), 40, 'a new week')
  assert.equal(available(await shop.deliver(order('mon', '2026-01-12'))), 50, '10 left of the week, 10 of the month')
  assert.equal(available(await shop.deliver(order('next', '2026-01-18'))), 50, 'nothing left of the month')
  assert.equal(available(await shop.deliver(order('feb', '2026-02-01'))), 70)
  await assertProven(db, shop)
})

test('a budget is shared by all customers, and named when it is used up', async () => {
  const shop = await openShop(db, { programs: { points: { type: 'points', rules: [spend], caps: { budget: 30 } } } })
  const order = (id: string, customer: number) =>
    orderOf({ id, at: customer, phone: `+96650000000${customer}`, lines: [{ total: 2000 }] })
  const answers = await Promise.all([
    shop.deliver(order('a', 1)),
    shop.deliver(order('b', 2)),
    shop.deliver(order('c', 3)),
  ])
  assert.deepEqual(answers.map(available), [20, 10, 0])
  assert.equal(answers[2]?.reason, 'cap_reached')
  await shop.deliver(orderOf({ id: 'a-back', at: 9, returns: 'a', lines: [{ total: 2000 }] }))
  assert.equal(available(await shop.deliver(order('d', 4))), 20, 'the return has freed 20')
  await assertProven(db, shop)
})

test('C9: fractions are carried from order to order, and a return takes back exactly what its order left', async () => {
  const perThree = { id: 'three', earn: { kind: 'per_amount', units: 1, per: 300 } }
  const shop = await openShop(db, { programs: { points: { type: 'points', rules: [perThree], rounding: 'carry' } } })
  const order = (id: string, at: number, total: number) => orderOf({ id, at, lines: [{ total }] })
  assert.equal(available(await shop.deliver(order('a', 0, 400))), 1, '4/3: 1, and 1/3 is carried')
  assert.equal(available(await shop.deliver(order('b', 1, 400))), 2, '4/3 + 1/3 = 5/3: 1 more, and 2/3 is carried')
  assert.equal(available(await shop.deliver(order('c', 2, 100))), 3, '1/3 + 2/3: the third point, nothing is carried')
  await shop.deliver(orderOf({ id: 'c-back', at: 3, returns: 'c', lines: [{ total: 100 }] }))
  assert.equal(available(await shop.deliver(order('d', 4, 100))), 3, 'the 2/3 are there again')
  const [account] = await db.query<{ carry: string | null }>('select carry from accounts where business_id = $1', [
    shop.businessId,
  ])
  assert.equal(account?.carry, null)
  await assertProven(db, shop)
})

test('L6, C11: an order is assessed by the terms in force when it was paid, however late it or its return arrives', async () => {
  const shop = await openShop(db, { programs: { points: { type: 'points', rules: [spend] } } })
  const { newVersion } = await import('../../src/programs/lifecycle.ts')
  const change = Date.parse('2026-01-10T10:00:00Z') // 60 minutes into the story
  const double = { type: 'points', rules: [{ id: 'spend', earn: { kind: 'per_amount', units: 2, per: 100 } }] }
  const programId = shop.programs.points ?? ''
  shop.clock.set('2026-01-10T09:59:00Z')
  const made = await db.write('system:test', (tx) =>
    newVersion(
      tx,
      { businessId: shop.businessId, programId, definition: double, effectiveFrom: change },
      { clock: shop.clock },
    ),
  )
  assert.equal(made.kind, 'saved', JSON.stringify(made))
  shop.clock.set('2026-01-20T09:00:00Z')
  const order = (id: string, at: number) => orderOf({ id, at, lines: [{ total: 1000, pieces: 2 }] })
  assert.equal(available(await shop.deliver(order('new', 60))), 20, 'paid at the very instant of the change')
  assert.equal(available(await shop.deliver(order('old', 59))), 30, 'paid a minute before: 10')
  const half = (id: string) => orderOf({ id: `${id}-back`, at: 100, returns: id, lines: [{ total: 500, pieces: 1 }] })
  assert.equal(available(await shop.deliver(half('old'))), 25)
  assert.equal(available(await shop.deliver(half('new'))), 15)
  await assertProven(db, shop)
})
