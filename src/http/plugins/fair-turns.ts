// Requests wait for their turn before they take a database connection, so that no business can hold
// all of them.
import { availableParallelism } from 'node:os'
import type { FastifyRequest, RouteOptions } from 'fastify'
import { type FairQueue, type FairQueueOptions, NotRunError, type RequestKind } from '../../kernel/fair-queue.ts'
import { Problem } from '../problem.ts'
import type { ApiServer } from '../server.ts'

/**
 * Lists that one business has in flight: two, or on two cores one, so that the other core is left
 * to other businesses.
 */
const LISTS_OF_ONE = Math.min(2, Math.max(1, availableParallelism() - 1))

/**
 * The business API: at most five requests in flight, of one business three. One connection of the
 * pool is left for looking up API keys. A request waits five seconds at most.
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
 * Runs the handler of every route registered in this scope afterwards in the queue, under the
 * business of the caller. A place is taken when the request is read and checked, and given back
 * when the handler is done, even if the caller has left before.
 */
export function takeTurns(scope: ApiServer, queue: FairQueue): void {
  scope.addHook('onRoute', (route) => {
    const kind = kindOf(route)
    const { handler } = route
    route.handler = function (request, reply) {
      return inTurn(queue, request.caller.businessId, kind, request, async () => handler.call(this, request, reply))
    }
  })
}

/**
 * Runs `work` when it is the turn of the business. Throws 429 `rate_limited` or 503 `unavailable`,
 * both with Retry-After.
 */
export async function inTurn<T>(
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

/** What reads one thing names it at the end of its path; every other read may touch many rows. */
function kindOf({ method, url }: RouteOptions): RequestKind {
  const reads = [method].flat().every((one) => one === 'GET' || one === 'HEAD')
  return reads && !/\/:\w+$/.test(url) ? 'list' : 'single'
}

function refusalOf({ reason }: NotRunError): Problem {
  if (reason !== 'too_many_of_one') return new Problem('unavailable', { headers: { 'retry-after': '2' } })
  return new Problem('rate_limited', {
    detail: {
      en: 'Too many requests of this business are in progress. Wait for the answers before you send more.',
      ar: 'طلبات API كثيرة لهذه المنشأة قيد التنفيذ. انتظر الردود قبل إرسال المزيد.',
    },
    headers: { 'retry-after': '1' },
  })
}
