// Runs the jobs: what happens by time alone, once a tick however many processes there are.
import { setTimeout as wait } from 'node:timers/promises'
import { Logger as GraphileLogger, parseCronItems, type Runner, run, type TaskList } from 'graphile-worker'
import pg from 'pg'
import type { AppContext } from '../context.ts'
import { JOBS } from './jobs.ts'

export interface Worker {
  /** Takes no more jobs, and resolves when those that run have ended, each after the batch in hand. */
  stop(): Promise<void>
}

/** So that a long job does not keep the others waiting. */
const JOBS_AT_ONCE = 2

/** Milliseconds before a queue that broke is opened again. */
const REOPEN_AFTER_MS = 2_000

/**
 * Opens the job queue, whose tables live in the schema `graphile_worker`, on connections of its own. Throws when it cannot be
 * opened; when it breaks later, it is opened again.
 */
export async function startWorker(ctx: AppContext, databaseUrl: string): Promise<Worker> {
  const stopping = new AbortController()
  const pool = openPool(ctx, databaseUrl)
  const open = () => openQueue(ctx, pool, stopping.signal)
  let runner = await open().catch(async (error: unknown) => {
    await pool.end()
    throw error
  })
  const watched = (async () => {
    for (;;) {
      await runner.promise
      if (stopping.signal.aborted) return
      ctx.log.error('the job queue broke; it is opened again')
      const reopened = await untilStopped(open, stopping.signal, ctx)
      if (reopened === null) return
      runner = reopened
    }
  })()
  const stop = async () => {
    stopping.abort()
    // It may have ended by itself at this very moment.
    await runner.stop().catch(() => undefined)
    await watched
    await pool.end()
  }
  let stopped: Promise<void> | undefined
  return {
    stop() {
      stopped ??= stop()
      return stopped
    },
  }
}

async function untilStopped(
  open: () => Promise<Runner>,
  stop: AbortSignal,
  { log }: AppContext,
): Promise<Runner | null> {
  for (;;) {
    try {
      await wait(REOPEN_AFTER_MS, undefined, { signal: stop })
      return await open()
    } catch (error) {
      if (stop.aborted) return null
      log.warn({ err: error }, 'the job queue could not be opened')
    }
  }
}

function openPool({ log }: AppContext, connectionString: string): pg.Pool {
  // One connection listens, and one is for the clock.
  const pool = new pg.Pool({
    connectionString,
    max: JOBS_AT_ONCE + 2,
    application_name: 'loyapro_jobs',
    keepAlive: true,
  })
  const onError = (error: Error) => log.warn({ err: error }, 'a connection of the job queue was lost')
  pool.on('error', onError)
  // Whoever uses a connection hears of its loss from the query; without a listener the loss would end the process.
  pool.on('connect', (client) => void client.on('error', () => undefined))
  return pool
}

function openQueue(ctx: AppContext, pgPool: pg.Pool, stop: AbortSignal): Promise<Runner> {
  return run({
    pgPool,
    concurrency: JOBS_AT_ONCE,
    noHandleSignals: true,
    // Otherwise the queue notes the end of a job in a promise that nobody holds, and a database that is away at that moment ends
    // the process. Noted in batches, it breaks the queue alone, which is opened again.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    logger: new GraphileLogger(() => (level, message) => {
      if (level === 'error' || level === 'warning') ctx.log.warn({ queue: message }, 'job queue')
      else ctx.log.debug({ queue: message }, 'job queue')
    }),
    taskList: tasks(ctx, stop),
    parsedCronItems: parseCronItems(
      Object.entries(JOBS).map(([task, { match, everyMs }]) => ({
        task,
        match,
        // The key lets a tick take the place of one that still waits. There is no queue by name: it would stay locked for four
        // hours when a process dies in the middle of a job, and no other process could take it up.
        options: { jobKey: task, maxAttempts: 3, backfillPeriod: everyMs },
      })),
    ),
  })
}

function tasks(ctx: AppContext, stop: AbortSignal): TaskList {
  const { config, metrics, log } = ctx
  return Object.fromEntries(
    Object.entries(JOBS).map(([task, { everyMs, run }]) => [
      task,
      async () => {
        const signal = AbortSignal.any([stop, AbortSignal.timeout(everyMs)])
        try {
          const tally = await run({ ...ctx, signal }, config)
          metrics.jobs.inc({ task, result: tally.failed > 0 ? 'failed' : 'done' })
          if (tally.done + tally.failed > 0) log.info({ task, ...tally }, 'a job did its work')
        } catch (error) {
          metrics.jobs.inc({ task, result: 'failed' })
          log.error({ err: error, task }, 'a job failed')
          // The queue keeps and logs what it catches, so it hears no particulars.
          throw new Error(`${task} failed`)
        }
      },
    ]),
  )
}
