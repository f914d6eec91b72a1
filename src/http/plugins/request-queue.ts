// Queues requests before they take a database connection, so that one business cannot use all
// connections.
import { availableParallelism } from 'node:os'
import type { FastifyRequest, RouteOptions } from 'fastify'
import { type FairQueue, type FairQueueOptions, NotRunError, type RequestKind } from '../../kernel/fair-queue.ts'
import { Problem } from '../problem.ts'
import type { ApiServer } from '../server.ts'

/**
 * Concurrent lists of one business: two, but only one on two cores, so that the other core is free
 * for other businesses.
 */
const LISTS_OF_ONE = Math.min(2, Math.max(1, availableParallelism() - 1))

/**
 * The business API: at most five concurrent requests, three of one business. One connection of the
 * pool stays free for looking up API keys. A request waits for at most five seconds.
 */
export const API_QUEUE: FairQueueOptions = {
  maxRunning: 5,
  maxRunningOfOne: 3,
  maxListsOfOne: LISTS_OF_ONE,
  maxWaiting: 500,
  maxWaitingOfOne: 100,
  maxWaitMs: 5_000,
}

/**
 * Signing in and out: two at a time, one from an address. They share the pool with the business API,
 * and must not take all its places.
 */
export const SIGN_IN_QUEUE: FairQueueOptions = {
  maxRunning: 2,
  maxRunningOfOne: 1,
  maxListsOfOne: 1,
  maxWaiting: 200,
  maxWaitingOfOne: 20,
  maxWaitMs: 5_000,
}

/**
 * Runs the handlers of routes registered in this scope afterwards through the queue, by business of
 * the caller or by `keyOf`. A request enters the queue after validation and leaves it when its handler is done,
 * even if the caller has disconnected.
 */
export function queueRequests(
  scope: ApiServer,
  queue: FairQueue,
  keyOf: (request: FastifyRequest) => string = (request) => request.caller.businessId,
): void {
  scope.addHook('onRoute', (route) => {
    const kind = kindOf(route)
    const { handler } = route
    route.handler = function (request, reply) {
      request.inTurn = (work) => runQueued(queue, keyOf(request), kind, request, work)
      return runQueued(queue, keyOf(request), kind, request, async () => handler.call(this, request, reply))
    }
  })
}

/**
 * Runs `work` when the queue admits it. Throws 429 `rate_limited` or 503 `unavailable`, both with
 * Retry-After.
 */
export async function runQueued<T>(
  queue: FairQueue,
  businessId: string,
  kind: RequestKind,
  request: FastifyRequest,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await queue.run(businessId, kind, work, () => request.raw.socket?.destroyed ?? false)
  } catch (error) {
    throw error instanceof NotRunError ? refusalOf(error) : error
  }
}

/** A read whose path ends with a parameter reads one resource; any other may read many rows. */
function kindOf({ method, url }: RouteOptions): RequestKind {
  const reads = [method].flat().every((one) => one === 'GET' || one === 'HEAD')
  return reads && !/\/:\w+$/.test(url) ? 'list' : 'single'
}

function refusalOf({ reason }: NotRunError): Problem {
  if (reason !== 'too_many_of_one') return new Problem('unavailable', { headers: { 'retry-after': '2' } })
  return new Problem('rate_limited', {
    detail: {
      en: 'Too many of your requests are in progress. Wait for the answers before you send more.',
      ar: 'طلبات API كثيرة قيد التنفيذ. انتظر الردود قبل إرسال المزيد.',
    },
    headers: { 'retry-after': '1' },
  })
}
