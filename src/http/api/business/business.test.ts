// The business over HTTP: its names, branches, connections to POS systems and keys.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf, keyActor, POINTS_DEFINITION } from '../../../../test/support/api.ts'
import { type Answer, testApp } from '../../../../test/support/app.ts'
import { standardBody } from '../../../integrations/standard/fixtures/body.ts'
import { ManualClock } from '../../../kernel/clock.ts'
import { formatId } from '../../../kernel/ids.ts'

const clock = new ManualClock('2026-03-01T12:00:00Z')
const app = await testApp(undefined, { clock })
const { get, send } = callerOf(app)

function assertRefused(answer: Answer, pointer: string): void {
  assert.deepEqual([answer.status, answer.body.errors?.[0]?.pointer], [422, pointer], JSON.stringify(answer.body))
}

test('the business is returned, and renamed in one language without losing the other', async () => {
  const { body } = await get('/business')
  assert.deepEqual(body, {
    id: formatId('business', app.business.businessId),
    name: { en: 'Sample North Coffee', ar: 'نورث كوفي (تجريبي)' },
    currency: 'SAR',
    timezone: 'Asia/Riyadh',
    language: 'ar',
    country: 'SA',
    created_at: '2026-03-01T12:00:00.000Z',
    created_by: { kind: 'system', id: 'test' },
    updated_by: { kind: 'system', id: 'test' },
  })
  const renamed = await send('PATCH', '/business', { name: { ar: 'قهوة الشمال' } })
  assert.deepEqual(renamed.body, {
    ...body,
    name: { ...body.name, ar: 'قهوة الشمال' },
    updated_by: await keyActor(app),
  })
  const cleared = await send('PATCH', '/business', { name: { ar: null }, language: 'en' })
  assert.deepEqual([cleared.body.name, cleared.body.language], [{ en: 'Sample North Coffee', ar: null }, 'en'])
  assert.deepEqual((await get('/business')).body, cleared.body)
  assertRefused(await send('PATCH', '/business', { currency: 'KWD' }), '/currency')
  assertRefused(await send('PATCH', '/business', { name: { en: null } }), '/name/en')
})

test('A13: the country is that of the time zone until it is set, and again when it is cleared', async () => {
  const country = async () => (await get('/business')).body.country
  assert.equal(await country(), 'SA')
  assert.equal((await send('PATCH', '/business', { country: 'DZ' })).body.country, 'DZ')
  assert.equal(await country(), 'DZ')
  for (const wrong of ['ZZ', 'UK', 'dz', '', 'DZA', 213]) {
    assertRefused(await send('PATCH', '/business', { country: wrong }), '/country')
  }
  assert.equal((await send('PATCH', '/business', { country: null })).body.country, 'SA')
})

/**
 * An order at 22:30 UTC on a Sunday: half past one on Monday in Riyadh, half past six on Sunday
 * evening in New York.
 */
function sell(id: string, branch: object = { id: 'b1', name: 'Sample Branch' }): Promise<Answer> {
  const at = '2026-02-22T22:30:00Z'
  const times = { updated_at: at, opened_at: at, closed_at: at, business_date: '2026-02-22' }
  const body = { id, business: { reference: '440810' }, timestamp: Date.parse(at) / 1000 }
  return app.post(standardBody({ ...body, order: { ...times, branch } }), { pos: 'standard' })
}

test('a branch is created with its first order; its time zone determines the day of its orders', async () => {
  const program = await send('POST', '/programs', {
    type: 'points',
    name: { en: 'Sundays', ar: 'الأحد' },
    definition: { rules: [{ ...POINTS_DEFINITION.rules[0], when: { weekdays: ['sun'] } }] },
  })
  const active = { effective_from: '2026-02-01T00:00:00Z' }
  assert.equal((await send('POST', `/programs/${program.body.id}/activate`, active)).status, 200)
  const earned = (answer: Answer) =>
    answer.body.movements.some((one: { program_id: string }) => one.program_id === program.body.id)
  assert.equal(earned(await sell('monday')), false)
  const { data } = (await get('/branches')).body
  const { id, ...branch } = data[0]
  assert.deepEqual(branch, {
    pos: 'standard',
    pos_branch_id: 'b1',
    name: { en: 'Sample Branch', ar: null },
    reference: null,
    timezone: null,
    day_ends_at: null,
    created_at: '2026-03-01T12:00:00.000Z',
    updated_at: '2026-03-01T12:00:00.000Z',
    updated_by: { kind: 'pos', id: 'standard' },
  })
  const moved = await send('PATCH', `/branches/${id}`, { timezone: 'America/New_York' })
  assert.deepEqual([moved.status, moved.body.timezone], [200, 'America/New_York'])
  assert.equal(earned(await sell('sunday')), true, 'the next order is judged in the new zone')
  assertRefused(await send('PATCH', `/branches/${id}`, { timezone: 'Mars/Olympus' }), '/timezone')
})

test('a branch that the merchant named keeps the name; another one follows the POS', async () => {
  await sell('name-1', { id: 'b2', name: 'Old Street' })
  const find = async () =>
    (await get('/branches')).body.data.find((one: { pos_branch_id: string }) => one.pos_branch_id === 'b2')
  await sell('name-2', { id: 'b2', name: 'New Street' })
  assert.equal((await find()).name.en, 'New Street')
  const { id } = await find()
  await send('PATCH', `/branches/${id}`, { name: { ar: 'فرع الشارع' } })
  await sell('name-3', { id: 'b2', name: 'Third Street' })
  assert.deepEqual((await find()).name, { en: 'New Street', ar: 'فرع الشارع' })
})

test('a connection applies the orders received before it, in any spelling of the reference', async () => {
  const own = (await send('POST', '/pos-systems', { title: 'Own POS' })).body.pos
  const token = (await send('POST', `/pos-systems/${own}/tokens`, {})).body.token
  const order = standardBody({ id: 'early', business: { reference: 'NEW-1' } })
  const path = `/pos/1.0.0/${own}/order`
  const waiting = await app.call({ method: 'POST', path, body: order, bearer: token })
  assert.deepEqual([waiting.status, waiting.body.result], [202, 'unmatched'])
  assert.deepEqual((await get('/orders?pos_order_id=early')).body.data, [])
  const connected = await send('POST', '/connections', { pos: own, reference: ' NEW-1 ' })
  assert.deepEqual(
    [connected.status, connected.body],
    [
      201,
      {
        pos: own,
        reference: 'NEW-1',
        has_secret: false,
        created_at: '2026-03-01T12:00:00.000Z',
        created_by: await keyActor(app),
        updated_by: await keyActor(app),
      },
    ],
  )
  const { data } = (await get('/orders?pos_order_id=early')).body
  assert.equal(data.length, 1, 'the order that waited')
  // Full-width letters are the same reference.
  const again = await send('POST', '/connections', { pos: own, reference: 'ＮＥＷ-1' })
  assert.deepEqual([again.status, again.body], [201, connected.body], 'once more changes nothing')
  assertRefused(await send('POST', '/connections', { pos: 'nowhere', reference: '1' }), '/pos')
  assertRefused(await send('POST', '/connections', { pos: own, reference: '  ' }), '/reference')
  assertRefused(await send('POST', '/connections', { pos: own, reference: 440810 }), '/reference')
})

test('a connection is deleted by POS and reference, with any characters', async () => {
  const own = (await get('/pos-systems')).body.data[0].pos
  const reference = 'فرع/1 ?'
  await send('POST', '/connections', { pos: own, reference })
  const listed = async () => (await get('/connections')).body.data.map((one: { reference: string }) => one.reference)
  assert((await listed()).includes(reference))
  const path = `/connections/${own}/${encodeURIComponent(reference)}`
  const ended = await send('DELETE', path)
  assert.deepEqual([ended.status, ended.body], [204, ''])
  assert(!(await listed()).includes(reference))
  assert.equal((await send('DELETE', path)).status, 404)
})

test('a key is shown once, allows what its scopes state, and grants no more', async () => {
  const made = await send('POST', '/keys', { name: 'Till', scopes: ['customers:read', 'keys:write'] })
  assert.equal(made.status, 201)
  const { secret, ...key } = made.body
  assert.match(secret, /^lp_live_[0-9A-Za-z]{49}$/)
  const listed = (await get('/keys')).body.data
  assert.deepEqual(listed[0], key, 'newest first, without the secret')
  assert(!JSON.stringify(listed).includes(secret))
  const till = callerOf(app, { apiKey: secret })
  assert.equal((await till.get('/customers')).status, 200)
  assert.equal((await till.get('/orders')).status, 403)
  const beyond = await till.send('POST', '/keys', { name: 'More', scopes: ['customers:read', 'ledger:adjust'] })
  assert.deepEqual([beyond.status, beyond.body.code, beyond.body.scope], [403, 'forbidden_scope', 'ledger:adjust'])
  assert.equal((await till.send('POST', '/keys', { name: 'Same', scopes: ['customers:read'] })).status, 201)
  assertRefused(await send('POST', '/keys', { name: 'None', scopes: [] }), '/scopes')
  assertRefused(await send('POST', '/keys', { name: 'Wrong', scopes: ['everything'] }), '/scopes/0')
})

test('a revoked key is refused from then on, and an expired one from its expiry', async () => {
  const made = await send('POST', '/keys', { name: 'Short', scopes: ['business:read'] })
  const caller = callerOf(app, { apiKey: made.body.secret })
  assert.equal((await caller.get('/business')).status, 200)
  const revoked = await send('DELETE', `/keys/${made.body.id}`)
  assert.deepEqual([revoked.status, revoked.body], [204, ''])
  assert.equal((await caller.get('/business')).status, 401)
  assert.equal((await send('DELETE', `/keys/${made.body.id}`)).status, 204, 'the wish is fulfilled already')
  const listed = (await get('/keys')).body.data.find((one: { id: string }) => one.id === made.body.id)
  assert.equal(listed.revoked_at, '2026-03-01T12:00:00.000Z')
  const expires_at = '2026-03-01T13:00:00.000Z'
  const brief = await send('POST', '/keys', { name: 'Brief', scopes: ['business:read'], expires_at })
  const until = callerOf(app, { apiKey: brief.body.secret })
  assert.equal((await until.get('/business')).status, 200)
  clock.set(expires_at)
  assert.equal((await until.get('/business')).status, 401)
  assertRefused(await send('POST', '/keys', { name: 'Past', scopes: ['business:read'], expires_at }), '/expires_at')
})

test('a key expires no later than the key that created it, and is revoked with it, down to the last child', async () => {
  const ends = '2026-03-02T12:00:00.000Z'
  const scopes = ['business:read', 'keys:write', 'keys:read']
  const parent = (await send('POST', '/keys', { name: 'Parent', scopes, expires_at: ends })).body
  const own = callerOf(app, { apiKey: parent.secret })
  const later = await own.send('POST', '/keys', { name: 'Later', scopes, expires_at: '2026-03-02T12:00:00.001Z' })
  assertRefused(later, '/expires_at')
  const child = (await own.send('POST', '/keys', { name: 'Child', scopes })).body
  assert.equal(child.expires_at, ends, 'by default as late as its parent')
  const childs = callerOf(app, { apiKey: child.secret })
  const grandchild = (
    await childs.send('POST', '/keys', { name: 'Grandchild', scopes, expires_at: '2026-03-02T00:00:00Z' })
  ).body
  const sibling = (await send('POST', '/keys', { name: 'Sibling', scopes })).body
  const works = async (apiKey: string) => (await callerOf(app, { apiKey }).get('/business')).status
  assert.deepEqual(await Promise.all([child, grandchild, sibling].map((key) => works(key.secret))), [200, 200, 200])
  assert.equal((await send('DELETE', `/keys/${parent.id}`)).status, 204)
  assert.deepEqual(
    await Promise.all([parent, child, grandchild, sibling].map((key) => works(key.secret))),
    [401, 401, 401, 200],
  )
})

test('a key that is revoked while it creates another leaves no valid child', async () => {
  const scopes = ['business:read', 'keys:write'] as const
  for (let round = 0; round < 5; round++) {
    const parent = (await send('POST', '/keys', { name: 'Parent', scopes })).body
    const own = callerOf(app, { apiKey: parent.secret })
    const [made] = await Promise.all([
      own.send('POST', '/keys', { name: 'Child', scopes }),
      send('DELETE', `/keys/${parent.id}`),
    ])
    if (made.status === 201) {
      assert.equal((await callerOf(app, { apiKey: made.body.secret }).get('/business')).status, 401)
    } else assert.equal(made.status, 401)
  }
})

/** 64 by 64 pixels, one colour. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAABAAQMAAACQp+OdAAAAA1BMVEVbKhy8+WzsAAAAD0lEQVR4nGNgGAWjgHwAAAJAAAFZNqEDAAAAAElFTkSuQmCC'

test('a brand has defaults; colours change one by one, are refused when they cannot be read, and are logged', async () => {
  const first = (await get('/business/brand')).body
  assert.deepEqual([first.colors.shop, first.logo, first.updated_at], ['#0b5e49', null, null])
  const saved = await send('PATCH', '/business/brand', { colors: { shop: '#5B2A1C' }, card: { stamp: 'cup' } })
  assert.equal(saved.status, 200)
  assert.deepEqual(saved.body.colors, { ...first.colors, shop: '#5b2a1c' })
  assert.deepEqual(saved.body.card, { ...first.card, stamp: 'cup' })
  assert.deepEqual(saved.body.updated_by, await keyActor(app))
  assert.notEqual(saved.body.dark_colors.shop, '#5b2a1c')
  const refused = await send('PATCH', '/business/brand', { colors: { shop: '#ff8800' } })
  assertRefused(refused, '/colors/shop')
  assert.match(refused.body.errors[0].message, /2\.39:1 .* needs 4\.5:1.*#[0-9a-f]{6}/)
  const [, instead] = /is (#[0-9a-f]{6})/.exec(refused.body.errors[0].message) ?? []
  assert.equal((await send('PATCH', '/business/brand', { colors: { shop: instead } })).status, 200)
  const [entry] = (await get('/activity?operation=updateBrand')).body.data
  assert.deepEqual([entry.before.colors.shop, entry.after.colors.shop], ['#5b2a1c', instead])
  for (const wrong of [{ colors: { shop: 'red' } }, { colors: {} }, { card: { stamp: 'skull' } }, { color: 1 }, {}]) {
    assert.equal((await send('PATCH', '/business/brand', wrong)).status, 422, JSON.stringify(wrong))
  }
})

test('a logo is served to everybody under an address of its own, until it is replaced; its bytes are in no log', async () => {
  const { body } = await send('PATCH', '/business/brand', { logo: PNG })
  assert.deepEqual([body.logo.type, body.logo.width, body.logo.height], ['image/png', 64, 64])
  const shown = await fetch(`${app.url}${body.logo.url}`)
  assert.equal(shown.status, 200)
  assert.equal(Buffer.from(await shown.arrayBuffer()).toString('base64'), PNG)
  const expected = {
    'content-type': 'image/png',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  }
  for (const [name, value] of Object.entries(expected)) assert.equal(shown.headers.get(name), value)
  const other = await app.newBusiness('550922')
  const foreign = body.logo.url.replace(/biz_[0-9a-z]+/, formatId('business', other.businessId))
  for (const path of [foreign, body.logo.url.replace('.png', '.jpg'), '/logos/x/y.png', '/logos/biz_0/..%2f.png']) {
    assert.equal((await app.call({ path })).status, 404, path)
  }
  assertRefused(await send('PATCH', '/business/brand', { logo: btoa('<svg></svg>') }), '/logo')
  assertRefused(await send('PATCH', '/business/brand', { logo: 'no' }), '/logo')
  const again = await send('PATCH', '/business/brand', { logo: PNG })
  assert.deepEqual(again.body.logo, body.logo)
  assert.equal((await send('PATCH', '/business/brand', { logo: null })).body.logo, null)
  assert.equal((await app.call({ path: body.logo.url })).status, 404)
  const [dump] = await app.ctx.db.query<{ text: string }>(
    "select string_agg(concat(before, after), ' ') as text from activity",
  )
  assert.ok(!dump?.text.includes(PNG.slice(0, 40)))
})
