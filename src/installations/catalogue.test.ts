// The catalogue over real HTTP: imported completely within the limits of the POS, and searched in
// both languages.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { METRICS_TOKEN } from '../../test/support/app.ts'
import { openPair, type Pair } from '../../test/support/foodics-pair.ts'
import { PER_PAGE } from '../../tools/simulator/foodics/lists.ts'
import { makeWorld } from '../../tools/simulator/foodics/world.ts'
import { foodicsBody } from '../integrations/foodics/fixtures/body.ts'

/** Every product that the API lists, page by page. */
async function allProducts({ get }: Pair, query = ''): Promise<{ id: string; name: { en: string; ar: string } }[]> {
  const products = []
  for (let cursor = ''; ; ) {
    const { body } = await get(`/products?limit=200${query}${cursor && `&cursor=${cursor}`}`)
    products.push(...body.data)
    if (body.next_cursor === null) return products
    cursor = body.next_cursor
  }
}

test('products, categories and branches are imported with their names in both languages', async (t) => {
  const pair = await openPair(t)
  await pair.minutes(3)
  const { get } = pair
  const [latte] = (await get('/products?search=hot%20drinks%201&limit=1')).body.data
  assert.deepEqual(latte, {
    pos: 'foodics',
    id: pair.foodics.world.products[0]?.id,
    name: { en: 'Sample Hot Drinks 1', ar: 'مشروبات ساخنة تجريبي 1' },
    category_id: '_7ad32937',
    sku: 'sk-00001',
    barcode: '6280000000001',
    price: Math.round(Number(pair.foodics.world.products[0]?.price) * 100),
    active: true,
  })
  assert.equal((await get(`/products?search=${encodeURIComponent('مشروبات ساخنه')}`)).body.data.length, 13)
  assert.equal((await get('/products?search=sk-00007')).body.data.length, 1)
  const named = await get(`/products?ids=sk-00002&ids=${latte.id}&ids=unknown&limit=10`)
  assert.deepEqual(
    named.body.data.map(({ sku }: { sku: string }) => sku).sort(),
    ['sk-00001', 'sk-00002'],
    'by ID or SKU',
  )
  assert.equal((await get('/products?search=%25')).body.data.length, 0, 'a per cent sign is itself')
  assert.equal((await allProducts(pair, '&category_id=_7bake001')).length, 13)
  assert.equal((await allProducts(pair)).length, 40)
  const open = (await get('/products?search=sk-00017')).body.data[0]
  assert.equal(open.price, null, 'an open price')
  assert.deepEqual(
    (await get('/categories')).body.data.map(({ name }: { name: { en: string } }) => name.en),
    ['Bakery', 'Cold Drinks', 'Hot Drinks'],
  )
  const account = await pair.account()
  assert.deepEqual([account.catalogue.syncing, account.catalogue.problem], [false, null])
})

test('10,000 products take three minutes of the rate limit, without a single 429', async (t) => {
  const pair = await openPair(t, { world: makeWorld({ products: 10_000 }) })
  await pair.minute()
  assert.equal((await pair.account()).catalogue.syncing, true)
  assert.equal(pair.foodics.calls.filter((call) => call.includes('/v5/products')).length, 88)
  await pair.minutes(4)
  assert.equal((await allProducts(pair)).length, 10_000)
  assert.equal(pair.foodics.calls.filter((call) => call.includes('/v5/products')).length, 200)
  const { body: metrics } = await pair.app.call({ path: '/metrics', bearer: METRICS_TOKEN })
  assert.doesNotMatch(metrics, /loyapro_pos_calls_total\{pos="foodics",result="limited"\}/)
})

test('a catalogue that ends at a page boundary is imported completely, and so is one with one more product', async (t) => {
  for (const products of [PER_PAGE, PER_PAGE + 1]) {
    const pair = await openPair(t, { world: makeWorld({ products }) })
    await pair.minutes(3)
    assert.equal((await allProducts(pair)).length, products)
  }
})

test('an entry that the POS deleted is removed with the next import, and comes back with it', async (t) => {
  const pair = await openPair(t)
  const { foodics, minutes, send, get } = pair
  await minutes(3)
  const [gone] = foodics.world.products.splice(4, 1)
  assert.equal((await allProducts(pair)).length, 40, 'nothing is read before it is due')
  await send('POST', '/pos-accounts/foodics/sync')
  await minutes(3)
  assert.equal((await allProducts(pair)).length, 39)
  foodics.world.products.push(gone as never)
  pair.clock.advance(6 * 3_600_000)
  await minutes(3)
  assert.equal((await allProducts(pair)).length, 40)
  assert.equal((await get('/products?search=sk-00005')).body.data.length, 1)
})

test('a product that was renamed is found by each of its new names, not by its former ones', async (t) => {
  const pair = await openPair(t)
  const { foodics, minutes, send, get } = pair
  await minutes(3)
  const product = foodics.world.products[4]
  assert(product)
  const found = async (text: string) =>
    (await get(`/products?search=${encodeURIComponent(text)}`)).body.data.map(({ sku }: { sku: string }) => sku)
  Object.assign(product, { name: 'Sample Crème', name_localized: 'قهوة مُقطّرة' })
  await send('POST', '/pos-accounts/foodics/sync')
  await minutes(3)
  assert.deepEqual(await found('sample creme'), ['sk-00005'])
  assert.deepEqual(await found('قهوه مقطره'), ['sk-00005'])
  assert.deepEqual(await found('hot drinks 5'), [])
  assert.deepEqual(await found('crèmeقهوة'), [], 'a search does not span two names')
})

test('a failed page is read again later, from the stored position', async (t) => {
  const pair = await openPair(t, { world: makeWorld({ products: 120 }) })
  const { foodics, minute, account } = pair
  Object.assign(foodics.faults, { at: '/v5/products?include=category&page=2', serverErrors: 1 })
  await minute()
  assert.match((await account()).catalogue.problem, /HTTP 500/)
  await minute()
  await minute()
  assert.equal((await allProducts(pair)).length, 120)
  assert.equal(foodics.calls.filter((call) => call.endsWith('/v5/products?include=category&page=1')).length, 1)
  assert.equal((await account()).catalogue.problem, null)
})

test('branches are learned as from orders: a name and a zone entered by hand stay', async (t) => {
  const pair = await openPair(t)
  const { app, get, send, minutes, foodics } = pair
  await app.post(foodicsBody())
  const [first] = (await get('/branches')).body.data
  await send('PATCH', `/branches/${first.id}`, { name: { en: 'By hand' }, timezone: 'Asia/Dubai' })
  await minutes(3)
  const branches = (await get('/branches')).body.data
  assert.equal(branches.length, foodics.world.branches.length)
  const known = branches.find(({ id }: { id: string }) => id === first.id)
  assert.deepEqual([known.name.en, known.timezone], ['By hand', 'Asia/Dubai'])
  const second = branches.find(({ id }: { id: string }) => id !== first.id)
  assert.deepEqual(
    [second.name, second.reference, second.day_ends_at],
    [{ en: 'Sample Branch 2', ar: 'فرع تجريبي 2' }, 'B02', '05:00'],
  )
  assert.equal((await app.post(foodicsBody({ reference: 77, id: 'sample-77' }))).body.result, 'processed')
  assert.equal((await get('/branches')).body.data.find(({ id }: { id: string }) => id === first.id).name.en, 'By hand')
})
