// Runs one back-test: reads the sales page by page, assesses them, reports, and stores the result.
// It locks nothing, and no transaction is longer than a page.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Logger } from 'pino'
import { createDictionaryCache } from '../archive/dictionaries.ts'
import type { Database, Transaction } from '../db/database.ts'
import { must } from '../kernel/assert.ts'
import type { Clock, EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { type BusinessPrograms, createProgramCache, loadPrograms } from '../programs/store.ts'
import type { PinnedVersion } from '../programs/terms.ts'
import type { BackTest, BackTestResult } from './back-test.ts'
import { loadBudgetBefore, loadEarlier, loadSaleIds, loadSales, type SaleIds, type SaleSource } from './load-sales.ts'
import { createSimulation, hasBudget, type Simulation } from './simulation.ts'
import { claimBackTest, finishBackTest, type Outcome, reportProgress } from './store.ts'
import { createTally } from './tally.ts'
import { loadUnitWorth } from './unit-worth.ts'

export interface BackTestDeps {
  db: Database
  clock: Clock
  log: Logger
  /** Aborted when the process ends: the back-test waits for another one. */
  signal?: AbortSignal
}

/** Sales in one transaction. */
const PAGE = 500

const REPORT_EVERY_MS = 500

/** Runs the next back-test of the business. Null when none waits. */
export async function runNextBackTest(deps: BackTestDeps, businessId: Uuid): Promise<Outcome['status'] | null> {
  const { db, clock, log } = deps
  const test = await claimBackTest(db, businessId, clock.now())
  if (!test) return null
  const outcome = await outcomeOf(deps, test).catch((error: unknown): Outcome => {
    log.error({ err: error, business: businessId, backTest: test.id }, 'a back-test failed')
    return { status: 'failed', problem: 'error' }
  })
  await finishBackTest(db, test, outcome, clock.now())
  return outcome.status
}

async function outcomeOf(deps: BackTestDeps, test: BackTest): Promise<Outcome> {
  const { db } = deps
  const ids = await loadSaleIds(db, test)
  if (ids === 'too_many') return { status: 'failed', problem: 'too_many_orders' }
  const run = await prepare(db, test, ids)
  const finished = await assessAll(deps, test, run)
  return finished ? { status: 'done', result: await resultOf(db, test, run) } : { status: 'waiting' }
}

interface Run {
  ids: SaleIds
  source: SaleSource
  simulation: Simulation
  tally: ReturnType<typeof createTally>
  /** Customers whose earlier units are known to the simulation. */
  seen: Set<Uuid>
}

async function prepare(db: Database, test: BackTest, ids: SaleIds): Promise<Run> {
  const { businessId, programId, definition } = test
  const programs = await currentPrograms(db, businessId)
  const { type, name, nameAr } = must(programs.programs.get(programId), 'the program of a back-test')
  const tested: PinnedVersion = { programId, type, name, nameAr, version: test.version ?? 0, definition }
  const branches = await db.query<{ id: Uuid; timezone: string | null }>(
    'select id, timezone from branches where business_id = $1',
    [businessId],
  )
  const budgeted = programs.terms.filter(({ members }) =>
    members.some((member) => member.programId === programId && hasBudget(member.definition)),
  )
  const budgetBefore = hasBudget(definition)
    ? await loadBudgetBefore(
        db,
        test,
        budgeted.map(({ number }) => number),
      )
    : 0
  return {
    ids,
    source: {
      programs,
      tested,
      timezones: new Map(branches.map(({ id, timezone }) => [id, timezone])),
      snapshots: { dictionaries: createDictionaryCache(64) },
    },
    simulation: createSimulation(programs, tested, { budgetBefore }),
    tally: createTally(),
    seen: new Set(),
  }
}

async function currentPrograms(db: Database, businessId: Uuid): Promise<BusinessPrograms> {
  return db.transaction(async (tx) => {
    const locks = await tx.query<{ businessId: Uuid; configVersion: number }>(
      'select business_id as "businessId", config_version as "configVersion" from business_locks where business_id = $1 for key share',
      [businessId],
    )
    return must((await loadPrograms(tx, locks, createProgramCache())).get(businessId), `business ${businessId}`)
  })
}

/** False when it was cancelled or is to begin again elsewhere. */
async function assessAll({ db, clock, signal }: BackTestDeps, test: BackTest, run: Run): Promise<boolean> {
  const { ids, simulation, tally } = run
  let reportedAt: EpochMs = Number.NEGATIVE_INFINITY
  for (let done = 0; done < ids.count; done += PAGE) {
    if (signal?.aborted) return false
    const now = clock.now()
    if (now - reportedAt >= REPORT_EVERY_MS) {
      if (!(await reportProgress(db, test, { orders: ids.count, assessed: done }, now))) return false
      reportedAt = now
    }
    const sales = await oneState(db, async (tx) => {
      const page = await loadSales(tx, run.source, ids.page(done, PAGE))
      await admitEarlier(tx, test, run, page)
      return page
    })
    for (const sale of sales) {
      const { customerId, branchId, businessDate } = sale.row
      tally.add({ customerId, branchId, businessDate }, simulation.assess(sale))
    }
    // Where it shares the thread with others, they have their turn.
    await nextTurn()
  }
  return reportProgress(db, test, { orders: ids.count, assessed: ids.count }, clock.now())
}

/** A read-only transaction in which every statement sees the same state. */
function oneState<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    void tx.query('set transaction isolation level repeatable read, read only')
    return work(tx)
  })
}

/** What customers of this page were given on days before the back-test that its caps count. */
async function admitEarlier(
  tx: Transaction,
  test: BackTest,
  run: Run,
  page: readonly { row: { customerId: Uuid | null } }[],
) {
  const { simulation, seen } = run
  if (!simulation.needsEarlier) return
  const ids = new Set(page.flatMap(({ row: { customerId } }) => customerId ?? []))
  const fresh = [...ids].filter((id) => !seen.has(id))
  if (fresh.length === 0) return
  for (const id of fresh) seen.add(id)
  const days = { from: beginningOfCaps(test.from), until: test.from }
  for (const { customerId, date, units } of await loadEarlier(tx, test, days, fresh)) {
    simulation.addEarlier(customerId, date, units)
  }
}

/** The first day of the week and of the month that the first day is in, whichever is earlier. */
function beginningOfCaps(first: IsoDate): IsoDate {
  const date = Temporal.PlainDate.from(first)
  const sunday = date.subtract({ days: date.dayOfWeek % 7 })
  const month = date.with({ day: 1 })
  return (Temporal.PlainDate.compare(sunday, month) < 0 ? sunday : month).toString()
}

async function resultOf(db: Database, test: BackTest, { source, tally }: Run): Promise<BackTestResult> {
  return tally.result(test, await loadUnitWorth(db, source.programs, source.tested, test.to))
}
