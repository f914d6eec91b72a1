// Answers what Node.js rejects before Fastify sees a request: malformed HTTP, oversized headers, an
// incomplete request.
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { ERRORS, type ErrorCode } from '../../../contract/errors.ts'
import { Problem } from '../problem.ts'
import { problemBody } from './error-mapper.ts'

/** Listener of Node's `clientError` event; there is no reply object yet. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const code = CODES[error.code ?? ''] ?? 'bad_request'
  const { status } = ERRORS[code]
  const body = JSON.stringify(problemBody(new Problem(code), 'en', ''))
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

// Source: https://nodejs.org/api/http.html#event-clienterror
const CODES: Record<string, ErrorCode> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
}
