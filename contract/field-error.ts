// One invalid field of an input: where it is, what is wrong and how to fix it. Every check of an
// input, in the API and in the dashboard, returns these.

export interface FieldError {
  /** JSON Pointer (RFC 6901) to the value, e.g. `/rules/0/earn/per`. */
  pointer: string
  /** What is wrong and how to fix it. */
  message: string
  message_ar?: string
  /** Where in an HTTP request the value was sent; absent for the body. */
  in?: 'query' | 'path' | 'header'
}

export function fieldError(pointer: string, message: string, message_ar: string): FieldError {
  return { pointer, message, message_ar }
}
