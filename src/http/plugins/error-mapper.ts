// Turns every error into an answer: problem+json (RFC 9457) with a code of the catalogue, in the
// language of the caller.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ErrorCode, Text } from '../../../contract/errors.ts'
import { ERRORS } from '../../../contract/errors.ts'
import { isBusy, isDataException, isServerTrouble, sqlState } from '../../db/errors.ts'
import type { Language } from '../language.ts'
import { askedLanguage } from '../language.ts'
import { Problem } from '../problem.ts'

/**
 * Fastify's error handler. An unexpected error is logged in full and answered with 500 `internal`,
 * without details.
 */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblem(error)
  // For a deliberate refusal, the log line of the request is enough; an error with a cause needs
  // its own line.
  if (problem.statusCode >= 500 && !(error instanceof Problem && error.cause === undefined)) {
    request.log.error({ request_id: request.id, err: error }, 'request failed')
  } else if (isDataException(error)) {
    request.log.warn({ request_id: request.id, err: error }, 'the database rejected a value that passed validation')
  }
  return sendProblem(problem, request, reply)
}

export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const language = askedLanguage(request.headers['accept-language']) ?? problem.language ?? defaultLanguage(request)
  reply.code(problem.statusCode).headers(problem.headers).type('application/problem+json; charset=utf-8')
  // A request with a malformed URL has passed no hook that sets it.
  reply.header('x-request-id', request.id)
  // As text, because the response schemas of the route describe its successes only.
  return reply.send(JSON.stringify(problemBody(problem, language, request.id)))
}

/**
 * `title` and `detail` are in English, for developers; `message` is the detail in the language of
 * the user.
 */
export function problemBody(problem: Problem, language: Language, requestId: string): Record<string, unknown> {
  return {
    ...problem.extra,
    type: `/docs/errors#${problem.code}`,
    title: ERRORS[problem.code].title.en,
    status: problem.statusCode,
    detail: problem.detail.en,
    message: problem.detail[language],
    code: problem.code,
    request_id: requestId,
    ...(problem.errors && { errors: problem.errors }),
  }
}

export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (isDatabaseUnavailable(error)) return new Problem('unavailable', { headers: { 'retry-after': '2' }, cause: error })
  if (isDataException(error)) return new Problem('invalid_request', { detail: UNSTORABLE, cause: error })
  const known = FASTIFY_CODES[codeOf(error)]
  if (known) return new Problem(known.code, { headers: known.headers ?? {}, cause: error })
  const status = statusOf(error)
  return new Problem(status >= 400 && status < 500 ? 'bad_request' : 'internal', { cause: error })
}

/** Arabic for cashiers, when the business has no language set; English for developers. */
function defaultLanguage(request: FastifyRequest): Language {
  return request.url.startsWith('/pos/') ? 'ar' : 'en'
}

/** Also when a statement timed out (57014): nothing was written. */
function isDatabaseUnavailable(error: unknown): boolean {
  return isBusy(error) || isServerTrouble(error) || sqlState(error) === '57014'
}

const UNSTORABLE: Text = {
  en: 'The request contains a value that is out of range or cannot be stored. Check its texts, numbers and times.',
  ar: 'يحتوي طلب API على قيمة خارج النطاق أو لا يمكن حفظها. تحقق من النصوص والأرقام والأوقات فيه.',
}

interface FastifyCase {
  code: ErrorCode
  headers?: Record<string, string>
}

// Source: https://fastify.dev/docs/latest/Reference/Errors/
const FASTIFY_CODES: Record<string, FastifyCase> = {
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'invalid_json' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'invalid_json' },
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'too_large' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { code: 'unsupported_media_type' },
  FST_ERR_HANDLER_TIMEOUT: { code: 'unavailable', headers: { 'retry-after': '5' } },
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function statusOf(error: unknown): number {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : 500
}
