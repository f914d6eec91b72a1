// The shape of every error answer (RFC 9457, application/problem+json).
import { Type } from 'typebox'
import { ERRORS, type ErrorCode } from './errors.ts'

const FieldErrorSchema = Type.Object({
  in: Type.Optional(
    Type.Enum(['query', 'path', 'header'], { description: 'Where the value came from; absent: the body.' }),
  ),
  pointer: Type.String({ description: 'JSON Pointer (RFC 6901) to the value.', examples: ['/name/en'] }),
  message: Type.String({ description: 'What is wrong and what to send instead.' }),
  message_ar: Type.Optional(Type.String({ description: 'The same in Arabic.' })),
})

export const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: 'Where the code is described.', examples: ['/docs/errors#invalid_request'] }),
    title: Type.String({ description: 'What the code means, in English.' }),
    status: Type.Integer({ description: 'The HTTP status.' }),
    detail: Type.String({ description: 'This case and its remedy, in English.' }),
    message: Type.String({
      description: 'The detail in Arabic or English, as `Accept-Language` asks: for whoever reads the screen.',
    }),
    code: Type.Enum(Object.keys(ERRORS) as ErrorCode[], { description: 'Stable; decide by it.' }),
    request_id: Type.String({ description: 'Name it when you ask for help.' }),
    errors: Type.Optional(Type.Array(FieldErrorSchema, { description: 'One entry a field.' })),
  },
  { description: 'A refusal.' },
)
