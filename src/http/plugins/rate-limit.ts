// The number of requests that one API key may make per minute.
import rateLimit from '@fastify/rate-limit'
import { Problem } from '../problem.ts'
import type { ApiServer } from '../server.ts'

/**
 * Counts requests per key, after the key is verified. Answers carry the headers of the IETF draft:
 * RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset.
 */
export async function limitRate(scope: ApiServer, max: number): Promise<void> {
  await scope.register(rateLimit, {
    max,
    timeWindow: 60_000,
    enableDraftSpec: true,
    keyGenerator: (request) => request.caller.keyId,
    errorResponseBuilder: (_request, { ttl }) =>
      new Problem('rate_limited', {
        detail: {
          en: `This API key can make ${max} requests per minute. Try again in ${Math.ceil(ttl / 1000)} s.`,
          ar: `الحد الأقصى لمفتاح API هذا هو ${max} في الدقيقة. الثواني المتبقية قبل المحاولة التالية: ${Math.ceil(ttl / 1000)}.`,
        },
      }),
  })
}
