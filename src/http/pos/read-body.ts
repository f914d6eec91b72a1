// Reads the bytes of a POS request, also of senders whose Content-Length promises more than they
// send.
import type { FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'
import { WholeJson } from './json-scanner.ts'

export interface ReadOptions {
  /** Bytes at most; more is 413 `too_large`. */
  limit: number
  /** How long to wait for bytes that were promised, once the JSON that came is whole. */
  patienceMs?: number
}

/**
 * The body of the request. The sample client of LoyaPro's POS documentation sends a fixed
 * Content-Length of 8856 with a body of 6942 bytes, and clients built from it do the same: a server
 * that waits for the rest never answers. So when the promised bytes stop coming and what came is
 * whole JSON, that is the body; as nobody can tell where the next request on such a connection
 * begins, `cutShort` says that it must be closed after the answer.
 */
export function readBody(
  request: FastifyRequest,
  stream: NodeJS.ReadableStream,
  { limit, patienceMs = 150 }: ReadOptions,
): Promise<{ raw: Buffer; cutShort: boolean }> {
  const promised = Number(request.headers['content-length'] ?? Number.NaN)
  if (promised > limit) return Promise.reject(new Problem('too_large'))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const json = new WholeJson()
    let size = 0
    let looked = 0
    let patience: NodeJS.Timeout | undefined
    const settle = (finish: () => void) => {
      clearTimeout(patience)
      stream.removeListener('data', take).removeListener('end', end).removeListener('error', fail)
      finish()
    }
    const take = (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      clearTimeout(patience)
      if (size > limit) settle(() => reject(new Problem('too_large')))
      else if (size < promised) patience = setTimeout(giveUpWaiting, patienceMs)
    }
    /**
     * A sender that pauses often is looked at again, but only at what came since: its body costs
     * what any body of that size does.
     */
    const giveUpWaiting = () => {
      for (; looked < chunks.length; looked++) json.add(chunks[looked] ?? Buffer.alloc(0))
      if (json.state === 'whole') settle(() => resolve({ raw: Buffer.concat(chunks), cutShort: true }))
    }
    const end = () => settle(() => resolve({ raw: Buffer.concat(chunks), cutShort: false }))
    const fail = (error: Error) => settle(() => reject(error))
    stream.on('data', take).on('end', end).on('error', fail)
  })
}
