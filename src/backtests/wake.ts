// Starts the job of back-tests at once, so that nobody waits for its next tick.
import type { Logger } from 'pino'
import type { Database } from '../db/database.ts'

/** Without a job queue, or when it does not answer, the next tick finds the back-test. */
export async function wakeBackTests({ db, log }: { db: Database; log: Logger }): Promise<void> {
  try {
    await db.query(
      `select from graphile_worker.add_job('run_back_tests', job_key => 'run_back_tests', max_attempts => 3)`,
    )
  } catch (error) {
    log.debug({ err: error }, 'the job of back-tests was not woken')
  }
}
