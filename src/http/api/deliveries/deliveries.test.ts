// Deliveries over HTTP: everything that was sent is there, and can be applied again without moving
// anything twice.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf } from '../../../../test/support/api.ts'
import { testApp } from '../../../../test/support/app.ts'
import { stateOf } from '../../../../test/support/state.ts'
import { foodicsBody } from '../../../integrations/foodics/fixtures/body.ts'
import { standardBody } from '../../../integrations/standard/fixtures/body.ts'
import { parseId } from '../../../kernel/ids.ts'

const app = await testApp()
const { get, send } = callerOf(app)

const standard = (id: string, more: object = {}) =>
  app.post(standardBody({ id, business: { reference: '440810' }, ...more }), { pos: 'standard' })

test('what was sent is shown as it was sent, when asked', async () => {
  const sent = foodicsBody()
  const answer = await app.post(sent)
  const { body } = await get(`/deliveries/${answer.body.event_id}`)
  const { received_at, ...delivery } = body
  assert(Date.parse(received_at) > Date.parse('2026-01-01'))
  assert.deepEqual(delivery, {
    id: answer.body.event_id,
    pos: 'foodics',
    order_id: answer.body.order.id,
    event: 'customer.order.created',
    result: 'processed',
    reason: null,
    error: null,
    replayed_at: null,
    replayed_by: null,
  })
  const asked = await get(`/deliveries/${answer.body.event_id}?include=body`)
  assert.deepEqual(asked.body, { ...body, body: JSON.parse(JSON.stringify(sent)) })
  assert.equal((await get(`/deliveries/${answer.body.event_id}?include=answer`)).status, 422)
})

test('deliveries are listed by result and by order', async () => {
  const sale = await standard('sold')
  await standard('sold', { event: 'order.created' })
  const parked = await standard('back', { status: 'Refunded', order: { original_order_id: 'unknown' } })
  const ignored = await standard('menu', { event: 'menu.updated' })
  const ids = async (query: string) =>
    (await get(`/deliveries?${query}`)).body.data.map((one: { id: string }) => one.id)
  assert.deepEqual(await ids('result=parked'), [parked.body.event_id])
  assert.deepEqual(await ids('result=ignored'), [ignored.body.event_id])
  assert.deepEqual(await ids('result=failed'), [])
  const ofSale = await ids(`order_id=${sale.body.order.id}`)
  assert.equal(ofSale.length, 2, 'both snapshots')
  assert.deepEqual(await ids(`order_id=${sale.body.order.id}&result=parked`), [])
  assert.deepEqual(await ids('order_id=ord_nothing'), [])
  assert.equal((await ids('')).length, 5)
  assert.equal((await get('/deliveries?result=unmatched')).status, 422)
})

test('a delivery that failed is healed by a replay, and a replay of what was applied moves nothing', async () => {
  const answer = await standard('healed')
  const id = answer.body.event_id
  const before = await stateOf(app, app.business.businessId)
  const again = await send('POST', `/deliveries/${id}/replay`)
  assert.deepEqual([again.status, again.body.id, again.body.result], [200, id, 'processed'])
  const after = await stateOf(app, app.business.businessId)
  for (const table of ['accounts', 'transfers', 'lots', 'orders', 'customers'])
    assert.equal(after[table], before[table], table)
  // No order is known that fails, so one is made to look as if it had.
  await app.ctx.db.query(`update deliveries set result = 'failed', error = 'Error: sample' where id = $1`, [
    parseId('delivery', id),
  ])
  const failed = await get('/deliveries?result=failed')
  assert.deepEqual(
    failed.body.data.map((one: { error: string }) => one.error),
    ['Error: sample'],
  )
  const healed = await send('POST', `/deliveries/${id}/replay`)
  assert.deepEqual([healed.status, healed.body.result, healed.body.error], [200, 'processed', null])
  assert.deepEqual((await get('/deliveries?result=failed')).body.data, [])
})

test('a delivery of a POS behind thousands of another is found, after pages without one', async () => {
  const other = await app.newBusiness('440821')
  const caller = callerOf(app, other)
  // More than a page scans, and ids that are one after another.
  await app.ctx.db.query(
    `insert into deliveries (business_id, id, pos_name, result, dictionary, body, received_at)
     select $1, lpad(n::text, 32, '0')::uuid, case n when 1 then 'standard' else 'foodics' end, 'processed', 1, '', now()
     from generate_series(1, 12000) n`,
    [other.businessId],
  )
  const pages: number[] = []
  for (let cursor = ''; ; ) {
    const { body } = await caller.get(`/deliveries?pos=standard${cursor}`)
    pages.push(body.data.length)
    if (body.next_cursor === null) break
    cursor = `&cursor=${body.next_cursor}`
  }
  assert.deepEqual(pages, [0, 0, 1], 'a page of 50 scans 5,000')
})
