// The dependencies of jobs, and the result of a run.
import type { AppContext } from '../server/context.ts'

export interface JobDeps
  extends Pick<AppContext, 'db' | 'clock' | 'ids' | 'programs' | 'ingest' | 'integrations' | 'log'> {
  /** Aborted when the run must end after the current batch; the next run continues from there. */
  readonly signal?: AbortSignal
}

/**
 * The numbers of items that were done, and that failed and were skipped: failures are logged, and
 * the next run retries them.
 */
export interface Tally {
  readonly done: number
  readonly failed: number
}

export const NOTHING: Tally = { done: 0, failed: 0 }

export function both(a: Tally, b: Tally): Tally {
  return { done: a.done + b.done, failed: a.failed + b.failed }
}
