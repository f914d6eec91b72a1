// The statements that are derived from the columns of a table: every value comes back as it was
// written, and an upsert and an update set exactly the columns that they should.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { bulk, bytes, jsonColumn, list, plain, text, timestamp } from './bulk.ts'

interface Sample {
  id: number
  name: string | null
  at: number | null
  body: Buffer | null
  units: number[] | null
  why: unknown
}

const SAMPLES = bulk<Sample>(
  'samples',
  {
    id: plain('integer', (row) => row.id),
    name: text((row) => row.name),
    at: timestamp((row) => row.at),
    body: bytes((row) => row.body),
    units: list('bigint', (row) => row.units),
    why: jsonColumn('jsonb', (row) => row.why),
  },
  { batch: 'text' },
)

const full: Sample = {
  id: 1,
  name: 'قهوة, "{null}" \\ \'',
  at: Date.parse('2026-01-01T00:00:00.123Z'),
  body: Buffer.from([0, 255, 10]),
  units: [1, 2, 3],
  why: [{ t: 'earn' }],
}
const empty: Sample = { id: 2, name: null, at: null, body: null, units: null, why: null }

const { db } = await testDatabase()
await db.query(
  'create table samples (id integer primary key, name text, at timestamptz, body bytea, units bigint[], why jsonb, batch text)',
)
const stored = () => db.query('select * from samples order by id')

test('an insert writes every value of every row, and the shared value in all of them', async () => {
  await db.query(SAMPLES.insert, SAMPLES.parameters([full, empty], 'first'))
  assert.deepEqual(await stored(), [
    { ...full, batch: 'first' },
    { ...empty, batch: 'first' },
  ])
})

test('an upsert sets all but the fixed columns of existing rows and inserts the others', async () => {
  const rows = [
    { ...full, name: 'changed', units: [] },
    { ...empty, id: 3 },
  ]
  await db.query(SAMPLES.upsert(['id'], ['name', 'at', 'body', 'why']), SAMPLES.parameters(rows, 'second'))
  assert.deepEqual(await stored(), [
    { ...full, units: [], batch: 'second' },
    { ...empty, batch: 'first' },
    { ...empty, id: 3, batch: 'second' },
  ])
})

test('a column that the table does not have is refused', () => {
  assert.throws(() => SAMPLES.upsert(['id'], ['nam']), /columns of samples: id, nam/)
  assert.throws(() => SAMPLES.update(['identity']), /columns of samples: identity/)
})

test('an update sets the columns of existing rows only', async () => {
  const columns = bulk<Sample>('samples', {
    id: plain('integer', (row) => row.id),
    body: bytes((row) => row.body),
    units: list('bigint', (row) => row.units),
  })
  const rows = [
    { ...full, body: Buffer.from('new'), units: [7] },
    { ...empty, id: 9 },
  ]
  await db.query(columns.update(['id']), columns.parameters(rows))
  const [first, ...others] = await stored()
  assert.deepEqual(first, { ...full, body: Buffer.from('new'), units: [7], batch: 'second' })
  assert.equal(others.length, 2)
})
