// The number of requests that one caller may make per minute.
import rateLimit from '@fastify/rate-limit'
import { Problem } from '../problem.ts'
import type { ApiServer } from '../server.ts'

/**
 * Counts requests per API key or person, after they are authenticated. Answers carry the headers of the IETF draft:
 * RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset.
 */
export async function limitRate(scope: ApiServer, max: number): Promise<void> {
  await scope.register(rateLimit, {
    max,
    timeWindow: 60_000,
    enableDraftSpec: true,
    keyGenerator: (request) => request.caller.id,
    errorResponseBuilder: (_request, { ttl }) =>
      new Problem('rate_limited', {
        detail: {
          en: `You can make ${max} requests per minute. Try again in ${Math.ceil(ttl / 1000)} s.`,
          ar: `الحد الأقصى هو ${max} طلب API في الدقيقة. الثواني المتبقية قبل المحاولة التالية: ${Math.ceil(ttl / 1000)}.`,
        },
      }),
  })
}
