// Subscriptions over HTTP: periods are granted as they start, and not after the end.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf, keyActor } from '../../../../test/support/api.ts'
import { testApp } from '../../../../test/support/app.ts'
import { proveBusiness } from '../../../audit/verify.ts'
import { ManualClock } from '../../../kernel/clock.ts'
import { formatId } from '../../../kernel/ids.ts'

const clock = new ManualClock('2026-03-10T12:00:00Z')
const app = await testApp(undefined, { clock })
const { get, send } = callerOf(app)

/** Three months, ten uses each. */
const quarter = await send('POST', '/programs', {
  type: 'subscription',
  name: { en: 'Quarter', ar: 'ربع سنة' },
  activate: true,
  effective_from: '2026-01-01T00:00:00Z',
  definition: {
    plan: { products_bought: ['quarter'], period: { unit: 'month', count: 1 }, periods: 3, uses_per_period: 10 },
  },
})
const program_id = quarter.body.id
let phones = 0

async function someone(): Promise<string> {
  phones += 1
  return (await send('POST', '/customers', { phone: `05000${String(phones).padStart(5, '0')}` })).body.id
}

const subscribe = (customer: string, more: object = {}) =>
  send('POST', `/customers/${customer}/subscriptions`, { program_id, ...more })

/** The available uses of the customer. */
async function uses(customer: string): Promise<number> {
  const { balances } = (await get(`/customers/${customer}`)).body
  return balances.find((one: { program_id: string }) => one.program_id === program_id).available
}

test('a plan starts now and its first period is granted', async () => {
  assert.equal(quarter.status, 201, JSON.stringify(quarter.body))
  const customer = await someone()
  const given = await subscribe(customer)
  assert.equal(given.status, 201)
  const { id, ...subscription } = given.body
  assert.match(id, /^sub_/)
  assert.deepEqual(subscription, {
    customer_id: customer,
    program_id,
    version: 1,
    order_id: null,
    status: 'active',
    quantity: 1,
    ended_at: null,
    created_by: await keyActor(app),
    ended_by: null,
    started_at: '2026-03-10T12:00:00.000Z',
    ends_at: '2026-06-10T12:00:00.000Z',
    next_period_at: '2026-04-10T12:00:00.000Z',
  })
  const { body } = await get(`/customers/${customer}`)
  assert.deepEqual(body.subscriptions, [given.body])
  assert.equal(await uses(customer), 10)
  const { data } = (await get(`/customers/${customer}/ledger`)).body
  assert.deepEqual([data[0].kind, data[0].units, data[0].order_id], ['grant', 10, null])
  assert.equal(data[0].why.en, 'Period 1 of 3, from 10 March 2026 to 10 April 2026: 10 uses')
})

test('a plan that started earlier has the uses of the current period; those of past periods have expired', async () => {
  const customer = await someone()
  const given = await subscribe(customer, { starts_at: '2026-01-20T09:00:00Z' })
  assert.equal(given.body.next_period_at, '2026-03-20T09:00:00.000Z')
  assert.equal(await uses(customer), 10)
})

test('a plan that starts later grants nothing yet', async () => {
  const customer = await someone()
  const given = await subscribe(customer, { starts_at: '2026-04-01T00:00:00Z' })
  assert.deepEqual([given.body.status, given.body.next_period_at], ['active', '2026-04-01T00:00:00.000Z'])
  assert.equal(await uses(customer), 0)
})

test('an ended plan starts no further period and keeps the current one', async () => {
  const customer = await someone()
  const { id } = (await subscribe(customer)).body
  clock.advance(1000)
  const ended = await send('POST', `/subscriptions/${id}/end`)
  assert.equal(ended.status, 200)
  const { status, ended_at, next_period_at } = ended.body
  assert.deepEqual([status, ended_at, next_period_at], ['ended', new Date(clock.now()).toISOString(), null])
  assert.equal(await uses(customer), 10)
  assert.deepEqual((await get(`/customers/${customer}`)).body.subscriptions, [])
  const again = await send('POST', `/subscriptions/${id}/end`)
  assert.deepEqual([again.status, again.body.code], [409, 'conflict'])
})

test('a program without a plan, a plan not in force or an impossible start is refused', async () => {
  const customer = await someone()
  const points = formatId('program', app.business.programs.points)
  const pointer = async (more: object) => {
    const { status, body } = await subscribe(customer, more)
    return [status, body.errors?.[0]?.pointer ?? body.code]
  }
  assert.deepEqual(await pointer({ program_id: points }), [422, '/program_id'])
  assert.deepEqual(await pointer({ starts_at: '2025-01-01T00:00:00Z' }), [422, '/starts_at'])
  assert.deepEqual(await pointer({ starts_at: '2036-01-01T00:00:00Z' }), [422, '/starts_at'])
  assert.deepEqual(await pointer({ starts_at: 'tomorrow' }), [422, '/starts_at'])
  await send('POST', `/programs/${program_id}/end`)
  assert.deepEqual(await pointer({}), [409, 'conflict'])
})

test('the ledger is consistent afterwards', async () => {
  assert.deepEqual(await proveBusiness(app.ctx.db, app.business.businessId), [])
})
