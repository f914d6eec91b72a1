// Orders and deliveries by filters: exactly those that match, in bounded pages, as JSON and CSV.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf } from '../../../../test/support/api.ts'
import { testApp } from '../../../../test/support/app.ts'
import { createApiKey } from '../../../businesses/api-keys.ts'
import { standardBody } from '../../../integrations/standard/fixtures/body.ts'
import { ManualClock } from '../../../kernel/clock.ts'

const clock = new ManualClock('2026-06-01T12:00:00Z')
const app = await testApp(undefined, { clock })
const { get } = callerOf(app)

interface Sale {
  price?: number
  phone?: string | null
  branch?: string
  status?: string
  of?: string
}

async function sell(
  id: string,
  { price = 24, phone = '0510000001', branch = 'olaya', status = 'Paid', of }: Sale = {},
) {
  clock.advance(60_000)
  const at = new Date(clock.now()).toISOString()
  const customer = phone === null ? null : { id: phone, name: 'سارة, "S"', dial_code: 966, phone }
  const times = { updated_at: at, opened_at: at, closed_at: at, business_date: at.slice(0, 10) }
  const order = { customer, reference: id, branch: { id: branch, name: branch }, ...times }
  const body = standardBody({
    id,
    status,
    business: { reference: '440810' },
    timestamp: Date.parse(at) / 1000,
    order: { ...order, ...(of && { original_order_id: of }) },
    lines: [{ price, quantity: 2 }],
  })
  const answer = await app.post(body, { pos: 'standard' })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}

const sale = await sell('earned')
await sell('large', { price: 500, branch: 'airport' })
await sell('nobody', { phone: null })
await sell('nothing', { price: 0 })
await sell('back', { status: 'Refunded', phone: null, of: 'unknown' })

const found = async (query: string): Promise<string[]> => {
  const { status, body } = await get(`/orders?${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body.data.map((one: { pos_order_id: string }) => one.pos_order_id)
}

test('each filter finds exactly its orders, the latest first', async () => {
  assert.deepEqual(await found(''), ['back', 'nothing', 'nobody', 'large', 'earned'])
  assert.deepEqual(await found('with_customer=true'), ['nothing', 'large', 'earned'])
  assert.deepEqual(await found('with_customer=false'), ['back', 'nobody'])
  assert.deepEqual(await found('earned=true'), ['large', 'earned'])
  assert.deepEqual(await found('earned=false'), ['nothing', 'nobody'])
  assert.deepEqual(await found('earned=false&with_customer=true'), ['nothing'])
  assert.deepEqual(await found('reason=no_customer'), ['nobody'])
  assert.deepEqual(await found('min_total=10000'), ['large'])
  assert.deepEqual(await found('max_total=0'), ['nothing'])
  assert.deepEqual(await found('reference=large'), ['large'])
  assert.deepEqual(await found('pos=foodics'), [])
  const { body } = await get('/branches')
  const airport = body.data.find((one: { pos_branch_id: string }) => one.pos_branch_id === 'airport').id
  assert.deepEqual(await found(`branch_id=${airport}&earned=true`), ['large'])
  assert.deepEqual(await found(`customer_id=${sale.customer.id}&min_total=1`), ['large', 'earned'])
  assert.equal((await get('/orders?reason=nonsense')).status, 422)
})

test('an order that earned nothing says why in both languages', async () => {
  const { body } = await get('/orders?earned=false')
  for (const { reason, reason_text } of body.data) {
    assert.equal(typeof reason, 'string')
    assert(reason_text.en.length > 5 && reason_text.ar.length > 5)
  }
  assert.equal((await get('/orders?earned=true')).body.data[0].reason_text, null)
})

test('the customer is named only where the caller may read customers', async () => {
  const { body } = await get('/orders?include=customer&earned=true')
  assert.deepEqual(body.data[0].customer, { id: sale.customer.id, name: 'سارة, "S"', phone: '+966510000001' })
  const key = { businessId: app.business.businessId, name: 'Sample', scopes: ['orders:read'] as const }
  const { secret } = await createApiKey(app.ctx.db.by('system:test'), { ...key, scopes: [...key.scopes] }, app.ctx)
  const narrow = callerOf(app, { apiKey: secret })
  const refused = await narrow.get('/orders?include=customer')
  assert.deepEqual([refused.status, refused.body.scope], [403, 'customers:read'])
  assert.equal((await narrow.get(`/orders/${sale.order.id}`)).body.customer, undefined)
  const csv = await app.call({ path: '/api/v1/orders?format=csv', bearer: secret })
  assert.doesNotMatch(csv.body, /سارة|966510000001/)
})

test('a CSV file of orders has the rows of the filter, quoted where needed', async () => {
  const { body } = await app.call({ path: '/api/v1/orders?format=csv&earned=true', bearer: app.business.apiKey })
  const lines = (body as string).split('\r\n')
  assert.match(lines[0] ?? '', /^\ufeff?ID,Number,POS/)
  assert.equal(lines.length, 4)
  assert.match(
    lines[1] ?? '',
    /,large,standard,large,sale,paid,airport,cus_\w+,"سارة, ""S""",\+966510000001,2026-06-01,/,
  )
  assert.match(lines[1] ?? '', /,1000,SAR,,$/)
})

test('one order names its customer, what was returned, and the programs in which it earned nothing', async () => {
  await sell('half', { status: 'Refunded', phone: null, of: 'earned', price: 24 })
  const { body } = await get(`/orders/${sale.order.id}`)
  assert.equal(body.customer.phone, '+966510000001')
  assert.deepEqual(
    body.returned.map(({ quantity, total_incl_tax }: Record<string, number>) => [quantity, total_incl_tax]),
    [[2, 4800]],
  )
  const large = await get(`/orders?reference=large`)
  const one = await get(`/orders/${large.body.data[0].id}`)
  // The sample stamps are for hot drinks.
  assert.deepEqual(
    one.body.not_earned.map(({ code }: { code: string }) => code),
    ['rules_not_met'],
  )
})

test('deliveries by result, POS and time; the body needs its own scope', async () => {
  const of = async (query: string) => {
    const { status, body } = await get(`/deliveries?${query}`)
    assert.equal(status, 200, JSON.stringify(body))
    return body.data.length
  }
  assert.deepEqual([await of(''), await of('results=parked'), await of('results=parked&results=processed')], [6, 1, 6])
  assert.deepEqual([await of('pos=standard'), await of('pos=foodics')], [6, 0])
  assert.deepEqual([await of('from=2026-06-01&to=2026-06-01'), await of('to=2026-05-31')], [6, 0])
  const { body } = await get('/deliveries?result=parked')
  const { secret } = await createApiKey(
    app.ctx.db.by('system:test'),
    { businessId: app.business.businessId, name: 'Sample', scopes: ['deliveries:read'] },
    app.ctx,
  )
  const narrow = callerOf(app, { apiKey: secret })
  const path = `/deliveries/${body.data[0].id}`
  assert.equal((await narrow.get(path)).status, 200)
  const refused = await narrow.get(`${path}?include=body`)
  assert.deepEqual([refused.status, refused.body.scope], [403, 'deliveries:body'])
  assert.match(JSON.stringify((await get(`${path}?include=body`)).body.body), /back/)
  const csv = await app.call({ path: '/api/v1/deliveries?format=csv&results=parked', bearer: app.business.apiKey })
  assert.equal((csv.body as string).split('\r\n').length, 3)
})

test('references that are not connected are listed for a POS of the business alone', async () => {
  assert.deepEqual((await get('/unmatched-deliveries')).body.data, [])
  const own = await callerOf(app).send('POST', '/pos-systems', { title: 'Own' })
  const token = await callerOf(app).send('POST', `/pos-systems/${own.body.pos}/tokens`, {})
  const body = standardBody({ id: 'x', business: { reference: '9999' } })
  const path = `/pos/1.0.0/${own.body.pos}/order`
  for (const _ of [1, 2]) await app.call({ method: 'POST', path, bearer: token.body.token, body })
  const { body: list } = await get('/unmatched-deliveries')
  assert.deepEqual(
    list.data.map(({ pos, reference, deliveries }: Record<string, unknown>) => [pos, reference, deliveries]),
    [[own.body.pos, '9999', 1]],
  )
})
