// Time limits of connections, requests and handlers.
import type { ApiServer } from '../server.ts'

/** Milliseconds. */
export interface Deadlines {
  /** For the headers, from the start of the connection or request. */
  headersMs: number
  /** For the whole request. */
  requestMs: number
  /** How often connections are checked for these limits. */
  checkMs: number
}

/**
 * A POS sends an order in well under a second; a slow mobile network takes longer for a large one.
 */
export const DEADLINES: Deadlines = { headersMs: 10_000, requestMs: 30_000, checkMs: 1_000 }

/**
 * Handlers registered in this scope afterwards answer within 30 seconds, or 503. Not for the POS
 * API: there, 503 guarantees that nothing was applied, which only the database can tell; the time
 * limits of its statements apply instead.
 */
export function limitHandlerTime(scope: ApiServer): void {
  scope.addHook('onRoute', (route) => {
    route.handlerTimeout ??= 30_000
  })
}
