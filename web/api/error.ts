// What a call of the API fails with: the problem+json of the server, or that it was not reached.
import type { ErrorCode, Text } from '../../contract/errors.ts'
import type { FieldError } from '../../contract/field-error.ts'

/** `unreachable`: no answer came. `unreadable`: something other than LoyaPro answered. */
export type FailureCode = ErrorCode | 'unreachable' | 'unreadable'

export class ApiError extends Error {
  override name = 'ApiError'
  readonly code: FailureCode
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  /** What happened and what to do, in both languages where the server gave only one. */
  readonly text: Text
  /** For support; null when no answer came. */
  readonly requestId: string | null
  /** By JSON pointer into what was sent. */
  readonly fields: readonly FieldError[]
  /** Seconds to wait before another try; null when the server did not say. */
  readonly retryAfter: number | null
  /** All members of the problem, e.g. the balance that was too low. */
  readonly body: Readonly<Record<string, unknown>>

  constructor(given: Partial<Omit<ApiError, 'name'>> & { code: FailureCode; text: Text }) {
    super(given.text.en, { cause: given.cause })
    this.code = given.code
    this.status = given.status ?? 0
    this.text = given.text
    this.requestId = given.requestId ?? null
    this.fields = given.fields ?? []
    this.retryAfter = given.retryAfter ?? null
    this.body = given.body ?? {}
  }

  /** Whether the same call may succeed later: nothing was decided about it. */
  get isTemporary(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

export function unreachable(cause: unknown): ApiError {
  return new ApiError({ code: 'unreachable', text: UNREACHABLE, cause })
}

/** The error of an answer that is not 2xx. `asked` is the language of `message`. */
export async function readFailure(response: Response, asked: keyof Text): Promise<ApiError> {
  const { status, headers } = response
  const requestId = headers.get('x-request-id')
  const retryAfter = Number.parseInt(headers.get('retry-after') ?? '', 10)
  const common = { status, requestId, retryAfter: Number.isNaN(retryAfter) ? null : retryAfter }
  const isProblem = headers.get('content-type')?.startsWith('application/problem+json') === true
  const body = isProblem ? await response.json().catch(() => null) : null
  if (body === null) return new ApiError({ ...common, code: 'unreadable', text: UNREADABLE })
  const text = { en: body.detail, ar: asked === 'ar' ? body.message : body.detail } as Text
  return new ApiError({ ...common, code: body.code, text, fields: body.errors ?? [], body })
}

const UNREACHABLE: Text = {
  en: 'LoyaPro cannot be reached. Check your internet connection.',
  ar: 'تعذّر الوصول إلى لويا برو. تحقق من اتصالك بالإنترنت.',
}
const UNREADABLE: Text = {
  en: 'The answer did not come from LoyaPro. Check your network, then try again.',
  ar: 'لم يصل الرد من لويا برو. تحقق من الشبكة ثم حاول مرة أخرى.',
}
