// CSV files that are longer than a page, several at the same time.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CSV_PAGE } from '../../src/http/csv.ts'
import { testApp } from '../support/app.ts'

const app = await testApp()
const { ctx, business } = app
const ROWS = 2 * CSV_PAGE + 500

await ctx.db.query(
  `insert into customers (business_id, id, phone, created_at, updated_at)
   select $1, gen_random_uuid(), '+9665' || (10000000 + n), now(), now() from generate_series(1, $2::int) n`,
  [business.businessId, ROWS],
)

const file = () => app.get('/customers?format=csv')

test('files of several pages are complete, also when as many as are allowed are sent at the same time', async () => {
  const files = await Promise.all([file(), file(), file(), file()])
  for (const { status, body } of files) {
    assert.equal(status, 200)
    const lines: string[] = body.trimEnd().split('\r\n')
    assert.equal(new Set(lines).size, ROWS + 1, 'the headings and every customer once')
  }
})

test('one file more is refused, and none is once they are complete', async () => {
  const files = await Promise.all(Array.from({ length: 5 }, file))
  assert.deepEqual(files.map(({ status }) => status).sort(), [200, 200, 200, 200, 429])
  const refused = files.find(({ status }) => status === 429)
  assert.match(refused?.body.detail, /files are being sent/)
  assert(Number(refused?.headers.get('retry-after')) > 0)
  assert.equal((await file()).status, 200)
})
