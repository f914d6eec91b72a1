// The job queue with several processes: opened at once, a tick run once, taken up again after every
// way in which it can break.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import pino from 'pino'
import { testDatabase, testServer } from '../../test/support/database.ts'
import { createDatabase, type Database } from '../db/database.ts'
import { type AppContext, createContext } from '../server/context.ts'
import { startWorker, type Worker } from './index.ts'
import { JOBS } from './jobs.ts'

/** A process: all of its own but the database. */
function processOn(db: Database, databaseUrl: string): AppContext {
  const config = {
    databaseUrl,
    host: '127.0.0.1',
    port: 0,
    dataDir: '/nonexistent',
    lanes: 1,
    logLevel: 'silent',
    secretKey: Buffer.alloc(32),
    retentionMonths: 13,
    maxConnections: 2_000,
  } as const
  return createContext({ config, db, log: pino({ level: 'silent' }) })
}

/** How often each job has run in these processes. */
async function runs(processes: readonly AppContext[]): Promise<Record<string, number>> {
  const sums: Record<string, number> = {}
  for (const { metrics } of processes) {
    for (const { labels, value } of (await metrics.jobs.get()).values) {
      const { task = '' } = labels
      sums[task] = (sums[task] ?? 0) + value
    }
  }
  return sums
}

const PATIENCE_MS = 30_000

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  while (!(await holds())) {
    assert.ok(performance.now() < deadline, 'it did not come to pass')
    await delay(20)
  }
}

/** Ends with the test, whatever becomes of that. */
async function open(t: TestContext, ctx: AppContext): Promise<Worker> {
  const worker = await startWorker(ctx, ctx.config.databaseUrl ?? '')
  t.after(() => worker.stop())
  return worker
}

/**
 * As if all processes had been away since the day before yesterday: every job has missed its last
 * tick.
 */
function awayForTwoDays(db: Database) {
  return db.query(
    `update graphile_worker._private_known_crontabs set known_since = now() - interval '2 days', last_execution = null`,
  )
}

const waitingJobs = async (db: Database) => (await db.query('select id from graphile_worker._private_jobs')).length

/** Names of the jobs that a process has in hand. */
const heldJobs = async (db: Database) =>
  (
    await db.query<{ task: string }>(
      `select t.identifier as task from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where j.locked_at is not null`,
    )
  ).map(({ task }) => task)

/** Jobs that tick so seldom that no test meets a tick of the clock on the wall. */
const DAILY = Object.keys(JOBS).filter((task) => (JOBS[task]?.everyMs ?? 0) >= 24 * 3_600_000)

test('five processes that open the queue at once all succeed; none of them prints anything', async (t) => {
  const { db, url } = await testDatabase(t)
  const printed = t.mock.method(console, 'warn', () => undefined)
  const workers = await Promise.all(Array.from({ length: 5 }, () => open(t, processOn(db, url))))
  const known = await db.query<{ identifier: string }>('select identifier from graphile_worker._private_known_crontabs')
  assert.deepEqual(known.map(({ identifier }) => identifier).sort(), Object.keys(JOBS).sort())
  await Promise.all(workers.map((worker) => worker.stop()))
  assert.equal(printed.mock.callCount(), 0)
})

test('two processes on one database run a tick once', async (t) => {
  const { db, url } = await testDatabase(t)
  await open(t, processOn(db, url)).then((first) => first.stop())
  await awayForTwoDays(db)
  const processes = Array.from({ length: 2 }, () => processOn(db, url))
  const workers = await Promise.all(processes.map((ctx) => open(t, ctx)))
  await until(async () => Object.keys(await runs(processes)).length === Object.keys(JOBS).length)
  await until(async () => (await waitingJobs(db)) === 0)
  await Promise.all(workers.map((worker) => worker.stop()))
  const sums = await runs(processes)
  assert.deepEqual(
    DAILY.map((task) => [task, sums[task]]),
    DAILY.map((task) => [task, 1]),
  )
})

test('a job that hangs, or whose process was killed in the middle of it, does not hold up the next tick', async (t) => {
  const { db, url } = await testDatabase(t)
  const [hanging, healthy] = [processOn(db, url), processOn(db, url)]
  const held = async () => (await heldJobs(db)).filter((task) => task === 'purge_answers').length
  await open(t, hanging).then((first) => first.stop())
  await awayForTwoDays(db)
  const workers = await db.transaction(async (tx) => {
    // As long as nobody can read the table, the job of the first process hangs: to the queue that
    // is the same as killed. The next tick is begun while it does, by whoever is free.
    await tx.query('lock table idempotency_keys in access exclusive mode')
    const first = await open(t, hanging)
    await until(async () => (await held()) === 1)
    await awayForTwoDays(db)
    const second = await open(t, healthy)
    await until(async () => (await held()) === 2)
    return [first, second]
  })
  await until(async () => (await runs([hanging, healthy])).purge_answers === 2)
  await Promise.all(workers.map((worker) => worker.stop()))
})

test('a job that fails says so to log and metrics, keeps no particulars in the queue, and does not stop the others', async (t) => {
  const { db, url } = await testDatabase(t)
  await open(t, processOn(db, url)).then((first) => first.stop())
  await awayForTwoDays(db)
  await db.query('alter table idempotency_keys rename to idempotency_keys_gone')
  const ctx = processOn(db, url)
  const worker = await open(t, ctx)
  await until(async () => Object.keys(await runs([ctx])).length === Object.keys(JOBS).length)
  await worker.stop()
  const failed = (await ctx.metrics.jobs.get()).values.filter(({ labels }) => labels.result === 'failed')
  assert.deepEqual([...new Set(failed.map(({ labels }) => labels.task))], ['purge_answers'])
  const errors = await db.query<{ error: string }>('select last_error as error from graphile_worker._private_jobs')
  for (const { error } of errors) assert.match(error, /^purge_answers failed/)
})

test('a database that is away when jobs end breaks the queue, and it is opened again when the database is back', async (t) => {
  const { db, url } = await testDatabase(t)
  const ctx = processOn(db, url)
  await open(t, ctx).then((first) => first.stop())
  await awayForTwoDays(db)
  const admin = createDatabase({ url: testServer().adminUrl, max: 1 })
  t.after(() => admin.close())
  const name = new URL(url).pathname.slice(1)
  const connections = () =>
    admin.query<{ pid: number }>(
      `select pid from pg_stat_activity where application_name = 'loyapro_jobs' and datname = $1`,
      [name],
    )
  let worker: Worker | undefined
  await db.transaction(async (answers) => {
    await db.transaction(async (subscriptions) => {
      // Two jobs hang, each for a table of its own.
      await answers.query('lock table idempotency_keys in access exclusive mode')
      await subscriptions.query('lock table subscriptions in access exclusive mode')
      worker = await open(t, ctx)
      await until(async () => (await heldJobs(db)).sort().join() === 'begin_periods,purge_answers')
      // Whoever is connected stays, but the queue's connections are cut, and it gets no new ones.
      await admin.query(`alter database ${name} with allow_connections false`)
      const pids = (await connections()).map(({ pid }) => pid)
      await admin.query('select pg_terminate_backend(pid) from unnest($1::integer[]) as pid', [pids])
    })
    await until(async () => 'begin_periods' in (await runs([ctx])))
  })
  await until(async () => (await runs([ctx])).purge_answers === 1)
  await admin.query(`alter database ${name} with allow_connections true`)
  await db.query(`select graphile_worker.add_job('drop_old_bodies')`)
  await until(async () => (await runs([ctx])).drop_old_bodies === 2)
  await worker?.stop()
  await until(async () => (await connections()).length === 0)
})

test('where the queue cannot be opened, starting fails and nothing is left open', async () => {
  const url = 'postgresql://nobody:none@127.0.0.1:1/none'
  const db = createDatabase({ url })
  await assert.rejects(startWorker(processOn(db, url), url), /ECONNREFUSED/)
  await db.close()
})
