// The request ID of the caller, so that its log and ours name the same request.
import type { IncomingMessage } from 'node:http'

/** Null when the header is missing or not safe to log. */
export function requestIdOf({ headers }: IncomingMessage): string | null {
  const id = headers['x-request-id']
  return typeof id === 'string' && /^[\w.:-]{1,128}$/.test(id) ? id : null
}
