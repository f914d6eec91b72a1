// An expected error that a handler throws: a code of the catalogue with the details of the case.
// The error mapper answers with it.
import type { ErrorCode, Text } from '../../contract/errors.ts'
import { ERRORS } from '../../contract/errors.ts'
import type { FieldError } from '../../contract/field-error.ts'

export interface ProblemOptions {
  /** What is wrong and how to fix it. The title of the code if absent. */
  detail?: Text | string
  errors?: readonly FieldError[]
  /** Response headers, e.g. `retry-after`. */
  headers?: Record<string, string>
  /** More members of the response body, e.g. the balance that was too low. */
  extra?: Record<string, unknown>
  /** The language of `message` when the request names none: that of the business, where known. */
  language?: 'ar' | 'en'
  cause?: unknown
}

/** `throw new Problem('not_found')`: an expected error, not a bug. Its stack is not logged. */
export class Problem extends Error {
  override name = 'Problem'
  readonly code: ErrorCode
  readonly statusCode: number
  readonly detail: Text
  readonly errors: readonly FieldError[] | undefined
  readonly headers: Record<string, string>
  readonly extra: Record<string, unknown>
  readonly language: 'ar' | 'en' | undefined

  constructor(code: ErrorCode, options: ProblemOptions = {}) {
    const { status, title } = ERRORS[code]
    const detail = typeof options.detail === 'string' ? { en: options.detail, ar: title.ar } : (options.detail ?? title)
    super(detail.en, { cause: options.cause })
    this.code = code
    this.statusCode = status
    this.detail = detail
    this.errors = options.errors
    this.headers = options.headers ?? {}
    this.extra = options.extra ?? {}
    this.language = options.language
  }
}

/**
 * 422 for one field of the body: `throw invalid('/goal', 'must be at least 1', 'يجب ألا يقل عن
 * 1')`.
 */
export function invalid(pointer: string, message: string, messageAr?: string): Problem {
  const error: FieldError = { pointer, message, ...(messageAr === undefined ? {} : { message_ar: messageAr }) }
  return new Problem('invalid_request', {
    detail: { en: `${pointer} ${message}`, ar: messageAr ?? ERRORS.invalid_request.title.ar },
    errors: [error],
  })
}
