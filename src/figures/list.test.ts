// Figures follow the orders exactly, and lists of customers by figures, balances and segments hold
// whom they say, in pages of any size.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SEGMENT_NAMES } from '../../contract/segments.ts'
import { callerOf } from '../../test/support/api.ts'
import { testApp } from '../../test/support/app.ts'
import { standardBody } from '../integrations/standard/fixtures/body.ts'
import { ManualClock } from '../kernel/clock.ts'
import { formatId } from '../kernel/ids.ts'
import { rebuildFigures, refreshFigures } from './refresh.ts'

const DAY = 24 * 60 * 60 * 1000
const clock = new ManualClock('2026-06-01T12:00:00Z')
const app = await testApp(undefined, { clock })
const { get, send } = callerOf(app)
const { businessId, programs } = app.business
const points = formatId('program', programs.points)

interface Sale {
  id: string
  phone: string
  daysAgo: number
  price?: number
  branch?: string
  order?: object
}

/** One item, paid at noon some days ago. */
async function sell({ id, phone, daysAgo, price = 10, branch = 'olaya', order = {} }: Sale) {
  const at = new Date(clock.now() - daysAgo * DAY).toISOString()
  const customer = { id: phone, name: `Sample ${phone.slice(-2)}`, dial_code: 966, phone }
  const times = { updated_at: at, opened_at: at, closed_at: at, business_date: at.slice(0, 10) }
  const body = standardBody({
    id,
    business: { reference: '440810' },
    timestamp: Date.parse(at) / 1000,
    order: { customer, branch: { id: branch, name: branch }, ...times, ...order },
    lines: [{ price, quantity: 1 }],
  })
  const answer = await app.post(body, { pos: 'standard' })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}

const phones = {
  fresh: '0510000001',
  regular: '0510000002',
  quiet: '0510000003',
  risk: '0510000004',
  gone: '0510000005',
  never: '0510000006',
}
await sell({ id: 'fresh', phone: phones.fresh, daysAgo: 3, price: 17 })
for (const n of [40, 30, 20, 10]) await sell({ id: `regular-${n}`, phone: phones.regular, daysAgo: n, price: 50 })
await sell({ id: 'quiet', phone: phones.quiet, daysAgo: 45, branch: 'airport' })
await sell({ id: 'risk', phone: phones.risk, daysAgo: 61 })
await sell({ id: 'gone', phone: phones.gone, daysAgo: 130 })
await send('POST', '/customers', { phone: phones.never, name: '=cmd|x' })

const tails = async (query: string): Promise<string[]> => {
  const { status, body } = await get(`/customers?${query}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body.data.map((one: { phone: string }) => one.phone.slice(-1)).sort()
}

test('each segment holds whom its definition says', async () => {
  assert.deepEqual(await tails('segment=new'), ['1'])
  assert.deepEqual(await tails('segment=regular'), ['2'])
  assert.deepEqual(await tails('segment=quiet'), ['3'])
  assert.deepEqual(await tails('segment=at_risk'), ['4'])
  assert.deepEqual(await tails('segment=gone'), ['5'])
  // 17 points pay for the cheapest reward of the sample business, 10 do not.
  assert.deepEqual(await tails('segment=ready'), ['1', '2'])
})

test('the filter by segment and the segments of a customer are the same definition', async () => {
  const { body } = await get('/customers?include=figures')
  for (const segment of SEGMENT_NAMES) {
    const shown = body.data.filter((one: { figures: { segments: string[] } }) => one.figures.segments.includes(segment))
    const filtered = await get(`/customers?segment=${segment}`)
    assert.deepEqual(
      filtered.body.data.map((one: { id: string }) => one.id),
      shown.map((one: { id: string }) => one.id),
      segment,
    )
  }
})

test('filters by visits, spend, branch, times and balance', async () => {
  assert.deepEqual(await tails('max_visits=0'), ['6'])
  assert.deepEqual(await tails('min_visits=2'), ['2'])
  assert.deepEqual(await tails('min_spend=1700&max_spend=1700'), ['1'])
  const { body: branches } = await get('/branches')
  const airport = branches.data.find((one: { pos_branch_id: string }) => one.pos_branch_id === 'airport').id
  assert.deepEqual(await tails(`branch_id=${airport}`), ['3'])
  assert.deepEqual(await tails('last_visit_to=2026-03-31'), ['5'])
  assert.deepEqual(await tails('first_visit_from=2026-05-29'), ['1'])
  assert.deepEqual(await tails('joined_to=2026-05-31'), [])
  assert.deepEqual(await tails(`program_id=${points}&min_balance=17&max_balance=17`), ['1'])
  assert.deepEqual(await tails(`program_id=${points}&min_balance=100&min_visits=5`), [])
  assert.deepEqual(await tails('branch_id=nonsense'), [])
  const refused = await get('/customers?min_balance=3')
  assert.deepEqual([refused.status, refused.body.errors[0].pointer], [422, '/min_balance'])
})

test('a search holds only whom the filters hold', async () => {
  assert.deepEqual(await tails('q=sample&segment=gone'), ['5'])
  assert.deepEqual(await tails('q=51000000'), ['1', '2', '3', '4', '5', '6'])
  assert.deepEqual(await tails('q=51000000&max_visits=0'), ['6'])
})

for (const sort of ['joined', 'last_visit', 'visits', 'spend', `balance&program_id=${points}`]) {
  for (const order of ['asc', 'desc']) {
    test(`sorted by ${sort.split('&')[0]}, ${order}: pages of any size are the list`, async () => {
      const walk = async (limit: number) => {
        const ids: string[] = []
        for (let cursor = ''; ; ) {
          const { body } = await get(`/customers?sort=${sort}&order=${order}&limit=${limit}${cursor}`)
          ids.push(...body.data.map((one: { id: string }) => one.id))
          if (body.next_cursor === null) return ids
          cursor = `&cursor=${body.next_cursor}`
        }
      }
      const whole = await walk(200)
      assert.equal(whole.length, sort.startsWith('balance') ? 5 : 6)
      for (const limit of [1, 2, 5]) assert.deepEqual(await walk(limit), whole, `${limit}`)
    })
  }
}

test('customers without a visit are last by last visit, in both directions', async () => {
  for (const [order, first] of [
    ['desc', '1'],
    ['asc', '5'],
  ]) {
    const { body } = await get(`/customers?sort=last_visit&order=${order}`)
    const found = body.data.map((one: { phone: string }) => one.phone.slice(-1))
    assert.deepEqual([found[0], found.at(-1)], [first, '6'])
  }
})

test('figures follow voids, returns, corrections, other customers and merges to the unit', async () => {
  const figuresOf = async (phone: string) => {
    const { body } = await get(`/customers?phone=${phone}&include=figures`)
    const { visits, spend } = body.data[0].figures
    return [visits, spend]
  }
  const phone = '0510000011'
  await sell({ id: 'a', phone, daysAgo: 2, price: 30 })
  await sell({ id: 'b', phone, daysAgo: 1, price: 40 })
  assert.deepEqual(await figuresOf(phone), [2, 7000])
  // A void takes the visit away.
  await sell({ id: 'b', phone, daysAgo: 0.5, price: 40, order: { status: 'Void' } })
  assert.deepEqual(await figuresOf(phone), [1, 3000])
  // A correction gives the other sale to somebody else.
  await sell({ id: 'a', phone: '0510000012', daysAgo: 0.4, price: 30 })
  assert.deepEqual(await figuresOf(phone), [0, 0])
  assert.deepEqual(await figuresOf('0510000012'), [1, 3000])
  // Merged, all of it is of one.
  await sell({ id: 'c', phone, daysAgo: 0.3, price: 5 })
  const [from, into] = await Promise.all(
    [phone, '0510000012'].map(async (one) => (await get(`/customers?phone=${one}`)).body.data[0].id),
  )
  assert.equal((await send('POST', `/customers/${from}/merge`, { into, reason: 'Sample' })).status, 200)
  assert.deepEqual(await figuresOf('0510000012'), [2, 3500])
  const dump = () =>
    app.ctx.db.query('select * from customer_figures where business_id = $1 order by customer_id', [businessId])
  await refreshFigures(app.ctx.db, businessId, clock.now())
  const followed = await dump()
  await rebuildFigures(app.ctx.db, businessId, clock.now())
  assert.deepEqual(followed, await dump(), 'following events gives what all orders give')
  // And one customer, counted from the orders.
  const { body } = await get(`/customers/${into}`)
  assert.deepEqual([body.figures.visits, body.figures.spend], [2, 3500])
})

test('a CSV file has exactly the rows of the filter, and no cell is a formula', async () => {
  const csv = async (query: string, headers = {}) => {
    const answer = await app.call({ path: `/api/v1/customers?${query}`, bearer: app.business.apiKey, headers })
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('content-type') ?? '', /^text\/csv/)
    assert.match(answer.headers.get('content-disposition') ?? '', /attachment; filename="customers-2026-06-01.csv"/)
    const [head = '', ...rows] = (answer.body as string).split('\r\n').slice(0, -1)
    return { head: head.split(','), rows: rows.map((row) => row.split(',')) }
  }
  const all = await csv('format=csv')
  assert.deepEqual(all.head.slice(0, 4), ['ID', 'Name', 'Mobile number', 'Email'])
  const listed = await get('/customers?limit=200')
  assert.deepEqual(
    all.rows.map(([id]) => id),
    listed.body.data.map((one: { id: string }) => one.id),
  )
  const [never] = (await csv('max_visits=0&q=510000006', { accept: 'text/csv', 'accept-language': 'ar' })).rows
  assert.equal(never?.[1], "'=cmd|x")
  assert.equal((await csv('max_visits=0', { accept: 'text/csv', 'accept-language': 'ar' })).head[1], 'الاسم')
  const [fresh] = (await csv('format=csv&segment=new&q=Sample%2001')).rows
  assert.deepEqual(fresh?.slice(2, 9), [
    '+966510000001',
    '',
    '2026-06-01 15:00',
    '2026-05-29 15:00',
    '2026-05-29 15:00',
    '1',
    '17',
  ])
  const refused = await get('/customers?format=csv&min_balance=3')
  assert.equal(refused.status, 422, 'a refusal is a problem, not a file')
})

test('another business has its own figures', async () => {
  const other = callerOf(app, await app.newBusiness('550921'))
  assert.deepEqual((await other.get('/customers?segment=new')).body.data, [])
  assert.deepEqual((await other.get('/customers?q=sample&min_visits=1')).body.data, [])
})
