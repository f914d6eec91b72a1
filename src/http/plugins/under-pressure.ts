// Refuses requests while the event loop lags, so that the others are answered in time.
import underPressure from '@fastify/under-pressure'
import { Problem } from '../problem.ts'
import type { ApiServer } from '../server.ts'

/**
 * 503 with Retry-After when the event loop lags more than `maxEventLoopDelay` milliseconds; 0 means
 * no limit. Not in the first seconds of the process, when starting itself delays the event loop.
 */
export async function refuseUnderPressure(scope: ApiServer, maxEventLoopDelay: number): Promise<void> {
  const startedUntil = performance.now() + 5_000
  await scope.register(underPressure, {
    maxEventLoopDelay,
    pressureHandler: async () => {
      if (performance.now() > startedUntil) throw new Problem('unavailable', { headers: { 'retry-after': '5' } })
    },
  })
}
