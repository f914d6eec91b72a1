// Migration 0007: references from before it, normalised, and what becomes of those that fall
// together.
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { referenceKeys } from '../src/businesses/connections.ts'
import { normaliseReference } from '../src/kernel/text.ts'
import { testDatabase } from './support/database.ts'

const MIGRATIONS = new URL('../migrations/', import.meta.url)
const ONE = '00000000-0000-7000-8000-000000000001'
const TWO = '00000000-0000-7000-8000-000000000002'

test('existing connections keep their deliveries; those of two businesses that fall together keep their spelling', async (t) => {
  const { db } = await testDatabase(t, { blank: true, max: 1 })
  const names = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).sort()
  const at = names.findIndex((name) => name.endsWith('_proven_connections.sql'))
  const run = async (name = '') => db.query(await readFile(new URL(name, MIGRATIONS), 'utf8'))
  for (const name of names.slice(0, at)) await run(name)
  // given
  for (const id of [ONE, TWO]) {
    await db.query(`insert into businesses values ('${id}', 'Sample', null, 'SAR', 'Asia/Riyadh', 'ar', now())`)
  }
  await db.query(`insert into pos_systems values ('standard', 'Standard', 'standard', now())`)
  const connections: [string, string, string][] = [
    ['440810', ONE, '2026-01-01'],
    ['00555', ONE, '2026-01-01'],
    ['555', ONE, '2026-01-02'],
    ['00777', ONE, '2026-01-01'],
    ['777', TWO, '2026-01-02'],
    ['0', TWO, '2026-01-01'],
    ['２\u200b９２', TWO, '2026-01-01'],
    ['٠٨٨', ONE, '2026-01-01'],
  ]
  for (const [reference, business, created] of connections) {
    await db.query(`insert into pos_connections values ('standard', $1, $2, $3)`, [reference, business, created])
  }
  // when
  await run(names[at])
  // then
  const found = async (reference: string) => {
    const rows = await db.query<{ business_id: string }>(
      'select business_id from pos_connections where reference_key = any ($1::text[])',
      [referenceKeys(reference)],
    )
    return rows.map((row) => row.business_id)
  }
  assert.deepEqual(await found('0440810'), [ONE])
  for (const spelling of ['00555', '555', '５５５']) assert.deepEqual(await found(spelling), [ONE], spelling)
  assert.deepEqual(await found('00777'), [ONE])
  assert.deepEqual(await found('777'), [TWO])
  assert.deepEqual(await found('0777'), [], 'nobody can tell whose it is')
  const stored = await db.query<{ reference: string; key: string }>(
    `select reference, reference_key as key from pos_connections where reference not like '%777' order by 1`,
  )
  assert.equal(stored.length, 5)
  for (const { reference, key } of stored) assert.equal(key, normaliseReference(reference), reference)
})
