// Every list comes in pages that follow each other: nothing is left out and nothing comes twice,
// whatever is added meanwhile.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callerOf, OFFER, POINTS_DEFINITION } from '../../../test/support/api.ts'
import { testApp } from '../../../test/support/app.ts'
import { standardBody } from '../../integrations/standard/fixtures/body.ts'
import { formatId } from '../../kernel/ids.ts'

const app = await testApp()
const { get, send } = callerOf(app)

let sales = 0

/** A sale of the one customer who buys everything; three of them share each instant. */
async function sell(): Promise<void> {
  sales += 1
  const at = new Date(Date.parse('2026-01-01T09:00:00Z') + Math.floor(sales / 3) * 1000).toISOString()
  const times = { updated_at: at, opened_at: at, closed_at: at, business_date: at.slice(0, 10) }
  const branch = { id: `branch-${sales}`, name: `Branch ${sales}` }
  const body = { id: `sale-${sales}`, business: { reference: '440810' }, timestamp: Date.parse(at) / 1000 }
  await app.post(standardBody({ ...body, order: { ...times, branch } }), { pos: 'standard' })
}

let phones = 0

async function enrol(): Promise<void> {
  phones += 1
  await send('POST', '/customers', { phone: `05100${String(phones).padStart(5, '0')}`, name: 'Sample' })
}

const draft = () =>
  send('POST', '/programs', { type: 'points', name: { en: 'Draft', ar: 'مسودة' }, definition: POINTS_DEFINITION })

const points = formatId('program', app.business.programs.points)
const offer = () => send('POST', '/rewards', { name: { en: 'Off', ar: 'خصم' }, program_id: points, ...OFFER })

for (let i = 0; i < 11; i++) await Promise.all([sell(), enrol(), draft(), offer()])
const customer = (await get('/customers?phone=0500000001')).body.data[0].id
const adjust = () =>
  send('POST', `/customers/${customer}/adjustments`, { program_id: points, units: 1, reason: 'Sample' })
const cheap = await send('POST', '/rewards', {
  name: { en: 'Off', ar: 'خصم' },
  program_id: points,
  ...OFFER,
  price: 1,
})
const claim = () => send('POST', `/customers/${customer}/claims`, { reward_id: cheap.body.id })
for (let i = 0; i < 11; i++) await claim()

/** Each list, and what adds to it. */
const lists: [path: string, add: () => Promise<unknown>][] = [
  ['/programs', draft],
  ['/rewards', offer],
  [`/rewards?status=active&program_id=${points}`, offer],
  ['/customers', enrol],
  ['/customers?q=sample', enrol],
  ['/customers?q=510000', enrol],
  [`/customers/${customer}/ledger`, adjust],
  [`/customers/${customer}/orders`, sell],
  [`/customers/${customer}/claims`, claim],
  [`/customers/${customer}/claims?status=held`, claim],
  ['/orders', sell],
  ['/orders?status=paid&from=2026-01-01', sell],
  ['/deliveries', sell],
  ['/deliveries?result=processed', sell],
  ['/branches', sell],
]

/** All ids of a list, page by page; `between` happens after every page. */
async function walk(path: string, limit: number, between: () => Promise<unknown> = async () => {}): Promise<string[]> {
  const ids: string[] = []
  const join = path.includes('?') ? '&' : '?'
  for (let cursor: string | null = null, pages = 0; pages === 0 || cursor !== null; pages++) {
    assert(pages < 100, `${path} has no end`)
    const { status, body } = await get(`${path}${join}limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}`)
    assert.equal(status, 200, JSON.stringify(body))
    assert(body.data.length <= limit)
    assert(body.next_cursor === null || body.data.length === limit, 'a page before the last is full')
    ids.push(...body.data.map((item: { id: string }) => item.id))
    cursor = body.next_cursor
    await between()
  }
  return ids
}

for (const [path, add] of lists) {
  const name = path.replace(/(cus|prg)_\w+/, '{id}')

  test(`${name}: pages of any size are the list`, async () => {
    const whole = await walk(path, 200)
    assert(whole.length >= 11, `${whole.length} rows`)
    for (const limit of [1, 3, whole.length, whole.length + 1])
      assert.deepEqual(await walk(path, limit), whole, `${limit}`)
  })

  test(`${name}: what was there at first is seen once, though more is added between the pages`, async () => {
    const before = await walk(path, 200)
    const seen = await walk(path, 3, add)
    assert.equal(new Set(seen).size, seen.length, 'nothing twice')
    assert.deepEqual(
      seen.filter((id) => before.includes(id)),
      before,
      'nothing left out, in the same order',
    )
    const after = await walk(path, 200)
    assert(after.length > before.length, 'the list did grow')
  })

  test(`${name}: a cursor or limit that this list never gave is refused`, async () => {
    const join = path.includes('?') ? '&' : '?'
    const forged = (position: unknown) => Buffer.from(JSON.stringify(position)).toString('base64url')
    const uuid = '0198f3f0-0000-7000-8000-000000000000'
    const wrong = [
      'x',
      '%00',
      forged(null),
      forged({}),
      forged({ id: 'x' }),
      forged({ id: `${uuid}' or true` }),
      forged({ id: 5 }),
      forged({ at: '2026', id: uuid }),
      forged({ at: 1e300, id: uuid }),
    ]
    for (const cursor of path.includes('orders') ? wrong : wrong.slice(0, -2)) {
      const { status, body } = await get(`${path}${join}cursor=${cursor}`)
      assert.deepEqual([status, body.code, body.errors?.[0]?.pointer], [422, 'invalid_request', '/cursor'], cursor)
    }
    for (const limit of ['0', '-1', '201', 'ten', '']) {
      const { status, body } = await get(`${path}${join}limit=${limit}`)
      assert.deepEqual([status, body.errors?.[0]?.pointer, body.errors?.[0]?.in], [422, '/limit', 'query'], limit)
    }
  })
}

test('a cursor of one business shows another nothing but its own', async () => {
  const other = callerOf(app, await app.newBusiness('550921'))
  const { body } = await get('/customers?limit=1')
  assert.deepEqual((await other.get(`/customers?cursor=${body.next_cursor}`)).body.data, [])
})
