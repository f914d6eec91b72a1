// The database of the plain implementation (A), with the customers of LoyaPro's world in it.
import { createDatabase, type Database } from '../../src/db/database.ts'
import type { World } from '../harness/world.ts'
import { PLAIN_SCHEMA } from './plain-store.ts'

export interface PlainWorld {
  url: string
  db: Database
}

/** On the same server as LoyaPro's. */
export async function withPlainWorld<T>(world: World, use: (plain: PlainWorld) => Promise<T>): Promise<T> {
  await world.db.query('create database plain')
  const url = Object.assign(new URL(world.databaseUrl), { pathname: '/plain' }).href
  const db = createDatabase({ url, max: 2 })
  try {
    await db.query(PLAIN_SCHEMA)
    for (const { reference, ids, phones, names } of world.customers) {
      await db.query(CUSTOMERS, [reference, ids, phones, names])
      await db.query(BALANCES, [reference, ids])
    }
    await db.query('vacuum analyze')
    await db.query('checkpoint')
    return await use({ url, db })
  } finally {
    await db.close()
  }
}

const CUSTOMERS = `
insert into customers (business, id, phone, name) select $1, * from unnest($2::uuid[], $3::text[], $4::text[])`

const BALANCES = `
insert into balances (business, customer_id, program, units)
select $1, c, program, 0 from unnest($2::uuid[]) as c, unnest(array['points', 'cashback']) as program`
