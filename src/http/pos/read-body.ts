// Reads the body of a POS request, also if its Content-Length is larger than the body.
import type { FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'
import { JsonScanner } from './json-scanner.ts'

export interface ReadOptions {
  /** Maximum in bytes; beyond it 413 `too_large`. */
  limit: number
  /** How long to wait for missing bytes before the JSON received so far is examined. */
  maxPauseMs?: number
}

/**
 * The sample client of LoyaPro's POS documentation sends a fixed Content-Length of 8856 with a body
 * of 6942 bytes, and clients built from it do the same: a server that waits for the rest never
 * answers. So if no more bytes arrive and the JSON received so far is complete, that is the body.
 * `cutShort`: close the connection after the response, because the start of its next request is
 * unknown.
 */
export function readBody(
  request: FastifyRequest,
  stream: NodeJS.ReadableStream,
  { limit, maxPauseMs = 150 }: ReadOptions,
): Promise<{ raw: Buffer; cutShort: boolean }> {
  const announced = Number(request.headers['content-length'] ?? Number.NaN)
  if (announced > limit) return Promise.reject(new Problem('too_large'))
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const json = new JsonScanner()
    let size = 0
    let scanned = 0
    let timer: NodeJS.Timeout | undefined
    const finish = (complete: () => void) => {
      clearTimeout(timer)
      stream.removeListener('data', take).removeListener('end', end).removeListener('error', fail)
      complete()
    }
    const take = (chunk: Buffer) => {
      chunks.push(chunk)
      size += chunk.length
      clearTimeout(timer)
      if (size > limit) finish(() => reject(new Problem('too_large')))
      else if (size < announced) timer = setTimeout(scan, maxPauseMs)
    }
    // Each byte is scanned once, however often the sender pauses.
    const scan = () => {
      for (; scanned < chunks.length; scanned++) json.add(chunks[scanned] ?? Buffer.alloc(0))
      if (json.state === 'complete') finish(() => resolve({ raw: Buffer.concat(chunks), cutShort: true }))
    }
    const end = () => finish(() => resolve({ raw: Buffer.concat(chunks), cutShort: false }))
    const fail = (error: Error) => finish(() => reject(error))
    stream.on('data', take).on('end', end).on('error', fail)
  })
}
