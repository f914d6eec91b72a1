// Failures of the database: which to retry, which to answer with 503, and which are bugs.
import pg from 'pg'

/**
 * The database cannot be reached or cannot work now (down, restarting, full, no connection free):
 * try again later.
 */
export class DatabaseUnavailable extends Error {
  override name = 'DatabaseUnavailable'

  constructor(cause: unknown) {
    super(`the database is unavailable: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

/**
 * The SQLSTATE of an error that the server reported, else undefined.
 * Source: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined
}

/** Another transaction was faster, in a way that the database does not report as an error. */
export class LostRace extends Error {
  override name = 'LostRace'
}

/**
 * The transaction lost a race (serialization failure or deadlock): a retry may succeed.
 */
export function isLostRace(error: unknown): boolean {
  const state = sqlState(error)
  return error instanceof LostRace || state === '40001' || state === '40P01'
}

/**
 * The server is stopping, starting, or out of connections, memory or disk; or it ended an idle
 * transaction (25P03).
 */
export function isServerTrouble(error: unknown): boolean {
  const state = sqlState(error) ?? ''
  return /^(08|53|57P|25P03)/.test(state)
}

/**
 * Another transaction held the lock for too long. The work itself may be correct and succeed later.
 */
export function isLockTimeout(error: unknown): boolean {
  return sqlState(error) === '55P03'
}

/**
 * The database is unavailable or so busy that a lock timed out or every retry lost its race: the
 * transaction wrote nothing, and the same work may succeed later.
 */
export function isBusy(error: unknown): boolean {
  return error instanceof DatabaseUnavailable || isLockTimeout(error) || isLostRace(error)
}

/**
 * A value that the database cannot store or compute with (SQLSTATE class 22): the input is wrong.
 */
export function isDataException(error: unknown): boolean {
  return sqlState(error)?.startsWith('22') ?? false
}

/**
 * A statement that was not tried, because one before it in its transaction had failed: it says
 * nothing of itself.
 */
export function isEcho(error: unknown): boolean {
  return sqlState(error) === '25P02'
}

/** The embedded PostgreSQL cannot run here. The message names the remedy. */
export class EmbeddedFailure extends Error {
  override name = 'EmbeddedFailure'
}
