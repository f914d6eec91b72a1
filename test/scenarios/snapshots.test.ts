// Which snapshot of an order counts: ties within one second, versions, and unknown states.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { testApp } from '../support/app.ts'
import { openTill } from '../support/till.ts'

const app = await testApp()

const paid = (spec: object) => ({ lines: [{ price: 24 }], ...spec })

test('A5: created without a customer and updated with one in the same second earns in both orders of arrival', async () => {
  // With eight orders, a decision by hash would not be correct for all of them by chance.
  for (let n = 0; n < 8; n++) {
    for (const order of [
      ['created', 'updated'],
      ['updated', 'created'],
    ]) {
      const till = await openTill(app)
      const bodies: Record<string, object> = {
        created: paid({ reference: n, event: 'customer.order.created', customer: null }),
        updated: paid({ reference: n, event: 'customer.order.updated' }),
      }
      for (const event of order) await till.send(bodies[event])
      assert.equal((await till.balances()).points, 24, `${order.join(', then ')}, order ${n}`)
      await till.assertProven()
    }
  }
})

test('A5: of two otherwise equal snapshots the one with the customer counts', async () => {
  for (const order of [
    [null, undefined],
    [undefined, null],
  ]) {
    const till = await openTill(app)
    for (const customer of order) await till.send(paid({ ...(customer === null && { customer }) }))
    assert.equal((await till.balances()).points, 24)
  }
})

/**
 * Sends bodies in the standard format in an order; returns the results and the points of Sample
 * Customer 1.
 */
async function sendStandard(bodies: readonly object[]): Promise<{ results: string[]; points: number }> {
  const till = await openTill(app)
  const results: string[] = []
  for (const body of bodies) {
    const own = { ...body, business: { reference: till.business.reference } }
    const { status, body: answer } = await app.post(own, { pos: 'standard' })
    assert.equal(status, 200, JSON.stringify(answer))
    results.push(answer.result)
  }
  await till.assertProven()
  return { results, points: (await till.balances()).points }
}

const EARLIER = '2023-01-01T18:00:00+03:00'

test('A5: order.version decides before any time: a void of version 2 stamped before the sale of version 1 takes effect', async () => {
  const sale = standardBody({ order: { version: 1 } })
  const undone = standardBody({ status: 'Void', order: { version: 2, updated_at: EARLIER } })
  assert.deepEqual(await sendStandard([sale, undone]), { results: ['processed', 'processed'], points: 0 })
  assert.deepEqual(await sendStandard([undone, sale]), { results: ['processed', 'stale'], points: 0 })
})

test('A5: a snapshot without a version is older than any with one', async () => {
  const first = standardBody({ order: { version: 1, updated_at: EARLIER } })
  const plain = standardBody({ lines: [{ price: 50 }] })
  // Two lattes at 12.00; the 50.00 of the snapshot without a version never count.
  assert.deepEqual(await sendStandard([first, plain]), { results: ['processed', 'stale'], points: 24 })
  assert.deepEqual(await sendStandard([plain, first]), { results: ['processed', 'processed'], points: 24 })
})

test('A16: an order with an unknown status, type or source is stored, answered `ignored`, and can be replayed', async () => {
  const till = await openTill(app)
  const get = async (id: string) => (await app.get(`/deliveries/${id}?include=body`, till.business.apiKey)).body
  const unknown = [
    ['status', till.body({ reference: 1, status: 9 })],
    ['type', till.body({ reference: 2, type: 5 })],
    ['source', till.body({ reference: 3, source: 4 })],
    ['status of a line', till.body({ reference: 4, lines: [{ price: 24, status: 8 }] })],
  ] as const
  for (const [what, body] of unknown) {
    const answer = await till.send(body)
    assert.deepEqual([answer.result, answer.reason, answer.order], ['ignored', 'unknown_status', null], what)
    const kept = await get(answer.event_id)
    assert.deepEqual([kept.result, kept.reason, kept.body], ['ignored', 'unknown_status', body], what)
    const path = `/api/v1/deliveries/${answer.event_id}/replay`
    const replayed = await app.call({ method: 'POST', path, bearer: till.business.apiKey })
    assert.deepEqual([replayed.status, replayed.body.result], [200, 'ignored'], what)
  }
  const standard = standardBody({ status: 'Partially paid', business: { reference: till.business.reference } })
  const { status, body: answer } = await app.post(standard, { pos: 'standard' })
  assert.deepEqual([status, answer.result, answer.reason], [200, 'ignored', 'unknown_status'])
  // The same order in a known state earns as usual.
  assert.equal((await till.send(till.body({ reference: 1, lines: [{ price: 24 }] }))).units.points, 24)
  assert.equal((await app.post(till.body({ reference: 5, status: 0 }))).status, 422)
  await till.assertProven()
})
