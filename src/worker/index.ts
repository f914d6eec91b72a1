// Runs the jobs: what happens by time alone, once a tick however many processes there are.
import { EventEmitter, once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { Logger as GraphileLogger, parseCronItems, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import pg from 'pg'
import type { AppContext } from '../server/context.ts'
import { JOBS } from './jobs.ts'

export interface Worker {
  /**
   * Takes no more jobs, and resolves when those that run have ended, each after the batch in hand.
   */
  stop(): Promise<void>
}

/** So that a long job does not keep the others waiting. */
const JOBS_AT_ONCE = 3

/** Milliseconds before a queue that broke is opened again. */
const REOPEN_AFTER_MS = 2_000

/**
 * Milliseconds that the jobs in hand have to end; what they have not committed by then is done by
 * the next run.
 */
const CLOSED_WITHIN_MS = 10_000

/**
 * Opens the job queue, whose tables live in the schema `graphile_worker`, on connections of its
 * own. Throws when it cannot be opened; when it breaks later, it is opened again.
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
      // It may have lost count of its jobs and never come to its end; nobody waits for that.
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

/** Null when everything is to stop. */
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
  /** Resolves when it takes no more jobs: because it was closed, or because it broke. */
  readonly over: Promise<unknown>
  /** Resolves when the jobs that run have ended, or when that takes too long. Never rejects. */
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
    // Otherwise the queue notes the end of a job in a promise that nobody holds, and a database
    // that is away at that moment ends the process. Noted in batches, it breaks the queue alone.
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
        // The key lets a tick take the place of one that still waits. There is no queue by name: it
        // would stay locked for four hours when a process dies in the middle of a job, and no other
        // process could take it up.
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
      await patiently(runner.stop())
      await patiently(pool.end())
    },
  }
}

/** Waits for the end of something, be it a failure, but not for ever. */
async function patiently(end: Promise<unknown>): Promise<void> {
  await Promise.race([end.catch(() => undefined), wait(CLOSED_WITHIN_MS, undefined, { ref: false })])
}

function openPool({ log }: AppContext, connectionString: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    // One connection listens, and one is for the clock.
    max: JOBS_AT_ONCE + 2,
    application_name: 'loyapro_jobs',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  })
  pool.on('error', (error) => log.warn({ err: error }, 'lost a connection of the job queue'))
  // A lost connection rejects the query that uses it; without a listener, the event would end the
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
