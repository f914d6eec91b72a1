// Validates requests against the TypeBox schemas of their routes.
import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Format } from 'typebox/format'
import { Value } from 'typebox/value'
import { type FieldError, fieldError } from '../../../contract/field-error.ts'
import { validate } from '../../../contract/validation/validate.ts'
import { isStorableDate, isStorableInstant } from '../../kernel/clock.ts'
import { Problem } from '../problem.ts'

const isDateTime = Format.IsDateTime

// All dates and instants of schemas must be storable and countable in milliseconds.
Format.Set('date', isStorableDate)
Format.Set('date-time', (text) => isDateTime(text) && isStorableInstant(Date.parse(text)))

/**
 * The validator compiler of the server. A body is validated as sent (an absent one, null for the
 * server, as `{}`); values of query, path and headers are text and are converted to the types of
 * their schema first. Defaults are filled in. Invalid requests get 422 `invalid_request` with one
 * entry for each field, at most 20.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart = 'body' }) => {
  const validator = Compile(schema)
  const place = PLACES[httpPart]
  return (input: unknown) => {
    // Path parameters have no defaults, and most need no conversion.
    if (httpPart === 'params' && validator.Check(input)) return { value: input }
    const given = place === undefined ? (input ?? {}) : Value.Convert(schema, input)
    const value = Value.Default(schema, given)
    return validator.Check(value) ? { value } : { error: refusal(errorsIn(schema, value, place)) }
  }
}

function errorsIn(schema: TSchema, value: unknown, place: FieldError['in']): FieldError[] {
  const errors = validate(schema, value)
  // A keyword that only the compiled schema checks.
  if (errors.length === 0)
    errors.push(fieldError('', 'does not match the documented format', 'لا يطابق الصيغة الموثّقة'))
  return place ? errors.map((error) => ({ in: place, ...error })) : errors
}

const PLACES: Record<string, FieldError['in']> = { querystring: 'query', params: 'path', headers: 'header' }

const MAX_SHOWN = 20

/**
 * 422 `invalid_request` for these fields; its detail is about the first. Also for checks that a
 * schema cannot express.
 */
export function refusal(errors: readonly FieldError[]): Problem {
  const [first] = errors
  if (!first) return new Problem('invalid_request')
  const where = [first.in, first.pointer || 'the body'].filter(Boolean).join(' ')
  return new Problem('invalid_request', {
    detail: {
      en: `${where} ${first.message}${errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''}`,
      ar: `${first.pointer} ${first.message_ar ?? first.message}`,
    },
    errors: errors.slice(0, MAX_SHOWN),
  })
}
