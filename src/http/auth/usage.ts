// Refuses requests that exceed the requests or bytes per minute of a token, a key, a business or an
// address.
import type { FastifyRequest } from 'fastify'
import { networkOf } from '../../businesses/limits.ts'
import type { AppContext } from '../../server/context.ts'
import { Problem } from '../problem.ts'
import type { ApiServer } from '../server.ts'

/** The maximum of a body, and the size of a body that does not state its length. */
export const MAX_BODY = 1024 * 1024

/** Limits the requests of an address, for operations of people without an API key. */
export function limitNetworks(scope: ApiServer, { limits }: AppContext): void {
  scope.addHook('onRequest', async (request) => refuseOveruse(limits.network.take(networkOf(request.ip))))
}

/** The bytes of the body as the headers state them. */
export function announcedBytes({ headers }: FastifyRequest): number {
  if (headers['content-length'] !== undefined) return Math.min(Number(headers['content-length']) || 0, MAX_BODY)
  return headers['transfer-encoding'] === undefined ? 0 : MAX_BODY
}

/**
 * Throws 429 `rate_limited` unless there is nothing to wait for. Nothing was applied, so the
 * request can be sent again.
 */
export function refuseOveruse(waitMs: number): void {
  if (waitMs === 0) return
  const seconds = Math.max(1, Math.ceil(waitMs / 1000))
  throw new Problem('rate_limited', {
    detail: {
      en: `More requests or data were sent than are allowed per minute. Nothing was applied. Try again in ${seconds} s.`,
      ar: `تجاوز عدد الطلبات أو حجم البيانات الحد المسموح في الدقيقة، ولم يُطبَّق شيء. الثواني المتبقية قبل المحاولة التالية: ${seconds}.`,
    },
    headers: { 'retry-after': String(seconds) },
  })
}
