// How long a code is valid, and rewards for products that do not exist any more.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ManualClock } from '../../src/kernel/clock.ts'
import { formatId } from '../../src/kernel/ids.ts'
import { testApp } from '../support/app.ts'
import { addReward, ask, claimReward } from '../support/claims.ts'
import { openTill, type Till } from '../support/till.ts'

/** 23:55 on Wednesday in Riyadh. */
const clock = new ManualClock('2026-01-14T20:55:00Z')
const app = await testApp(undefined, { clock })

const FREE = { kind: 'percent_products', percent: 100 }

async function holderOf(lines?: object[]): Promise<{ till: Till; customer: string }> {
  const till = await openTill(app)
  const closedAt = new Date(clock.now()).toISOString().slice(0, 19).replace('T', ' ')
  const { customer } = await till.send({ reference: 1, closedAt, ...(lines && { lines }) })
  return { till, customer: customer?.id ?? '' }
}

function tryToClaim({ business }: Till, customer: string, body: object) {
  return app.call({ method: 'POST', path: `/api/v1/customers/${customer}/claims`, bearer: business.apiKey, body })
}

test('A16: a code never outlives its reward: the last day ends in five minutes', async () => {
  const { till, customer } = await holderOf()
  const terms = { kind: 'fixed_order', discount_amount: 500, dates: { to: '2026-01-14' } }
  const code = await claimReward(app, till, customer, await addReward(app, till, 20, terms))
  const check = await ask(app, till, 'reward', code)
  assert.equal(check.body.expires_at, '2026-01-14T21:00:00.000Z')
  clock.advance(5 * 60_000)
  assert.equal((await ask(app, till, 'reward', code)).body.code, 'reward_expired')
  clock.set('2026-01-14T20:55:00Z')
})

test('A16: nor the card that it is for', async () => {
  const { till, customer } = await holderOf([{ price: 10, quantity: 6 }])
  const expires = '2026-01-14T20:58:00.000Z'
  await app.ctx.db.query('update awards set expires_at = $2 where business_id = $1', [
    till.business.businessId,
    expires,
  ])
  const body = { program_id: formatId('program', till.business.programs.stamps) }
  const made = await tryToClaim(till, customer, body)
  assert.equal(made.body.expires_at, expires)
  assert.equal((await ask(app, till, 'reward', made.body.code)).body.expires_at, expires)
})

test('A16: a reward for products of which none exists is not claimed, where the catalogue is known', async () => {
  const { till, customer } = await holderOf()
  const { businessId } = till.business
  const category = await addReward(app, till, 1, { ...FREE, categories: ['hot'] })
  const product = await addReward(app, till, 1, { ...FREE, products: ['SKU-latte'] })
  const order = await addReward(app, till, 1, { kind: 'fixed_order', discount_amount: 100 })
  const claims = async () => {
    const answers = []
    for (const reward_id of [category, product, order]) answers.push(await tryToClaim(till, customer, { reward_id }))
    return answers.map(({ status, body }) => (status === 201 ? 201 : body.code))
  }
  assert.deepEqual(await claims(), [201, 201, 201], 'without a catalogue nobody knows')
  const account = (synced: string | null) =>
    app.ctx.db.query(
      `insert into installations (business_id, pos_name, status, reference, access_token, calls_since, sync_due_at, connected_at, updated_at, synced_at)
       values ($1, 'foodics', 'connected', '1', '', now(), now(), now(), now(), $2)
       on conflict (business_id, pos_name) do update set synced_at = excluded.synced_at`,
      [businessId, synced],
    )
  await account(null)
  assert.deepEqual(await claims(), [201, 201, 201], 'it has not been read whole')
  await account('2026-01-14T00:00:00Z')
  assert.deepEqual(await claims(), ['reward_unavailable', 'reward_unavailable', 201])
  await app.ctx.db.query(
    `insert into catalogue_products (business_id, pos_name, product_id, name, name_ar, category_id, sku, price, active, seen_at)
     values ($1, 'foodics', 'latte', 'latte', 'latte', 'hot', 'SKU-latte', 1200, true, now())`,
    [businessId],
  )
  assert.deepEqual(await claims(), [201, 201, 201])
  await app.ctx.db.query('update catalogue_products set gone_at = now() where business_id = $1', [businessId])
  const refused = await tryToClaim(till, customer, { reward_id: category })
  assert.match(refused.body.detail, /None of the products of the reward exists/)
  await till.assertProven()
})

test('A16: a reward for products names products or categories, in every way that one is made', async () => {
  const { till } = await holderOf()
  const { apiKey, programs } = till.business
  const name = { en: 'Sample', ar: 'تجريبي' }
  const base = { name, program_id: formatId('program', programs.points), price: 1, ...FREE }
  for (const more of [{}, { products: [] }, { categories: [] }]) {
    const made = await app.call({ method: 'POST', path: '/api/v1/rewards', bearer: apiKey, body: { ...base, ...more } })
    assert.equal(made.status, 422, JSON.stringify(more))
  }
  const reward = await addReward(app, till, 1, { ...FREE, products: ['latte'] })
  const path = `/api/v1/rewards/${reward}/versions`
  assert.equal((await app.call({ method: 'POST', path, bearer: apiKey, body: { price: 1, ...FREE } })).status, 422)
  const card = { type: 'stamps', goal: 6, rules: [{ id: 'a', earn: { kind: 'per_item', units: 1 } }] }
  const program = await app.call({
    method: 'POST',
    path: '/api/v1/programs',
    bearer: apiKey,
    body: { type: 'stamps', name, definition: { ...card, reward: { name, discount: FREE } } },
  })
  assert.equal(program.status, 422)
})
