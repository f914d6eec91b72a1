// A mistake in a program definition: which field, and what would make it right, in both languages.

export interface Problem {
  /** RFC 6901, e.g. `/rules/0/earn/per`. */
  pointer: string
  message: string
  message_ar: string
}

export function problem(pointer: string, message: string, message_ar: string): Problem {
  return { pointer, message, message_ar }
}
