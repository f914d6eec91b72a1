// Starts a job at once, so that nobody waits for its next tick.
import type { Logger } from 'pino'
import type { Queryable } from './database.ts'

/** Call it after the commit. Without a job queue, or when it does not answer, the next tick does the work. */
export async function wakeJob({ db, log }: { db: Queryable; log: Logger }, name: string): Promise<void> {
  try {
    await db.query('select from graphile_worker.add_job($1, job_key => $1, max_attempts => 3)', [name])
  } catch (error) {
    log.debug({ err: error, task: name }, 'a job was not woken')
  }
}
