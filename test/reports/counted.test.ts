// The laws of the sums: whatever happens to a shop, counted sums are the sums of its transfers,
// orders and claims; building them again changes no row; a rollback between two batches loses none,
// and neither does a process that is killed while it counts.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { lockBusinesses } from '../../src/db/business-lock.ts'
import type { Uuid } from '../../src/kernel/ids.ts'
import { createProgramCache, loadPrograms } from '../../src/programs/store.ts'
import { buildReports } from '../../src/reports/build.ts'
import { countEvents } from '../../src/reports/count.ts'
import { beginReports } from '../../src/reports/state.ts'
import { cancelClaim } from '../../src/rewards/claims/end-claim.ts'
import { makeClaim } from '../../src/rewards/claims/make-claim.ts'
import { releaseClaims } from '../../src/worker/claims.ts'
import { beginPeriods } from '../../src/worker/periods.ts'
import { releaseAndExpireAll } from '../../src/worker/release-and-expire.ts'
import { countReports } from '../../src/worker/reports.ts'
import { deliveriesOf, shopStory } from '../laws/stories.ts'
import { adjustFor } from '../support/adjust.ts'
import { testDatabase, untilWaiting } from '../support/database.ts'
import { erase } from '../support/erase.ts'
import { assertProven } from '../support/ledger.ts'
import { merge } from '../support/merge.ts'
import { runs } from '../support/runs.ts'
import { NORTH_COFFEE, openShop, type Shop } from '../support/shop.ts'
import { jobDeps } from '../support/worker.ts'

const { db, url } = await testDatabase()

const PROGRAMS = {
  ...NORTH_COFFEE,
  fading: {
    type: 'points',
    combine: 'best',
    rules: [
      { id: 'welcome', when: { first_order: true }, earn: { kind: 'per_order', units: 70 } },
      { id: 'spend', earn: { kind: 'per_amount', units: 1, per: 50 } },
    ],
    expiry: { kind: 'after', days: 2 },
    pending_days: 1,
  },
  plan: {
    type: 'subscription',
    plan: { products_bought: ['p0'], periods: 4, period: { unit: 'days', count: 1 }, uses_per_period: 2 },
  },
}

const TABLES = [
  'counted_orders',
  'counted_claims',
  'customer_visits',
  'customer_months',
  'daily_units',
  'daily_orders',
  'daily_branch_units',
  'daily_customers',
  'daily_claims',
  'cohort_months',
]

const rowsOf = async (businessId: Uuid) =>
  Object.fromEntries(
    await Promise.all(
      TABLES.map(async (table) => {
        const rows = await db.query<{ row: string }>(
          `select to_jsonb(t)::text as row from ${table} t where business_id = $1 order by 1`,
          [businessId],
        )
        return [table, rows.map(({ row }) => row)] as const
      }),
    ),
  )

async function claimOf(shop: Shop, customerId: Uuid, amount: number, cancel: boolean): Promise<void> {
  await db.write('system:test', async (tx) => {
    const lock = await lockBusinesses(tx, [shop.businessId])
    const business = (await loadPrograms(tx, lock.businesses, createProgramCache())).get(shop.businessId)
    assert(business)
    const pick = { programId: shop.programs.cashback ?? '', amount }
    const made = await makeClaim(tx, lock, business, { customerId, pick }, shop)
    if (made.kind === 'claimed' && cancel) {
      await cancelClaim(tx, lock, business, made.claim.id, { now: shop.clock.now(), ids: shop.ids })
    }
  })
}

function customersOf({ businessId }: Shop) {
  const text = 'select id, phone from customers where business_id = $1 order by phone'
  return db.query<{ id: Uuid; phone: string }>(text, [businessId])
}

const step = fc.record({
  story: shopStory,
  units: fc.constantFrom(0, 100, -50, 700),
  amount: fc.constantFrom(0, 10, 50),
  cancel: fc.boolean(),
  merges: fc.constantFrom(false, false, true),
  erases: fc.constantFrom(false, false, true),
  limit: fc.constantFrom(1, 7, 1_000),
  batches: fc.nat(3),
  hours: fc.constantFrom(0, 1, 30, 60, 800),
})

test('sums that were counted in any batches equal the transfers, and building them again changes no row', async () => {
  let names = 0
  const property = fc.asyncProperty(
    fc.array(step, { minLength: 1, maxLength: 3 }),
    fc.boolean(),
    async (steps, late) => {
      const shop = await openShop(db, { programs: PROGRAMS })
      const { businessId, clock } = shop
      // A business may have a history before anybody opens its reports.
      if (!late) {
        await beginReports(db, businessId)
        await buildReports(db, businessId, shop)
      }
      for (const { story, units, amount, cancel, merges, erases, limit, batches, hours } of steps) {
        const orders = deliveriesOf(story, `r${names++}`)
        const arrived = orders.toReversed().concat(orders.slice(0, 2))
        await Promise.all(arrived.map((order) => shop.deliver(order)))
        const [customer, second] = await customersOf(shop)
        if (customer) {
          if (units !== 0) await adjustFor(db, shop, customer.id, 'cashback', units)
          if (units > 0) await adjustFor(db, shop, customer.id, 'stamps', 7)
          if (amount > 0) await claimOf(shop, customer.id, amount, cancel)
        }
        if (customer && second && merges) await merge(db, shop, second.phone, customer.phone)
        if (customer && erases) await erase(db, shop, customer.phone)
        for (let batch = 0; batch < batches; batch++) await countEvents(db, businessId, { clock, limit })
        // With events that nobody has counted, the proof holds too.
        await assertProven(db, shop)
        clock.advance(hours * 3_600_000)
        const deps = jobDeps(db, shop)
        await Promise.all([releaseAndExpireAll(deps), beginPeriods(deps), releaseClaims(deps), countReports(deps)])
        await beginReports(db, businessId)
      }
      await countReports(jobDeps(db, shop))
      await countReports(jobDeps(db, shop))
      const counted = await rowsOf(businessId)
      await assertSums(shop)
      assert.ok(await buildReports(db, businessId, shop))
      assert.deepEqual(counted, await rowsOf(businessId))
      await assertProven(db, shop)
    },
  )
  await fc.assert(property, { numRuns: runs(200, 25) })
})

/** From the transfers and accounts, without the code of the sums. */
async function assertSums({ businessId }: Shop): Promise<void> {
  const transfers = await db.query<{
    program: Uuid
    day: string
    debit: string
    credit: string
    units: number
    kind: string
  }>(
    `select program_id as program, to_char(occurred_at + interval '3 hours', 'YYYY-MM-DD') as day, debit, credit, units, kind
     from transfers where business_id = $1`,
    [businessId],
  )
  const expected = new Map<string, number>()
  const own = ['available', 'pending', 'held']
  for (const { program, day, debit, credit, units, kind } of transfers) {
    if (kind === 'merge') continue
    const change = (own.includes(credit) ? units : 0) - (own.includes(debit) ? units : 0)
    if (change !== 0) expected.set(`${program} ${day}`, (expected.get(`${program} ${day}`) ?? 0) + change)
  }
  const stored = await db.query<{ key: string; net: number }>(
    `select program_id || ' ' || day as key,
       (earned - taken_back - redeemed + restored - expired + unexpired + added - deducted + written_off)::bigint as net
     from daily_units where business_id = $1`,
    [businessId],
  )
  const nonZero = (pairs: Iterable<readonly [string, number]>) => [...pairs].filter(([, net]) => net !== 0).sort()
  assert.deepEqual(nonZero(stored.map(({ key, net }) => [key, net] as const)), nonZero(expected))
  const closing = await db.query<{ program: Uuid; stored: number; owed: number }>(
    `select a.program_id as program, sum(a.available + a.pending + a.held)::bigint as owed,
       coalesce((select sum(earned - taken_back - redeemed + restored - expired + unexpired + added - deducted + written_off)
         from daily_units d where d.business_id = $1 and d.program_id = a.program_id), 0)::bigint as stored
     from accounts a where a.business_id = $1 group by 1`,
    [businessId],
  )
  for (const { program, stored: sum, owed } of closing) assert.equal(sum, owed, program)
}

test('a process that is killed before it commits has counted nothing, and the next one counts all of it once', async () => {
  const shop = await openShop(db)
  const { businessId } = shop
  await beginReports(db, businessId)
  await buildReports(db, businessId, shop)
  const stories = fc.sample(shopStory, { numRuns: 3, seed: 11 })
  for (const [n, story] of stories.entries()) {
    // given: events of a story that nobody has counted
    for (const order of deliveriesOf(story, `killed${n}`)) await shop.deliver(order)
    const before = await rowsOf(businessId)
    // when: the process is killed as it waits to move its position, which is the last that it writes
    await db.transaction(async (tx) => {
      await tx.query('select from event_readers where business_id = $1 for update', [businessId])
      const counting = spawn(process.execPath, [COUNT, url, businessId], { stdio: 'inherit' })
      const ended = once(counting, 'exit')
      await untilWaiting(db)
      counting.kill('SIGKILL')
      assert.deepEqual(await ended, [null, 'SIGKILL'])
    })
    // then
    assert.deepEqual(await rowsOf(businessId), before)
    await assertProven(db, shop)
    await untilCounted(shop)
    assert.notDeepEqual(await rowsOf(businessId), before)
    await assertSums(shop)
    await assertProven(db, shop)
  }
})

const COUNT = fileURLToPath(new URL('../support/count-reports.ts', import.meta.url))

/** PostgreSQL may need a moment to notice that the process is gone, and holds its locks until then. */
async function untilCounted({ businessId, clock }: Shop): Promise<void> {
  for (;;) {
    const outcome = await countEvents(db, businessId, { clock, limit: 1_000 })
    assert.notEqual(outcome.kind, 'unbuilt')
    if (outcome.kind === 'counted') return
  }
}

test('a wrong sum is a named difference, and building again mends it', async () => {
  const shop = await openShop(db)
  await beginReports(db, shop.businessId)
  await buildReports(db, shop.businessId, shop)
  const [story] = fc.sample(shopStory, { numRuns: 1, seed: 7 })
  assert(story)
  for (const order of deliveriesOf(story, 'wrong')) await shop.deliver(order)
  await countReports(jobDeps(db, shop))
  await db.query('update daily_units set earned = earned + 1 where business_id = $1', [shop.businessId])
  await assert.rejects(assertProven(db, shop), /daily_units\.earned/)
  await buildReports(db, shop.businessId, shop)
  await assertProven(db, shop)
})
