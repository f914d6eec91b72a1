// The timeline of a customer has everything that happened, once, in pages of any size; previews
// say what would happen and write nothing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf } from '../../../../test/support/api.ts'
import { testApp } from '../../../../test/support/app.ts'
import { stateOf } from '../../../../test/support/state.ts'
import { standardBody } from '../../../integrations/standard/fixtures/body.ts'
import { ManualClock } from '../../../kernel/clock.ts'
import { formatId } from '../../../kernel/ids.ts'

const clock = new ManualClock('2026-06-01T12:00:00Z')
const app = await testApp(undefined, { clock })
const { get, send } = callerOf(app)
const { businessId, programs } = app.business
const points = formatId('program', programs.points)
const plan = formatId('program', programs.subscription)

async function sell(id: string, phone: string, price: number) {
  clock.advance(60_000)
  const at = new Date(clock.now()).toISOString()
  const customer = { id: phone, name: 'Sample Customer', dial_code: 966, phone }
  const times = { updated_at: at, opened_at: at, closed_at: at, business_date: at.slice(0, 10), reference: id }
  const body = standardBody({
    id,
    business: { reference: '440810' },
    timestamp: Date.parse(at) / 1000,
    order: { customer, ...times },
    lines: [{ price, quantity: 1 }],
  })
  const answer = await app.post(body, { pos: 'standard' })
  assert.equal(answer.status, 200)
  return answer.body
}

const sale = await sell('earned', '0510000001', 100)
const id = sale.customer.id
const into = (await send('POST', '/customers', { phone: '0510000002', name: 'Other' })).body.id
// Nobody earns on nothing.
await sell('nothing', '0510000001', 0)
clock.advance(1000)
await send('POST', `/customers/${id}/notes`, { text: 'Sample note' })
await send('POST', `/customers/${id}/claims`, { reward_id: formatId('reward', app.business.rewards.coffee) })
await send('POST', `/customers/${id}/subscriptions`, { program_id: plan })
clock.advance(1000)
await send('POST', `/customers/${id}/adjustments`, { program_id: points, units: 7, reason: 'Sample' })
await send('POST', `/customers/${id}/phone`, { phone: '0510000003', reason: 'New number' })

interface Entry {
  type: string
  at: string
  movement?: { id: string; kind: string; actor: { kind: string } | null; why: { en: string; ar: string } }
  order?: { reference: string; reason: string | null; reason_text: { en: string; ar: string } | null }
}

async function walk(customer: string, limit: number, more = ''): Promise<Entry[]> {
  const entries: Entry[] = []
  for (let cursor = ''; ; ) {
    const { status, body } = await get(`/customers/${customer}/timeline?limit=${limit}${cursor}${more}`)
    assert.equal(status, 200, JSON.stringify(body))
    entries.push(...body.data)
    if (body.next_cursor === null) return entries
    cursor = `&cursor=${body.next_cursor}`
  }
}

test('everything that happened is there once, the latest first, in pages of any size', async () => {
  const whole = await walk(id, 200)
  assert.deepEqual([...new Set(whole.map(({ type }) => type))].sort(), [
    'claim',
    'movement',
    'note',
    'order',
    'phone',
    'subscription',
  ])
  const times = whole.map(({ at }) => at)
  assert.deepEqual(times, [...times].sort().reverse())
  const ledger = await get(`/customers/${id}/ledger?limit=200`)
  assert.deepEqual(
    whole.flatMap(({ movement }) => movement?.id ?? []),
    ledger.body.data.map((one: { id: string }) => one.id),
    'every movement',
  )
  for (const limit of [1, 2, 3, 5]) assert.deepEqual(await walk(id, limit), whole, `${limit}`)
})

test('a movement has its reason in both languages, its actor and its order', async () => {
  const whole = await walk(id, 200)
  const earned = whole.find(({ movement }) => movement?.kind === 'earn')
  assert.match(earned?.movement?.why.en ?? '', /100\.00 SAR/)
  assert.match(earned?.movement?.why.ar ?? '', /ريال/)
  assert.equal(earned?.order?.reference, 'earned')
  assert.equal(whole.find(({ movement }) => movement?.kind === 'adjust')?.movement?.actor?.kind, 'key')
  const nothing = whole.find(({ type }) => type === 'order')
  assert.deepEqual([nothing?.order?.reference, typeof nothing?.order?.reason_text?.ar], ['nothing', 'string'])
})

test('only what was earned, used or lost', async () => {
  const kinds = async (show: string) =>
    [...new Set((await walk(id, 2, `&show=${show}`)).map(({ movement }) => movement?.kind))].sort()
  assert.deepEqual(await kinds('used'), ['hold'])
  assert.deepEqual(await kinds('earned'), ['adjust', 'earn', 'grant'])
  assert.deepEqual(await kinds('lost'), [])
})

test('a preview of an adjustment is what the adjustment does, and writes nothing', async () => {
  const body = { program_id: points, units: 50, reason: 'Sample' }
  const before = await stateOf(app, businessId)
  const preview = await send('POST', `/customers/${id}/adjustments/preview`, body)
  assert.equal(preview.status, 200)
  assert.deepEqual(await stateOf(app, businessId), before)
  const done = await send('POST', `/customers/${id}/adjustments`, body)
  assert.equal(done.status, 201)
  assert.deepEqual(preview.body.balance, done.body.balance)
  const refused = await send('POST', `/customers/${id}/adjustments/preview`, { ...body, units: -1_000_000 })
  assert.deepEqual([refused.status, refused.body.code], [409, 'insufficient_units'])
})

test('a preview of a merge is the customer that it leads to, and writes nothing', async () => {
  const before = await stateOf(app, businessId)
  const body = { into, reason: 'Same person' }
  const preview = await send('POST', `/customers/${id}/merge/preview`, body)
  assert.equal(preview.status, 200, JSON.stringify(preview.body))
  assert.deepEqual(await stateOf(app, businessId), before)
  const done = await send('POST', `/customers/${id}/merge`, body)
  assert.equal(done.status, 200)
  assert.deepEqual(preview.body.balances, done.body.balances)
  const types = (await walk(into, 3)).map(({ type }) => type)
  assert(types.includes('merge') && types.includes('note') && types.includes('claim'), types.join(' '))
})
