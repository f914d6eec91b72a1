// The job queue with several processes: they open it concurrently, run each tick once, and recover
// from every kind of failure.
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import pino from 'pino'
import { testDatabase, testServer } from '../../test/support/database.ts'
import { createDatabase, type Database } from '../db/database.ts'
import { type AppContext, createContext } from '../server/context.ts'
import { startWorker, type Worker } from './index.ts'
import { JOBS } from './jobs.ts'

/** A process: it shares only the database with others. */
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

const TIMEOUT_MS = 30_000

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + TIMEOUT_MS
  while (!(await holds())) {
    assert.ok(performance.now() < deadline, 'the condition was not met in time')
    await delay(20)
  }
}

/** Starts a worker, which is stopped after the test. */
async function open(t: TestContext, ctx: AppContext): Promise<Worker> {
  const worker = await startWorker(ctx, ctx.config.databaseUrl ?? '')
  t.after(() => worker.stop())
  return worker
}

/** As if no process had run for two days: every job has missed its last tick. */
function missTwoDays(db: Database) {
  return db.query(
    `update graphile_worker._private_known_crontabs set known_since = now() - interval '2 days', last_execution = null`,
  )
}

const waitingJobs = async (db: Database) => (await db.query('select id from graphile_worker._private_jobs')).length

/** The names of the jobs that are running. */
const runningJobs = async (db: Database) =>
  (
    await db.query<{ task: string }>(
      `select t.identifier as task from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where j.locked_at is not null`,
    )
  ).map(({ task }) => task)

/** Daily jobs: it is unlikely that they are due by the wall clock during a test. */
const DAILY = Object.keys(JOBS).filter((task) => (JOBS[task]?.everyMs ?? 0) >= 24 * 3_600_000)

test('five processes open the queue concurrently without errors or warnings', async (t) => {
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
  await missTwoDays(db)
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

test('a job that hangs, or whose process was killed, does not block the next tick', async (t) => {
  const { db, url } = await testDatabase(t)
  const [hanging, healthy] = [processOn(db, url), processOn(db, url)]
  const held = async () => (await runningJobs(db)).filter((task) => task === 'purge_answers').length
  await open(t, hanging).then((first) => first.stop())
  await missTwoDays(db)
  const workers = await db.transaction(async (tx) => {
    // While the table is locked, the job of the first process hangs, which the queue cannot
    // distinguish from a killed process. A free process starts the next tick meanwhile.
    await tx.query('lock table idempotency_keys in access exclusive mode')
    const first = await open(t, hanging)
    await until(async () => (await held()) === 1)
    await missTwoDays(db)
    const second = await open(t, healthy)
    await until(async () => (await held()) === 2)
    return [first, second]
  })
  await until(async () => (await runs([hanging, healthy])).purge_answers === 2)
  await Promise.all(workers.map((worker) => worker.stop()))
})

test('a job that fails is logged and counted, stores no details in the queue, and does not stop the others', async (t) => {
  const { db, url } = await testDatabase(t)
  await open(t, processOn(db, url)).then((first) => first.stop())
  await missTwoDays(db)
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

test('the queue is reopened after the database was unavailable when jobs ended', async (t) => {
  const { db, url } = await testDatabase(t)
  const ctx = processOn(db, url)
  await open(t, ctx).then((first) => first.stop())
  await missTwoDays(db)
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
      // Two jobs hang, each on a different table.
      await answers.query('lock table idempotency_keys in access exclusive mode')
      await subscriptions.query('lock table subscriptions in access exclusive mode')
      worker = await open(t, ctx)
      await until(async () => (await runningJobs(db)).sort().join() === 'begin_periods,purge_answers')
      // Other connections stay; those of the queue are terminated, and it cannot open new ones.
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

test('when the queue cannot be opened, starting fails and no connection stays open', async () => {
  const url = 'postgresql://nobody:none@127.0.0.1:1/none'
  const db = createDatabase({ url })
  await assert.rejects(startWorker(processOn(db, url), url), /ECONNREFUSED/)
  await db.close()
})
