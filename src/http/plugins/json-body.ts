// Parsers of JSON bodies: strict for the business API; for the POS API, with the original bytes.
import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { readBody } from '../pos/read-body.ts'
import { Problem } from '../problem.ts'
import type { ApiServer } from '../server.ts'

/**
 * The body of a POS request: the original bytes, which are stored as evidence and identify a
 * delivery, and the parsed value.
 */
export interface PosBody {
  raw: Buffer
  value: unknown
  /** The sender announced more bytes than it sent; the connection closes after the answer. */
  cutShort: boolean
}

/**
 * Accepts `application/json` and `application/…+json`; the body of routes in this scope is a
 * PosBody. JSON is UTF-8 (RFC 8259 §8.1), so a charset parameter is ignored; a byte order mark is
 * skipped. Keys such as `__proto__` become plain properties: do not merge the value into another
 * object, and do not index an object by its keys. `authenticate` is called before the bytes are
 * parsed.
 */
export function parsePosBodies(
  scope: ApiServer,
  limit: number,
  authenticate: (request: FastifyRequest, raw: Buffer) => Promise<void>,
): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser(JSON_TYPE, async (request: FastifyRequest, stream: IncomingMessage): Promise<PosBody> => {
    const { raw, cutShort } = await readBody(request, stream, { limit })
    await authenticate(request, raw)
    return { raw, value: parse(raw), cutShort }
  })
  scope.addHook('preHandler', (request, reply, done) => {
    if ((request.body as PosBody | undefined)?.cutShort) reply.header('connection', 'close')
    done()
  })
}

/**
 * Accepts `application/json` only and rejects bodies that try to change an object's prototype. An
 * empty body counts as none, because many clients send the content type with every request.
 */
export function parseApiBodies(scope: ApiServer): void {
  const parseStrictly = scope.getDefaultJsonParser('error', 'error')
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else void parseStrictly(request, body.toString(), done)
  })
}

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i

function parse(raw: Buffer): unknown {
  if (raw.length === 0)
    throw notJson('The request body is empty. Send JSON.', 'محتوى طلب API فارغ. أرسل البيانات بصيغة JSON.')
  if (!isUtf8(raw))
    throw notJson(
      'The request body is not valid UTF-8. Send the JSON in UTF-8.',
      'ترميز محتوى طلب API ليس UTF-8. أرسل JSON بترميز UTF-8.',
    )
  const text = raw.toString('utf8', hasByteOrderMark(raw) ? BYTE_ORDER_MARK.length : 0)
  try {
    return JSON.parse(text)
  } catch (error) {
    const where = positionOf(error, text)
    throw notJson(`The request body is not valid JSON: ${where.en}.`, `محتوى طلب API ليس JSON صحيحًا: ${where.ar}.`)
  }
}

const BYTE_ORDER_MARK = Buffer.from('\ufeff')

function hasByteOrderMark(raw: Buffer): boolean {
  return raw.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK)
}

function notJson(en: string, ar: string): Problem {
  return new Problem('invalid_json', { detail: { en, ar } })
}

/** From V8's message, which contains a position or the unexpected character. */
function positionOf(error: unknown, text: string): { en: string; ar: string } {
  const message = error instanceof Error ? error.message : ''
  const position = Number(/at position (\d+)/.exec(message)?.[1] ?? Number.NaN)
  if (message.includes('end of JSON') || position >= text.length) {
    return { en: 'it ends too early', ar: 'انتهى قبل اكتماله' }
  }
  if (Number.isNaN(position)) {
    const [, character = ''] = /^Unexpected token '(.+?)',/u.exec(message) ?? []
    return { en: `unexpected character ${character}`.trimEnd(), ar: `حرف غير متوقع ${character}`.trimEnd() }
  }
  const before = text.slice(0, position).split('\n')
  const line = before.length
  const column = (before.at(-1)?.length ?? 0) + 1
  return { en: `error at line ${line}, column ${column}`, ar: `خطأ في السطر ${line}، العمود ${column}` }
}
