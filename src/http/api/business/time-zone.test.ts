// The time zone of a business: it can change until the first order or movement, which fixes it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf, POINTS_DEFINITION } from '../../../../test/support/api.ts'
import { testApp } from '../../../../test/support/app.ts'
import { proveBusiness } from '../../../audit/verify.ts'
import { standardBody } from '../../../integrations/standard/fixtures/body.ts'
import { ManualClock } from '../../../kernel/clock.ts'

const clock = new ManualClock('2026-03-01T12:00:00Z')
const app = await testApp(undefined, { clock })

/** A business whose units expire a day after the last order, in the zone of the business. */
async function newShop(reference: string) {
  const business = await app.newBusiness(reference)
  const { get, send } = callerOf(app, business)
  const program = await send('POST', '/programs', {
    type: 'points',
    name: { en: 'Sample', ar: 'تجريبي' },
    definition: { ...POINTS_DEFINITION, expiry: { kind: 'sliding', days: 1 } },
  })
  const active = { effective_from: '2026-02-01T00:00:00Z' }
  assert.equal((await send('POST', `/programs/${program.body.id}/activate`, active)).status, 200)
  // 22:30 UTC: the next day in Riyadh, still the same day in New York.
  const at = '2026-02-28T22:30:00Z'
  const times = { updated_at: at, opened_at: at, closed_at: at, business_date: undefined }
  const timestamp = Date.parse(at) / 1000
  const sell = (id: string) =>
    app.post(standardBody({ id, business: { reference }, timestamp, order: times }), { pos: 'standard' })
  return {
    get,
    send,
    sell,
    program: program.body.id as string,
    setZone: (timezone: string) => send('PATCH', '/business', { timezone }),
    prove: async () => assert.deepEqual(await proveBusiness(app.ctx.db, business.businessId), []),
    movements: () =>
      app.ctx.db.query('select * from transfers where business_id = $1 order by id', [business.businessId]),
  }
}

test('orders use the zone that was set before them, also in reports that were open before', async () => {
  const shop = await newShop('zone-1')
  await shop.send('POST', '/customers', { phone: '+966500000077' })
  const visits = () => shop.get('/reports/visits?from=2026-02-01&to=2026-03-02')
  assert.equal((await visits()).status, 200)
  const changed = await shop.setZone('America/New_York')
  assert.deepEqual([changed.status, changed.body.timezone], [200, 'America/New_York'])
  await shop.prove()
  assert.equal((await shop.sell('first')).status, 200)
  const [order] = (await shop.get('/orders?pos_order_id=first')).body.data
  assert.equal(order.business_date, '2026-02-28')
  assert.equal((await visits()).status, 200)
  await shop.prove()
})

test('after the first order the zone is refused with the remedy, and nothing changes', async () => {
  const shop = await newShop('zone-2')
  await shop.sell('first')
  const [order] = (await shop.get('/orders?pos_order_id=first')).body.data
  assert.equal(order.business_date, '2026-03-01')
  const before = await shop.movements()
  assert(before.length > 0)
  const refused = await shop.setZone('America/New_York')
  assert.deepEqual([refused.status, refused.body.code], [409, 'conflict'])
  assert.match(refused.body.detail, /time zone of each branch/)
  assert.equal((await shop.get('/business')).body.timezone, 'Asia/Riyadh')
  assert.deepEqual(await shop.movements(), before)
  await shop.prove()
  const kept = await shop.send('PATCH', '/business', { timezone: 'Asia/Riyadh', language: 'en' })
  assert.deepEqual([kept.status, kept.body.language], [200, 'en'], 'the present zone is no change')
})

test('a movement without an order fixes the zone', async () => {
  const shop = await newShop('zone-3')
  const customer = await shop.send('POST', '/customers', { phone: '+966500000078' })
  const adjustment = { program_id: shop.program, units: 5, reason: 'Sample' }
  assert.equal((await shop.send('POST', `/customers/${customer.body.id}/adjustments`, adjustment)).status, 201)
  assert.equal((await shop.setZone('America/New_York')).status, 409)
  await shop.prove()
})

test('an unknown zone is refused at its field', async () => {
  const shop = await newShop('zone-4')
  for (const wrong of ['Mars/Olympus', '', 3]) {
    const refused = await shop.setZone(wrong as string)
    assert.deepEqual([refused.status, refused.body.errors?.[0]?.pointer], [422, '/timezone'])
  }
})

test('orders that arrive while the zone changes leave a proven ledger, whichever comes first', async () => {
  for (let round = 0; round < 5; round += 1) {
    const shop = await newShop(`race-${round}`)
    const [changed] = await Promise.all([
      shop.setZone('America/New_York'),
      ...['one', 'two', 'three'].map((id) => shop.sell(id)),
    ])
    assert([200, 409].includes(changed.status), JSON.stringify(changed.body))
    const { data } = (await shop.get('/orders')).body
    const days = new Set(data.map((order: { business_date: string }) => order.business_date))
    assert.deepEqual([...days], [changed.status === 200 ? '2026-02-28' : '2026-03-01'])
    await shop.prove()
  }
})
