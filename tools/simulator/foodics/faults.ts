// What can go wrong at a POS, to be switched on in the middle of a test.
import type { FastifyReply, FastifyRequest } from 'fastify'

export interface Faults {
  /**
   * Calls that are still answered with an error; each takes one off. Infinity is "down until
   * further notice".
   */
  serverErrors: number
  /** Calls that are still answered with 429 and this Retry-After. */
  tooMany: { calls: number; retryAfterS: number }
  /** Calls that are still not answered at all: the caller has to lose patience. */
  silences: number
  /** Only calls whose `METHOD path` contains this go wrong; all when empty. */
  at: string
  /** The merchant does not give the consent. */
  merchantDenies: boolean
}

export const FAULTLESS: Faults = {
  serverErrors: 0,
  tooMany: { calls: 0, retryAfterS: 30 },
  silences: 0,
  at: '',
  merchantDenies: false,
}

/** Answers in place of the route, when something is to go wrong. */
export async function misbehave(faults: Faults, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  if (!`${request.method} ${request.url}`.includes(faults.at)) return
  if (faults.silences > 0) {
    faults.silences -= 1
    await new Promise((resolve) => request.raw.once('close', resolve))
    reply.hijack()
    return reply
  }
  if (faults.serverErrors > 0) {
    faults.serverErrors -= 1
    return reply.code(500).send({ message: 'Server Error', errors: [] })
  }
  if (faults.tooMany.calls > 0) {
    faults.tooMany = { ...faults.tooMany, calls: faults.tooMany.calls - 1 }
    reply.header('retry-after', faults.tooMany.retryAfterS)
    return reply.code(429).send({ message: 'Too Many Attempts.', errors: [] })
  }
  return
}
