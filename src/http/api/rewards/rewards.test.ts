// Rewards over HTTP: made of each kind, changed by versions, named, archived; each mistake named
// where it was made.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf, keyActor, OFFER } from '../../../../test/support/api.ts'
import { type Answer, testApp } from '../../../../test/support/app.ts'
import { stateOf } from '../../../../test/support/state.ts'
import { standardBody } from '../../../integrations/standard/fixtures/body.ts'
import { ManualClock } from '../../../kernel/clock.ts'
import { formatId } from '../../../kernel/ids.ts'

const clock = new ManualClock('2026-03-01T12:00:00Z')
const app = await testApp(undefined, { clock })
const { get, send } = callerOf(app)
const other = await app.newBusiness('550921')
const stranger = callerOf(app, other)

const program = (type: 'points' | 'stamps' | 'cashback' | 'subscription') =>
  formatId('program', app.business.programs[type])
const name = { en: 'A treat', ar: 'هدية' }
const NEW = { name, program_id: program('points'), ...OFFER }
const create = (more: object = {}) => send('POST', '/rewards', { ...NEW, ...more })

/** One branch of each business, known from an order. */
for (const reference of ['440810', '550921'])
  await app.post(standardBody({ id: `sale-${reference}`, business: { reference } }), { pos: 'standard' })
const branch = (await get('/branches')).body.data[0].id
const foreignBranch = (await stranger.get('/branches')).body.data[0].id

async function made(more: object = {}): Promise<Answer['body']> {
  const { status, body } = await create(more)
  assert.equal(status, 201, JSON.stringify(body))
  return body
}

function pointers({ status, body }: Answer): string[] {
  assert.deepEqual([status, body.code], [422, 'invalid_request'], JSON.stringify(body))
  for (const error of body.errors)
    assert(error.message && /[\u0600-\u06ff]/.test(error.message_ar), `${error.pointer} is explained in both languages`)
  return body.errors.map((error: { pointer: string }) => error.pointer)
}

const OF_PRODUCTS = { quantity: 1, includes_modifiers: false }

const KINDS: [given: object, filledIn: object][] = [
  [{ kind: 'fixed_order', discount_amount: 500 }, {}],
  [{ kind: 'percent_order', percent: 10, max_discount_amount: 2000 }, {}],
  [{ kind: 'fixed_products', discount_amount: 300, products: ['_7g3g8555'] }, OF_PRODUCTS],
  [{ kind: 'percent_products', percent: 100, categories: ['_7ad32937'], quantity: 2 }, { includes_modifiers: false }],
]

for (const [given, filledIn] of KINDS) {
  test(`made as given, its defaults written out: ${JSON.stringify(given)}`, async () => {
    const answer = await send('POST', '/rewards', { name, program_id: program('points'), price: 20, ...given })
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
    const { id, ...reward } = answer.body
    assert.match(id, /^rwd_[0-9a-z]{26}$/)
    const at = new Date(clock.now()).toISOString()
    const offer = { price: 20, combinable: true, on_return: 'full_return', ...given, ...filledIn }
    assert.deepEqual(reward, {
      program_id: program('points'),
      program_type: 'points',
      unit: 'point',
      currency: 'SAR',
      name,
      image_url: null,
      status: 'active',
      version: 1,
      taken: 0,
      ...offer,
      created_at: at,
      updated_at: at,
      updated_by: await keyActor(app),
      versions: [{ version: 1, ...offer, created_at: at, created_by: await keyActor(app) }],
    })
    assert.deepEqual((await get(`/rewards/${id}`)).body, answer.body)
    const { versions: _, ...listed } = answer.body
    assert.deepEqual((await get('/rewards?limit=1')).body.data, [listed])
  })
}

test('every term is kept', async () => {
  const terms = {
    minimum_order_amount: 2000,
    branches: [branch],
    dates: { from: '2026-01-01', to: '2026-12-31' },
    weekdays: ['sun', 'mon'],
    hours: [{ from: '22:00', to: '02:00' }],
    limits: { per_customer: 1, in_all: 100 },
    combinable: false,
    on_return: 'never',
  }
  const body = await made({ ...terms, image_url: 'https://shop.example/treat.png' })
  assert.deepEqual({ ...body, ...terms }, body)
  assert.equal(body.image_url, 'https://shop.example/treat.png')
})

test('a reward that costs nothing may belong to any program; only points buy one', async () => {
  for (const [type, unit] of [
    ['stamps', 'stamp'],
    ['cashback', 'SAR'],
    ['subscription', 'use'],
  ] as const) {
    assert.equal((await made({ program_id: program(type), price: 0 })).unit, unit)
    assert.deepEqual(pointers(await create({ program_id: program(type), price: 1 })), ['/price'])
  }
})

test('mistakes are named by pointer, in both languages', async () => {
  assert.deepEqual(pointers(await send('POST', '/rewards', {})), ['/name', '/program_id', '/price', '/kind'])
  assert.deepEqual(pointers(await send('POST', '/rewards')), ['/name', '/program_id', '/price', '/kind'])
  const cases: [more: object, ...pointers: string[]][] = [
    [{ name: { en: 'Only English' } }, '/name/ar'],
    [{ name: { en: ' ', ar: 'هدية' } }, '/name/en'],
    [{ name: 'A treat' }, '/name'],
    [{ surprise: 1 }, '/surprise'],
    [{ price: -1 }, '/price'],
    [{ price: 0.5 }, '/price'],
    [{ price: '20' }, '/price'],
    [{ kind: 'free' }, '/kind'],
    [{ discount_amount: '5.00' }, '/discount_amount'],
    [{ percent: 10 }, '/percent'],
    [{ kind: 'percent_order' }, '/percent', '/discount_amount'],
    [{ kind: 'fixed_products' }, '/products'],
    [{ products: ['a'], quantity: 1 }, '/products', '/quantity'],
    [{ max_discount_amount: 100 }, '/max_discount_amount'],
    [{ dates: { from: '2026-02-30' } }, '/dates/from'],
    [{ dates: { from: '2026-02-02', to: '2026-02-01' } }, '/dates/to'],
    [{ hours: [{ from: '8:00', to: '09:00' }] }, '/hours/0/from'],
    [{ hours: [{ from: '08:00', to: '08:00' }] }, '/hours/0/to'],
    [{ weekdays: ['monday'] }, '/weekdays/0'],
    [{ limits: { per_customer: 2, in_all: 1 } }, '/limits/per_customer'],
    [{ on_return: 'pro_rata' }, '/on_return'],
    [{ image_url: 'http://shop.example/a.png' }, '/image_url'],
    [{ image_url: `https://shop.example/${'a'.repeat(2048)}` }, '/image_url'],
    [{ branches: [branch, 'brn_1'] }, '/branches/1'],
    [{ image_url: 'a', price: 0, percent: 5 }, '/image_url', '/percent'],
  ]
  const before = await stateOf(app, app.business.businessId)
  for (const [more, ...expected] of cases) {
    assert.deepEqual(pointers(await create(more)).sort(), expected.sort(), JSON.stringify(more))
  }
  assert.deepEqual(await stateOf(app, app.business.businessId), before, 'nothing refused leaves anything behind')
})

test("L9: another business's branch is as unknown as one that does not exist", async () => {
  const absent = `brn_${'0'.repeat(26)}`
  const answer = await create({ branches: [branch, foreignBranch, absent] })
  assert.deepEqual(pointers(answer), ['/branches/1', '/branches/2'])
  assert.equal(answer.body.errors[0].message, answer.body.errors[1].message)
  const { id } = await made()
  assert.deepEqual(pointers(await send('POST', `/rewards/${id}/versions`, { ...OFFER, branches: [foreignBranch] })), [
    '/branches/0',
  ])
})

test("L9: another business's program is as absent as one that does not exist", async () => {
  for (const program_id of [formatId('program', other.programs.points), 'prg_nothing', `prg_${'0'.repeat(26)}`]) {
    const { status, body } = await create({ program_id })
    assert.deepEqual([status, body.code, body.detail], [404, 'not_found', 'No program has this ID.'])
  }
})

test('a version changes price and terms as a whole; the ones before stay as they were', async () => {
  const { id, created_at } = await made({ minimum_order_amount: 2000, image_url: 'https://shop.example/a.png' })
  clock.advance(60_000)
  const changed = await send('POST', `/rewards/${id}/versions`, { kind: 'percent_order', percent: 15, price: 30 })
  assert.equal(changed.status, 201)
  const at = new Date(clock.now()).toISOString()
  const second = { price: 30, kind: 'percent_order', percent: 15, combinable: true, on_return: 'full_return' }
  const { versions, ...reward } = changed.body
  assert.deepEqual(
    { ...reward, ...second, version: 2, created_at, updated_at: at, image_url: 'https://shop.example/a.png' },
    reward,
  )
  assert(!('minimum_order_amount' in reward) && !('discount_amount' in reward), 'what is left out no longer holds')
  const first = { price: 20, kind: 'fixed_order', discount_amount: 500, minimum_order_amount: 2000 }
  assert.deepEqual(versions, [
    { version: 2, ...second, created_at: at, created_by: await keyActor(app) },
    { version: 1, ...first, combinable: true, on_return: 'full_return', created_at, created_by: await keyActor(app) },
  ])
  const mistaken = { kind: 'fixed_order', percent: 5, price: 10 }
  assert.deepEqual(pointers(await send('POST', `/rewards/${id}/versions`, mistaken)), ['/discount_amount', '/percent'])
  assert.deepEqual(pointers(await send('POST', `/rewards/${id}/versions`, { ...OFFER, name })), ['/name'])
  assert.deepEqual((await get(`/rewards/${id}`)).body, changed.body)
})

test('a version of a reward that costs nothing may not be priced where nothing can pay', async () => {
  const { id } = await made({ program_id: program('stamps'), price: 0 })
  assert.deepEqual(pointers(await send('POST', `/rewards/${id}/versions`, OFFER)), ['/price'])
})

test('ten versions at once are ten versions, one after the other', async () => {
  const { id } = await made()
  const prices = Array.from({ length: 10 }, (_, n) => 100 + n)
  const answers = await Promise.all(prices.map((price) => send('POST', `/rewards/${id}/versions`, { ...OFFER, price })))
  assert(answers.every(({ status }) => status === 201))
  const { version, price, versions } = (await get(`/rewards/${id}`)).body
  assert.deepEqual(
    versions.map((one: { version: number }) => one.version),
    [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
  )
  assert.deepEqual([version, price], [11, versions[0].price])
})

test('name and picture change without a version', async () => {
  const { id } = await made({ image_url: 'https://shop.example/a.png' })
  clock.advance(60_000)
  const renamed = await send('PATCH', `/rewards/${id}`, { name: { en: 'Another' } })
  assert.deepEqual([renamed.status, renamed.body.name, renamed.body.version], [200, { en: 'Another', ar: 'هدية' }, 1])
  assert.equal(renamed.body.image_url, 'https://shop.example/a.png')
  assert.equal(renamed.body.updated_at, new Date(clock.now()).toISOString())
  const pictured = await send('PATCH', `/rewards/${id}`, { image_url: 'https://shop.example/b.png' })
  assert.deepEqual([pictured.body.image_url, pictured.body.name.en], ['https://shop.example/b.png', 'Another'])
  assert.equal((await send('PATCH', `/rewards/${id}`, { image_url: null })).body.image_url, null)
  const cases: [body: object, pointer: string][] = [
    [{ image_url: 'ftp://shop.example/a.png' }, '/image_url'],
    [{ image_url: 5 }, '/image_url'],
    [{ image_url: '' }, '/image_url'],
    [{ name: { en: ' ' } }, '/name/en'],
    [{ name: { fr: 'Un cadeau' } }, '/name/fr'],
    [{ name: {} }, '/name'],
    [{ name: null }, '/name'],
    [{ price: 1 }, '/price'],
    [{}, ''],
  ]
  for (const [body, pointer] of cases)
    assert.deepEqual(pointers(await send('PATCH', `/rewards/${id}`, body)), [pointer], JSON.stringify(body))
})

test('what is archived leaves the active list, takes versions, and comes back as its latest version has it', async () => {
  const { id } = await made()
  const ids = async (status: string) =>
    (await get(`/rewards?limit=200&status=${status}`)).body.data.map((one: { id: string }) => one.id)
  const archived = await send('POST', `/rewards/${id}/archive`)
  assert.deepEqual([archived.status, archived.body.status], [200, 'archived'])
  assert(!(await ids('active')).includes(id) && (await ids('archived')).includes(id))
  const again = await send('POST', `/rewards/${id}/archive`)
  assert.deepEqual([again.status, again.body.code], [409, 'conflict'])
  const changed = await send('POST', `/rewards/${id}/versions`, { ...OFFER, price: 25 })
  assert.deepEqual([changed.status, changed.body.status, changed.body.price], [201, 'archived', 25])
  const back = await send('POST', `/rewards/${id}/activate`)
  assert.deepEqual([back.status, back.body.status, back.body.price], [200, 'active', 25])
  assert((await ids('active')).includes(id))
  const twice = await send('POST', `/rewards/${id}/activate`)
  assert.deepEqual([twice.status, twice.body.code], [409, 'conflict'])
})

test('the list is of one business, and of one program when asked', async () => {
  const { id } = await made({ program_id: program('cashback'), price: 0 })
  const listed = (await get(`/rewards?limit=200&program_id=${program('cashback')}`)).body.data
  assert(listed.some((one: { id: string }) => one.id === id))
  assert(listed.every((one: { program_id: string }) => one.program_id === program('cashback')))
  assert.deepEqual(pointersOfQuery(await get('/rewards?status=gone')), ['/status'])
  assert.deepEqual((await get('/rewards?program_id=prg_nothing')).body, { data: [], next_cursor: null })
  assert.deepEqual((await stranger.get(`/rewards?program_id=${program('cashback')}`)).body.data, [])
  const theirs = (await stranger.get('/rewards?limit=200')).body.data.map((one: { id: string }) => one.id)
  assert.deepEqual(
    theirs.sort(),
    Object.values(other.rewards)
      .map((one) => formatId('reward', one))
      .sort(),
  )
})

test('RLS: rewards and versions of another business are not there, though a query names none', async () => {
  await made()
  for (const table of ['rewards', 'reward_versions']) {
    const rows = await app.ctx.db.asTenant(other.businessId, (tx) =>
      tx.query<{ business_id: string }>(`select distinct business_id from ${table}`),
    )
    assert.deepEqual(rows, [{ business_id: other.businessId }], table)
  }
})

test('a free coffee, 5 SAR off and 10 % off are in the sample business', async () => {
  const shown = await Promise.all(
    Object.values(app.business.rewards).map((id) => get(`/rewards/${formatId('reward', id)}`)),
  )
  assert.deepEqual(
    shown.map(({ body }) => [body.name.en, body.kind, body.price, body.status]),
    [
      ['A free coffee', 'percent_products', 20, 'active'],
      ['5 SAR off', 'fixed_order', 20, 'active'],
      ['10 % off', 'percent_order', 15, 'active'],
    ],
  )
})

function pointersOfQuery({ status, body }: Answer): string[] {
  assert.equal(status, 422)
  return body.errors.map((error: { pointer: string }) => error.pointer)
}
