// Limits failed authentications by the address of the caller. A valid key or token from the same
// address still works.
import type { FastifyRequest } from 'fastify'
import { networkOf } from '../../businesses/limits.ts'
import type { AppContext } from '../../server/context.ts'
import { Problem } from '../problem.ts'

/** Whether the address of the request has failed so often that its requests get less work. */
export function hasFailedOften({ limits }: AppContext, request: FastifyRequest): boolean {
  return limits.failedAttempts.waitMs(networkOf(request.ip)) > 0
}

/** Counts a failure. Returns the refusal while the address may fail, else 429 `rate_limited`. */
export function failedAttempt({ limits }: AppContext, request: FastifyRequest, refusal: Problem): Problem {
  const waitMs = limits.failedAttempts.take(networkOf(request.ip))
  return waitMs === 0 ? refusal : tooManyFailures(waitMs)
}

export function tooManyFailures(waitMs: number): Problem {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000))
  return new Problem('rate_limited', {
    detail: {
      en: `Too many requests without a valid key or token came from this address. Check the key, and try again in ${seconds} s.`,
      ar: `وصلت طلبات API كثيرة من هذا العنوان دون مفتاح أو رمز صالح. تحقق من المفتاح. الثواني المتبقية قبل المحاولة التالية: ${seconds}.`,
    },
    headers: { 'retry-after': String(seconds) },
  })
}
