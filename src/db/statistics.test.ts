import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { createStatistics } from './statistics.ts'

const { db } = await testDatabase()

test('tables are analysed as they double, until PostgreSQL is left to do it', async () => {
  await db.query('create table samples (n integer)')
  const statistics = createStatistics(db, { tables: ['samples'], onError: (error) => assert.fail(String(error)) })
  const known = async () => {
    const [row] = await db.query<{ rows: number }>(
      `select reltuples::bigint as rows from pg_class where oid = 'samples'::regclass`,
    )
    return row?.rows
  }
  const grow = async (by: number) => {
    await db.query('insert into samples select generate_series(1, $1::integer)', [by])
    await statistics.grown(by)
  }
  await grow(499)
  assert.equal(await known(), -1, 'never looked at')
  await grow(1)
  assert.equal(await known(), 500)
  await grow(499)
  assert.equal(await known(), 500)
  await grow(1)
  assert.equal(await known(), 1_000)
  await grow(150_000)
  assert.equal(await known(), 151_000)
  await grow(200_000)
  assert.equal(await known(), 151_000)
})

test('a small sample is enough, and only the analysis at hand takes it', async () => {
  await db.query('create table numbers (n integer)')
  await db.query('insert into numbers select generate_series(1, 1000)')
  const statistics = createStatistics(db, { tables: ['numbers'], onError: (error) => assert.fail(String(error)) })
  const detail = async () => {
    const [row] = await db.query<{ bounds: number }>(
      `select array_length(histogram_bounds::text::integer[], 1) as bounds from pg_stats where tablename = 'numbers'`,
    )
    return row?.bounds
  }
  await statistics.grown(1_000)
  assert.equal(await detail(), 11, 'ten parts')
  await db.query('analyze numbers')
  assert.equal(await detail(), 101, 'a hundred, as ever')
})

test('what cannot be analysed is told, and nothing else', async () => {
  const errors: unknown[] = []
  const statistics = createStatistics(db, { tables: ['missing'], onError: (error) => errors.push(error) })
  await statistics.grown(500)
  assert.match(String(errors[0]), /missing/)
})
