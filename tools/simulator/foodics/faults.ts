// Faults of a POS that a test can switch on at any time.
import type { FastifyReply, FastifyRequest } from 'fastify'

export interface Faults {
  /**
   * The number of calls that still get an error; each call decreases it. Infinity means until it is
   * changed.
   */
  serverErrors: number
  /** The number of calls that still get 429 with this Retry-After. */
  tooMany: { calls: number; retryAfterS: number }
  /** The number of calls that still get no response, so that the caller times out. */
  silences: number
  /** Only calls whose `METHOD path` contains this are affected; all when empty. */
  at: string
  /** The merchant declines. */
  merchantDenies: boolean
}

export const FAULTLESS: Faults = {
  serverErrors: 0,
  tooMany: { calls: 0, retryAfterS: 30 },
  silences: 0,
  at: '',
  merchantDenies: false,
}

/** Responds instead of the route when a fault is active. */
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
