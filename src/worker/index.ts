// Runs the scheduled jobs, once per tick with any number of processes.
import { EventEmitter, once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { Logger as GraphileLogger, parseCronItems, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import pg from 'pg'
import type { AppContext } from '../server/context.ts'
import { JOBS } from './jobs.ts'

export interface Worker {
  /**
   * Takes no more jobs, and resolves when the running jobs have ended, each after its current batch.
   */
  stop(): Promise<void>
}

/** More than one, so that a long job does not block the others. */
const JOBS_AT_ONCE = 3

/** Milliseconds before a failed queue is reopened. */
const REOPEN_AFTER_MS = 2_000

/**
 * Milliseconds in which running jobs can end; the next run repeats what they have not committed by
 * then.
 */
const CLOSED_WITHIN_MS = 10_000

/**
 * Opens the job queue, whose tables are in the schema `graphile_worker`, on separate connections.
 * Throws when it cannot be opened; when it fails later, it is reopened.
 */
export async function startWorker(ctx: AppContext, databaseUrl: string): Promise<Worker> {
  const stopping = new AbortController()
  const { signal } = stopping
  const open = () => openQueue(ctx, databaseUrl, signal)
  let queue = await open()
  const watched = (async () => {
    for (;;) {
      await queue.over
      if (signal.aborted) return
      ctx.log.error('the job queue failed; reconnecting')
      // Not awaited: a failed queue may never finish closing.
      void queue.close()
      const again = await untilOpen(open, signal, ctx)
      if (again === null) return
      queue = again
    }
  })()
  const stop = async () => {
    stopping.abort()
    await queue.close()
    await watched
  }
  let stopped: Promise<void> | undefined
  return {
    stop() {
      stopped ??= stop()
      return stopped
    },
  }
}

/** Null when the worker is stopping. */
async function untilOpen(open: () => Promise<Queue>, stop: AbortSignal, { log }: AppContext): Promise<Queue | null> {
  while (!stop.aborted) {
    try {
      await wait(REOPEN_AFTER_MS, undefined, { signal: stop })
      const queue = await open()
      if (!stop.aborted) return queue
      await queue.close()
    } catch (error) {
      if (!stop.aborted) log.warn({ err: error }, 'the job queue could not be opened')
    }
  }
  return null
}

interface Queue {
  /** Resolves when the queue takes no more jobs, because it was closed or failed. */
  readonly over: Promise<unknown>
  /** Resolves when the running jobs have ended, or after a timeout. Never rejects. */
  close(): Promise<void>
}

async function openQueue(ctx: AppContext, databaseUrl: string, stop: AbortSignal): Promise<Queue> {
  const pool = openPool(ctx, databaseUrl)
  const events: WorkerEvents = new EventEmitter()
  const over = once(events, 'pool:gracefulShutdown')
  const runner = await run({
    pgPool: pool,
    events,
    concurrency: JOBS_AT_ONCE,
    noHandleSignals: true,
    // By default, the queue records the end of a job in a promise that is not awaited, so an
    // unavailable database ends the process. With batches, only the queue fails.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    logger: new GraphileLogger(() => (level, message) => {
      if (level === 'error' || level === 'warning') ctx.log.warn({ queue: message }, 'job queue')
      else ctx.log.debug({ queue: message }, 'job queue')
    }),
    taskList: tasks(ctx, databaseUrl, stop),
    parsedCronItems: parseCronItems(
      Object.entries(JOBS).map(([task, { match, everyMs }]) => ({
        task,
        match,
        // With the key, a tick replaces one that still waits. A named queue is not used: after a
        // crash during a job it would stay locked for four hours, for all processes.
        options: { jobKey: task, maxAttempts: 3, backfillPeriod: everyMs },
      })),
    ),
  }).catch(async (error: unknown) => {
    await pool.end()
    throw error
  })
  return {
    over,
    async close() {
      await settledInTime(runner.stop())
      await settledInTime(pool.end())
    },
  }
}

/** Waits until the promise settles, or for `CLOSED_WITHIN_MS`. */
async function settledInTime(end: Promise<unknown>): Promise<void> {
  await Promise.race([end.catch(() => undefined), wait(CLOSED_WITHIN_MS, undefined, { ref: false })])
}

function openPool({ log }: AppContext, connectionString: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    // One connection for LISTEN and one for the schedule.
    max: JOBS_AT_ONCE + 2,
    application_name: 'loyapro_jobs',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  })
  pool.on('error', (error) => log.warn({ err: error }, 'lost a connection of the job queue'))
  // A lost connection rejects its query; without a listener, the error event would also end the
  // process.
  pool.on('connect', (client) => void client.on('error', () => undefined))
  return pool
}

function tasks(ctx: AppContext, databaseUrl: string, stop: AbortSignal): TaskList {
  const { config, metrics, log } = ctx
  return Object.fromEntries(
    Object.entries(JOBS).map(([task, { everyMs, run }]) => [
      task,
      async () => {
        const signal = AbortSignal.any([stop, AbortSignal.timeout(everyMs)])
        try {
          const tally = await run({ ...ctx, databaseUrl, signal }, config)
          metrics.jobs.inc({ task, result: tally.failed > 0 ? 'failed' : 'done' })
          if (tally.done + tally.failed > 0) log.info({ task, ...tally }, 'job finished')
        } catch (error) {
          metrics.jobs.inc({ task, result: 'failed' })
          log.error({ err: error, task }, 'a job failed')
          // The queue stores and logs the message, so it contains no details.
          throw new Error(`${task} failed`)
        }
      },
    ]),
  )
}
