// The body of every error response (RFC 9457, application/problem+json).
import { Type } from 'typebox'
import { ERRORS, type ErrorCode } from './errors.ts'

const FieldErrorSchema = Type.Object({
  in: Type.Optional(
    Type.Enum(['query', 'path', 'header'], {
      description: 'Where the value was sent. Absent when it was in the body.',
    }),
  ),
  pointer: Type.String({ description: 'JSON Pointer (RFC 6901) to the value.', examples: ['/name/en'] }),
  message: Type.String({ description: 'What is wrong and how to fix it.' }),
  message_ar: Type.Optional(Type.String({ description: 'The same message in Arabic.' })),
})

export const ProblemSchema = Type.Object(
  {
    type: Type.String({
      description: 'Link to the description of the code.',
      examples: ['/docs/errors#invalid_request'],
    }),
    title: Type.String({ description: 'What the code means, in English.' }),
    status: Type.Integer({ description: 'The HTTP status.' }),
    detail: Type.String({ description: 'What happened and how to fix it, in English.' }),
    message: Type.String({
      description: 'The detail in the language of `Accept-Language` (Arabic or English), ready to show on a screen.',
    }),
    code: Type.Enum(Object.keys(ERRORS) as ErrorCode[], {
      description: 'Stable identifier of the error. Use it in your code.',
    }),
    request_id: Type.String({ description: 'Include it when you contact support.' }),
    errors: Type.Optional(Type.Array(FieldErrorSchema, { description: 'One entry per field.' })),
  },
  { description: 'An error response.' },
)
