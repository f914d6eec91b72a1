// The jobs: what happens by time alone, once a tick however many processes run.
import { Logger as GraphileLogger, parseCronItems, run, type TaskList } from 'graphile-worker'
import pg from 'pg'
import type { AppContext } from '../context.ts'
import { applyUnmatched, forgetUnmatched, retryFailed } from './deliveries.ts'
import { beginPeriods } from './periods.ts'
import { passTimeEverywhere } from './time.ts'
import { forgetAnswers, keepPartitions } from './upkeep.ts'

export interface Worker {
  /** Lets running jobs finish and takes no more. */
  stop(): Promise<void>
}

interface Job {
  /** Cron pattern, in UTC. */
  when: string
  work: (ctx: AppContext) => Promise<unknown>
}

/** What each job does and why it is safe twice stands in README.md. */
const JOBS: Record<string, Job> = {
  pass_time: { when: '*/5 * * * *', work: passTimeEverywhere },
  begin_periods: { when: '*/5 * * * *', work: beginPeriods },
  apply_unmatched: { when: '* * * * *', work: applyUnmatched },
  retry_failed: { when: '*/10 * * * *', work: retryFailed },
  forget_unmatched: { when: '17 * * * *', work: forgetUnmatched },
  keep_partitions: { when: '27 * * * *', work: (ctx) => keepPartitions(ctx, ctx.config.retentionMonths) },
  forget_answers: { when: '37 3 * * *', work: forgetAnswers },
}

/** Runs the jobs in this process, on connections of its own; the queue's tables live in the schema `graphile_worker`. */
export async function startWorker(ctx: AppContext, databaseUrl: string): Promise<Worker> {
  const pgPool = new pg.Pool({ connectionString: databaseUrl, max: 3, application_name: 'loyapro_worker' })
  const onLost = (error: Error) => ctx.log.warn({ err: error }, 'a connection of the job queue was lost')
  pgPool.on('error', onLost)
  pgPool.on('connect', (connection) => connection.on('error', onLost))
  const runner = await run({
    pgPool,
    concurrency: 1,
    noHandleSignals: true,
    logger: new GraphileLogger(() => (level, message) => {
      if (level === 'error' || level === 'warning') ctx.log.warn({ queue: message }, 'job queue')
    }),
    taskList: tasks(ctx),
    parsedCronItems: parseCronItems(
      Object.entries(JOBS).map(([task, { when }]) => ({
        task,
        match: when,
        // One at a time over all processes; a tick that comes while the last one waits replaces it.
        options: { queueName: task, jobKey: task, maxAttempts: 5, backfillPeriod: 0 },
      })),
    ),
  })
  return {
    async stop() {
      await runner.stop()
      await pgPool.end()
    },
  }
}

function tasks(ctx: AppContext): TaskList {
  return Object.fromEntries(
    Object.entries(JOBS).map(([task, { work }]) => [
      task,
      async () => {
        try {
          await work(ctx)
          ctx.metrics.jobs.inc({ task, result: 'done' })
        } catch (error) {
          ctx.metrics.jobs.inc({ task, result: 'failed' })
          ctx.log.error({ err: error, task }, 'a job failed; it is tried again')
          throw error
        }
      },
    ]),
  )
}
