import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type OrderStory, orderOf } from '../../test/support/orders.ts'
import { runs } from '../../test/support/runs.ts'
import { compareSnapshots, type KnownOrder, remainingLines, type SnapshotKey } from './family.ts'

function known(story: OrderStory): KnownOrder {
  const order = orderOf(story)
  const { kind, status, occurred_at: occurredAt } = order
  return {
    id: story.id,
    deliveryId: `d-${story.id}`,
    kind,
    status,
    originalId: story.returns ?? null,
    occurredAt,
    businessDate: order.business_date,
    order,
  }
}

const remaining = (sale: KnownOrder, ...returns: KnownOrder[]) =>
  remainingLines(sale, returns).map(({ quantity, inclTax }) => [quantity / 1000, inclTax])

test('A5: snapshots are ordered by number, update, sending, status, event, customer and hash, in this sequence', () => {
  const version = { number: 2, updated_at: 5, timestamp: 5, rank: 1, created: true as const }
  const base: SnapshotKey = { version, namesCustomer: false, deliveryId: 'm' }
  const { created: _, ...updated } = version
  const greater: SnapshotKey[] = [
    { ...base, version: { ...version, number: 3, updated_at: 0, timestamp: 0, rank: 0 }, deliveryId: 'a' },
    { ...base, version: { ...version, updated_at: 6, timestamp: 0 }, deliveryId: 'a' },
    { ...base, version: { ...version, timestamp: 6, rank: 0 }, deliveryId: 'a' },
    { ...base, version: { ...version, rank: 2 }, deliveryId: 'a' },
    { ...base, version: updated, deliveryId: 'a' },
    { ...base, namesCustomer: true, deliveryId: 'a' },
    { ...base, deliveryId: 'n' },
  ]
  for (const other of greater) {
    assert.ok(compareSnapshots(other, base) > 0, JSON.stringify(other))
    assert.ok(compareSnapshots(base, other) < 0, JSON.stringify(other))
  }
  assert.equal(compareSnapshots(base, base), 0)
  // The delivery on record was read by an older adapter; read again it is the same snapshot.
  assert.equal(compareSnapshots(base, { ...base, version: { updated_at: 9, timestamp: 9, rank: 3 } }), 0)
})

test('A5: the order of snapshots is total and transitive, also when only some have a number', () => {
  const few = fc.integer({ min: 0, max: 2 })
  const key = fc.record({
    version: fc.record(
      { number: few, updated_at: few, timestamp: few, rank: few, created: fc.constant(true as const) },
      { requiredKeys: ['updated_at', 'timestamp', 'rank'] },
    ),
    namesCustomer: fc.boolean(),
  })
  const keys = fc.tuple(key, key, key).map((three) => three.map((one, n) => ({ ...one, deliveryId: `d${n}` })))
  fc.assert(
    fc.property(keys, ([a, b, c]) => {
      assert.ok(a && b && c)
      assert.equal(Math.sign(compareSnapshots(a, b)), -Math.sign(compareSnapshots(b, a)))
      assert.notEqual(compareSnapshots(a, b), 0)
      if (compareSnapshots(a, b) < 0 && compareSnapshots(b, c) < 0) assert.ok(compareSnapshots(a, c) < 0)
    }),
    { numRuns: runs(2_000) },
  )
})

test('a line keeps what was not returned; its amount is cut to the last halala, and is 0 when nothing is left', () => {
  const sale = known({ id: 's', lines: [{ pieces: 3, total: 1000 }] })
  const back = (id: string, pieces: number) => known({ id, returns: 's', lines: [{ pieces, total: 0 }] })
  assert.deepEqual(remaining(sale), [[3, 1000]])
  assert.deepEqual(remaining(sale, back('r1', 1)), [[2, 667]], '1000 × 2/3 = 666.67')
  assert.deepEqual(remaining(sale, back('r1', 1), back('r2', 1)), [[1, 333]])
  assert.deepEqual(remaining(sale, back('r1', 1), back('r2', 2)), [[0, 0]])
  assert.deepEqual(remaining(sale, back('r1', 5)), [[0, 0]], 'more than was sold cannot be returned')
})

test('C4: a return is matched with the sold lines, best match first, and names only the returned lines', () => {
  const sale = known({
    id: 's',
    lines: [
      { product: 'latte', pieces: 1, total: 1500, id: 'large' },
      { product: 'latte', pieces: 2, total: 2000, id: 'small' },
      { product: 'cake', pieces: 1, total: 900 },
    ],
  })
  const byPrice = known({ id: 'r1', returns: 's', lines: [{ product: 'latte', pieces: 1, total: 1000 }] })
  assert.deepEqual(
    remaining(sale, byPrice),
    [
      [1, 1500],
      [1, 1000],
      [1, 900],
    ],
    'a latte of 10.00 is a small one',
  )
  const byLine = known({ id: 'r2', returns: 's', lines: [{ product: 'latte', pieces: 1, total: 1, id: 'large' }] })
  assert.deepEqual(
    remaining(sale, byLine),
    [
      [0, 0],
      [2, 2000],
      [1, 900],
    ],
    'where the POS names the line, that is it',
  )
})

test('a voided line counts neither in the sale nor in a return, and a voided return gives nothing back', () => {
  const sale = known({ id: 's', lines: [{ total: 1200 }, { total: 800, status: 'voided' }] })
  assert.deepEqual(remaining(sale), [[1, 1200]])
  assert.deepEqual(
    remaining(
      sale,
      known({ id: 'r', returns: 's', lines: [{ total: 1200, status: 'voided' }], more: { total_incl_tax: 0 } }),
    ),
    [[1, 1200]],
  )
  assert.deepEqual(remaining(sale, known({ id: 'r', returns: 's', status: 'void', lines: [{ total: 1200 }] })), [
    [1, 1200],
  ])
})

test('a refund of an amount without lines is divided over all lines by price', () => {
  const sale = known({
    id: 's',
    lines: [
      { product: 'a', pieces: 3, total: 3000 },
      { product: 'b', total: 1000 },
    ],
  })
  const amount = (id: string, total: number) => known({ id, returns: 's', more: { total_incl_tax: total } })
  assert.deepEqual(remaining(sale, amount('r', 400)), [
    [2.7, 2700],
    [0.9, 900],
  ])
  assert.deepEqual(
    remaining(sale, amount('r1', 1500), amount('r2', 2500)),
    [
      [0, 0],
      [0, 0],
    ],
    'in two parts all of it',
  )
  assert.deepEqual(remaining(sale, amount('r', 9999)), [
    [0, 0],
    [0, 0],
  ])
})

test('C16: a delivery fee that is not refunded does not keep points: only goods count', () => {
  const sale = known({ id: 's', lines: [{ total: 3000 }], more: { charges_incl_tax: 1500, total_incl_tax: 4500 } })
  assert.deepEqual(remaining(sale, known({ id: 'r', returns: 's', more: { total_incl_tax: 3000 } })), [[0, 0]])
})

test('returned goods that are not in the sale are deducted by price', () => {
  const sale = known({ id: 's', lines: [{ product: 'a', total: 3000 }] })
  assert.deepEqual(remaining(sale, known({ id: 'r', returns: 's', lines: [{ product: 'renamed', total: 1500 }] })), [
    [0.5, 1500],
  ])
})

test('refunds in the snapshot of the sale itself count like returns', () => {
  const refunds = [
    { id: '1', amount_incl_tax: 500, occurred_at: 0, lines: [{ line_id: 's-0', quantity: 1000 }] },
    { id: '2', amount_incl_tax: 250, occurred_at: 0 },
  ]
  const sale = known({ id: 's', lines: [{ pieces: 2, total: 1000 }], more: { refunds } })
  assert.deepEqual(remaining(sale), [[0.5, 250]])
})

test('the remaining goods depend on the set of returns, not on their order of arrival', () => {
  const sale = known({
    id: 's',
    lines: [
      { product: 'a', pieces: 2, total: 1001 },
      { product: 'a', pieces: 2, total: 999 },
    ],
  })
  const returns = [1, 2, 3].map((n) =>
    known({ id: `r${n}`, at: n, returns: 's', lines: [{ product: 'a', pieces: 1, total: 500 }] }),
  )
  assert.deepEqual(remaining(sale, ...returns), remaining(sale, ...returns.toReversed()))
})
