// A world for load and faults: a scratch PostgreSQL, businesses with two programs each, and known
// customers with empty balances.
import type { Database } from '../../src/db/database.ts'
import { assert } from '../../src/kernel/assert.ts'
import type { Uuid } from '../../src/kernel/ids.ts'
import { activateProgram, createProgram } from '../../src/programs/lifecycle.ts'
import type { AppContext } from '../../src/server/context.ts'
import { phoneOf, referenceOf, type WorldSize } from './bodies.ts'
import { openBusiness, setUpPos } from './businesses.ts'
import { withContext } from './context.ts'
import { type ScratchOptions, withScratch } from './scratch.ts'

export interface World {
  size: WorldSize
  /** Removed with everything in it at the end of the run. */
  directory: string
  databaseUrl: string
  db: Database
  /** Of the POS `foodics`. */
  token: string
  businesses: Uuid[]
  customers: Enrolled[]
  ctx: AppContext
}

/** The customers of one business. */
export interface Enrolled {
  reference: number
  ids: Uuid[]
  /** In national form. */
  phones: string[]
  names: string[]
}

/** Starts everything, and removes it after `use`. */
export function withWorld<T>(
  size: WorldSize,
  options: Omit<ScratchOptions, 'name'>,
  use: (world: World) => Promise<T>,
): Promise<T> {
  return withScratch({ ...options, name: 'world' }, (scratch) =>
    withContext(scratch, async (ctx) => {
      const { db } = ctx
      const token = await setUpPos(ctx, 'foodics', DAY_MS)
      const businesses = await openBusinesses(ctx, size)
      const customers: Enrolled[] = []
      for (const [n, businessId] of businesses.entries()) customers.push(await enrol(ctx, size, n, businessId))
      // PostgreSQL assumes that a table that was vacuumed while it was empty stays empty, and a new
      // LoyaPro never is.
      await db.query(`vacuum analyze ${FILLED.join(', ')}`)
      await db.query('checkpoint')
      return await use({ ...scratch, size, db, token, businesses, customers, ctx })
    }),
  )
}

const DAY_MS = 86_400_000

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

const DEFINITIONS = {
  points: { type: 'points', rules: [{ id: 'spend', earn: { kind: 'per_amount', units: 1, per: 100 } }] },
  cashback: { type: 'cashback', rules: [{ id: 'share', earn: { kind: 'percent', basis_points: 500 } }] },
}
const EFFECTIVE_FROM = Date.parse('2020-01-01T00:00:00Z')

function openBusinesses(ctx: AppContext, size: WorldSize): Promise<Uuid[]> {
  return ctx.db.write('system:tool', async (tx) => {
    const ids: Uuid[] = []
    for (let n = 0; n < size.businesses; n++) {
      const name = { name: `Sample Coffee ${n}`, nameAr: null, currency: 'SAR', timezone: 'Asia/Riyadh' }
      const pos = { pos: 'foodics', reference: String(referenceOf(n)) }
      const businessId = await openBusiness(tx, { ...name, ...pos, language: 'ar' }, ctx)
      ids.push(businessId)
      for (const [key, definition] of Object.entries(DEFINITIONS)) {
        const created = await createProgram(tx, { businessId, name: key, nameAr: key, definition }, ctx)
        assert(created.kind === 'created', created.kind)
        const { programId } = created
        await activateProgram(tx, { businessId, programId, effectiveFrom: EFFECTIVE_FROM }, ctx)
      }
    }
    return ids
  })
}

/** Customers with a name, a phone and accounts of 0: orders in a world are those of regulars. */
async function enrol(ctx: AppContext, size: WorldSize, n: number, businessId: Uuid): Promise<Enrolled> {
  const numbers = Array.from({ length: size.customersPerBusiness }, (_, m) => m)
  const ids = numbers.map(() => ctx.ids.next())
  const phones = numbers.map((m) => phoneOf(n, m, size))
  const names = numbers.map((m) => `Sample Customer ${String(m).padStart(6, '0')}`)
  await ctx.db.query(CUSTOMERS, [businessId, ids, phones.map((phone) => `+966${phone}`), names])
  await ctx.db.query(ACCOUNTS, [businessId, ids])
  return { reference: referenceOf(n), ids, phones, names }
}

const CUSTOMERS = `
insert into customers (business_id, id, phone, name, gender, profile_as_of, created_at, updated_at)
select $1, id, phone, name, 'male', '2024-01-01', '2024-01-01', '2024-01-01' from unnest($2::uuid[], $3::text[], $4::text[]) as c (id, phone, name)`

const ACCOUNTS = `
insert into accounts (business_id, customer_id, program_id, created_at)
select $1, c, p.id, '2024-01-01' from unnest($2::uuid[]) as c, programs p where p.business_id = $1`
