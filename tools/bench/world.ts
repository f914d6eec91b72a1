// The world of a benchmark: a PostgreSQL in a scratch folder, businesses with programs, and
// customers who have been there before.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { createBusiness } from '../../src/businesses/businesses.ts'
import { connect } from '../../src/businesses/connections.ts'
import { addPosSecret, registerPos } from '../../src/businesses/pos-systems.ts'
import { issuePosToken } from '../../src/businesses/pos-tokens.ts'
import { createDatabase, type Database } from '../../src/db/database.ts'
import { startEmbedded } from '../../src/db/embedded/embedded.ts'
import { migrate } from '../../src/db/migrate.ts'
import { ensurePartitions } from '../../src/db/partitions.ts'
import { assert } from '../../src/kernel/assert.ts'
import type { Uuid } from '../../src/kernel/ids.ts'
import { activateProgram, createProgram } from '../../src/programs/lifecycle.ts'
import { type AppContext, createContext } from '../../src/server/context.ts'
import { phoneOf, referenceOf, type World } from './bodies.ts'
import { PLAIN_SCHEMA } from './plain-store.ts'

export interface BenchWorld {
  size: World
  /** Files of this run; gone when it ends. */
  directory: string
  databaseUrl: string
  plainUrl: string
  /** LoyaPro's database, and A's, from this process. */
  db: Database
  plain: Database
  secretKey: string
  /** Of the POS `foodics`. */
  token: string
  businesses: Uuid[]
  ctx: AppContext
}

export interface WorldOptions {
  durable?: boolean
  /** The folder in which the scratch folder is made; that of the system when not given. */
  under?: string
}

/**
 * Starts everything, and leaves nothing behind. Nothing is given up for speed: the server is as
 * durable as LoyaPro's own.
 */
export async function withWorld<T>(
  size: World,
  { durable = true, under = tmpdir() }: WorldOptions,
  use: (world: BenchWorld) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(under, 'loyapro-bench-'))
  await using opened = new AsyncDisposableStack()
  opened.defer(() => rm(directory, { recursive: true, force: true, maxRetries: 10 }))
  const server = await startEmbedded({ dataDir: directory, durable })
  opened.defer(() => server.stop())
  const db = createDatabase({ url: server.url, max: 4 })
  opened.defer(() => db.close())
  await db.query('create database plain')
  const plainUrl = Object.assign(new URL(server.url), { pathname: '/plain' }).href
  const plain = createDatabase({ url: plainUrl, max: 2 })
  opened.defer(() => plain.close())
  await migrate(db)
  await ensurePartitions(db, Date.now())
  await plain.query(PLAIN_SCHEMA)
  const secretKey = randomBytes(32)
  const config = {
    databaseUrl: server.url,
    host: '127.0.0.1',
    port: 0,
    dataDir: directory,
    lanes: 1,
    logLevel: 'info' as const,
    secretKey,
    retentionMonths: 13,
    maxConnections: 2_000,
  }
  const ctx = createContext({ config, db, log: pino({ level: 'silent' }) })
  const token = await setUpPos(ctx)
  const businesses = await settleBusinesses(ctx, size)
  await enrolCustomers(ctx, plain, size, businesses)
  await plain.query('vacuum analyze')
  // A table that was vacuumed while it was empty is planned as one that stays so; nobody does that
  // to a new LoyaPro.
  await db.query(`vacuum analyze ${FILLED.join(', ')}`)
  await db.query('checkpoint')
  const rest = { directory, databaseUrl: server.url, plainUrl, db, plain, secretKey: secretKey.toString('hex') }
  return await use({ size, token, businesses, ctx, ...rest })
}

const FILLED = [
  'businesses',
  'business_locks',
  'pos_connections',
  'programs',
  'program_versions',
  'terms',
  'customers',
  'accounts',
]

const DAY_MS = 86_400_000

async function setUpPos(ctx: AppContext): Promise<string> {
  await registerPos(ctx.db, { name: 'foodics', title: 'Foodics', adapter: 'foodics' }, ctx)
  await ctx.db.transaction((tx) => addPosSecret(tx, 'foodics', undefined, ctx))
  // A POS has its token for long: a server whose clock is behind would take one of today for one of
  // the future.
  const issued = await issuePosToken(ctx.db, 'foodics', null, {
    ...ctx,
    clock: { now: () => ctx.clock.now() - DAY_MS },
  })
  assert(issued.kind === 'issued', 'no token')
  return issued.token
}

const DEFINITIONS = {
  points: { type: 'points', rules: [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }] },
  cashback: { type: 'cashback', rules: [{ id: 'share', earn: { kind: 'percent', basis_points: 500 } }] },
}

/** Two programs each, for A keeps two balances. */
function settleBusinesses(ctx: AppContext, size: World): Promise<Uuid[]> {
  return ctx.db.transaction(async (tx) => {
    const ids: Uuid[] = []
    for (let n = 0; n < size.businesses; n++) {
      const name = { name: `Sample Coffee ${n}`, name_ar: null, currency: 'SAR', timezone: 'Asia/Riyadh' }
      const made = await createBusiness(tx, { ...name, language: 'ar' }, ctx)
      assert(made.kind === 'created', made.kind)
      const businessId = made.business.id
      ids.push(businessId)
      await connect(tx, { posName: 'foodics', reference: String(referenceOf(n)), businessId }, ctx.clock)
      for (const [key, definition] of Object.entries(DEFINITIONS)) {
        const created = await createProgram(tx, { businessId, name: key, nameAr: key, definition }, ctx)
        assert(created.kind === 'created', created.kind)
        const { programId } = created
        const from = Date.parse('2020-01-01T00:00:00Z')
        await activateProgram(tx, { businessId, programId, effectiveFrom: from }, ctx)
      }
    }
    return ids
  })
}

/**
 * Known by name and phone, with accounts and balances of 0: the benchmark is about the orders of
 * regulars.
 */
async function enrolCustomers(ctx: AppContext, plain: Database, size: World, businesses: readonly Uuid[]) {
  for (const [n, businessId] of businesses.entries()) {
    const numbers = Array.from({ length: size.customersPerBusiness }, (_, m) => m)
    const ids = numbers.map(() => ctx.ids.next())
    const phones = numbers.map((m) => phoneOf(n, m, size))
    const names = numbers.map((m) => `Sample Customer ${String(m).padStart(6, '0')}`)
    await ctx.db.query(CUSTOMERS, [businessId, ids, phones.map((phone) => `+966${phone}`), names])
    await ctx.db.query(ACCOUNTS, [businessId, ids])
    await plain.query(PLAIN_CUSTOMERS, [referenceOf(n), ids, phones, names])
    await plain.query(PLAIN_BALANCES, [referenceOf(n), ids])
  }
}

const CUSTOMERS = `
insert into customers (business_id, id, phone, name, gender, profile_as_of, created_at, updated_at)
select $1, id, phone, name, 'male', '2024-01-01', '2024-01-01', '2024-01-01' from unnest($2::uuid[], $3::text[], $4::text[]) as c (id, phone, name)`

const ACCOUNTS = `
insert into accounts (business_id, customer_id, program_id, created_at)
select $1, c, p.id, '2024-01-01' from unnest($2::uuid[]) as c, programs p where p.business_id = $1`

const PLAIN_CUSTOMERS = `
insert into customers (business, id, phone, name) select $1, * from unnest($2::uuid[], $3::text[], $4::text[])`

const PLAIN_BALANCES = `
insert into balances (business, customer_id, program, units)
select $1, c, program, 0 from unnest($2::uuid[]) as c, unnest(array['points', 'cashback']) as program`
