// Somebody connects a POS of their own: what is wrong with what came is said in words until an order
// arrives; a test order earns and is taken back; the work list shows what is left to do.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standardBody } from '../../src/integrations/standard/fixtures/body.ts'
import { callerOf } from '../support/api.ts'
import { testApp } from '../support/app.ts'

const app = await testApp()
const { get, send } = callerOf(app)

test('a POS that is being connected: each mistake is named with its remedy, until the first order', async () => {
  const { pos } = (await send('POST', '/pos-systems', { title: 'Sample POS' })).body
  const { token } = (await send('POST', `/pos-systems/${pos}/tokens`, {})).body
  const order = (body: object, bearer = token) =>
    app.call({ method: 'POST', path: `/pos/1.0.0/${pos}/order`, bearer, body })
  /** Requests are noted without making the POS wait; at most one a second. */
  const latest = async (reason: string) => {
    for (;;) {
      const { body } = await get(`/pos-systems/${pos}/status`)
      if (body.refusals[0]?.reason === reason) return body
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  const empty = (await get(`/pos-systems/${pos}/status`)).body
  assert.deepEqual(
    [empty.order_url, empty.references, empty.latest_order, empty.refusals],
    [`${app.url}/pos/1.0.0/${pos}/order`, [], null, []],
  )
  const sale = standardBody({ id: 'first', business: { reference: 'shop-7' } })

  const nextSecond = async () => {
    const second = Math.floor(Date.now() / 1000)
    while (Math.floor(Date.now() / 1000) === second) await new Promise((resolve) => setImmediate(resolve))
  }
  assert.equal((await order(sale, 'wrong')).status, 401)
  assert.equal((await latest('wrong_token')).refusals[0].remedy, 'new_token')

  await nextSecond()
  assert.equal((await order(sale)).body.result, 'unmatched')
  const [unmatched] = (await latest('not_connected')).refusals
  assert.deepEqual([unmatched.remedy, unmatched.reference], ['connect_reference', 'shop-7'])
  assert.match(unmatched.detail.ar, /shop-7/)

  await nextSecond()
  assert.equal((await order({ ...sale, order: { ...sale.order, total: 'x' } })).status, 422)
  const [invalid] = (await latest('invalid_order')).refusals
  assert.equal(invalid.remedy, 'fix_order')
  assert.match(invalid.detail.en, /\/order\/total/)

  await send('POST', '/connections', { pos, reference: 'shop-7' })
  const arrived = (await get(`/pos-systems/${pos}/status`)).body
  assert.deepEqual(arrived.references, ['shop-7'])
  assert.equal(arrived.latest_order.has_customer, true)
  assert.deepEqual(arrived.refusals, [], 'what came before the order is over')

  const other = await app.newBusiness('550921')
  const foreign = await app.get(`/pos-systems/${pos}/status`, other.apiKey)
  assert.deepEqual([foreign.status, foreign.body.code], [404, 'not_found'])
})

test('a test order earns in every program that can, once for one key, and its void takes all back', async () => {
  const headers = { 'idempotency-key': 'one-click' }
  const sent = await send('POST', '/test-orders', { phone: '0500000321' }, headers)
  assert.equal(sent.status, 201, JSON.stringify(sent.body))
  const earned = sent.body.movements.map((one: { program_type: string; units: number }) => [
    one.program_type,
    one.units,
  ])
  assert.deepEqual(earned, [
    ['points', 24],
    ['stamps', 1],
    ['cashback', 120],
  ])
  assert.match(sent.body.order.pos_order_id, /^TEST-/)
  const again = await send('POST', '/test-orders', { phone: '0500000321' }, headers)
  assert.deepEqual([again.headers.get('idempotency-hit'), again.body], ['true', sent.body])

  const voided = await send('POST', `/test-orders/${sent.body.order.id}/void`)
  assert.equal(voided.body.order.status, 'void')
  assert.deepEqual(
    voided.body.movements.map(({ units, balance }: { units: number; balance: number }) => [units, balance]),
    [
      [-24, 0],
      [-1, 0],
      [-120, 0],
    ],
  )
  const real = await app.post(standardBody({ id: 'real', business: { reference: app.business.reference } }), {
    pos: 'standard',
  })
  assert.equal((await send('POST', `/test-orders/${real.body.order.id}/void`)).status, 409)
  assert.equal((await send('POST', '/test-orders', { phone: '12' })).status, 422)
})

test('the work list: a new business has every step before it; work appears with its number and time', async () => {
  const shop = await app.newBusiness('550922')
  const own = callerOf(app, shop)
  const first = (await own.get('/work-list')).body
  assert.deepEqual(first.setup, { pos_connected: true, program_active: true, reward_active: true, first_order: false })
  assert.deepEqual(first.data, [])
  await own.send('POST', '/test-orders', {})
  assert.equal((await own.get('/work-list')).body.setup.first_order, false, 'a test order is no order of a POS')
  const orphan = standardBody({
    id: 'orphan',
    business: { reference: '550922' },
    order: { status: 'Refunded', original_order_id: 'never-sent' },
  })
  assert.equal((await app.post(orphan, { pos: 'standard' })).body.result, 'parked')
  const { data, setup } = (await own.get('/work-list')).body
  assert.equal(setup.first_order, true)
  assert.deepEqual(
    data.map(({ kind, count }: { kind: string; count: number }) => [kind, count]),
    [['parked_returns', 1]],
  )
})
