// What jobs need, and what a run of one came to.
import type { AppContext } from '../server/context.ts'

export interface JobDeps
  extends Pick<AppContext, 'db' | 'clock' | 'ids' | 'programs' | 'ingest' | 'integrations' | 'log'> {
  /** Aborted when the run shall end after the batch in hand; the next run goes on from there. */
  readonly signal?: AbortSignal
}

/**
 * What was done, and what could not be and was passed over: it is in the log, and the next run
 * tries it again.
 */
export interface Tally {
  readonly done: number
  readonly failed: number
}

export const NOTHING: Tally = { done: 0, failed: 0 }

export function both(a: Tally, b: Tally): Tally {
  return { done: a.done + b.done, failed: a.failed + b.failed }
}
