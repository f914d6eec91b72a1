// Errors of invalid requests: the field, what is wrong, and what to send instead, in both
// languages.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TSchema, Type } from 'typebox'
import type { FieldError } from '../../../contract/field-error.ts'
import { Problem } from '../problem.ts'
import { validatorCompiler } from './validation.ts'

type Part = 'body' | 'querystring' | 'params' | 'headers'

function check(schema: TSchema, input: unknown, httpPart: Part = 'body'): { value?: unknown; error?: unknown } {
  const validate = validatorCompiler({ schema, httpPart, method: 'POST', url: '/' })
  return validate(input) as { value?: unknown; error?: unknown }
}

function refused(schema: TSchema, input: unknown, httpPart?: Part): Problem {
  const { error } = check(schema, input, httpPart)
  assert(error instanceof Problem, 'the request must be refused')
  return error
}

/** `/pointer message` of each entry. */
function mistakes(schema: TSchema, input: unknown): string[] {
  return (refused(schema, input).errors ?? []).map(({ pointer, message }: FieldError) => `${pointer} ${message}`)
}

const Program = Type.Object(
  {
    name: Type.Object({ en: Type.String({ minLength: 1, maxLength: 5 }), ar: Type.String() }),
    language: Type.Optional(Type.Union([Type.Literal('ar'), Type.Literal('en')])),
    goal: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
    starts: Type.Optional(Type.String({ format: 'date' })),
    email: Type.Optional(Type.Union([Type.String({ minLength: 3 }), Type.Null()])),
    tags: Type.Optional(Type.Array(Type.Enum(['a', 'b']), { maxItems: 2, uniqueItems: true })),
    earn: Type.Optional(
      Type.Union([
        Type.Object({ kind: Type.Literal('per_item'), units: Type.Integer() }, { additionalProperties: false }),
        Type.Object(
          { kind: Type.Literal('percent'), basis_points: Type.Integer({ minimum: 1 }) },
          { additionalProperties: false },
        ),
      ]),
    ),
  },
  { additionalProperties: false },
)
const good = { name: { en: 'Cups', ar: 'أكواب' } }

test('a valid body is passed unchanged', () => {
  const body = { ...good, goal: 6, email: null, tags: ['a'], earn: { kind: 'percent', basis_points: 500 } }
  assert.deepEqual(check(Program, body), { value: body })
})

test('each error has the pointer of its field and says how to fix it', () => {
  const cases: [unknown, string][] = [
    [{}, '/name is required'],
    [{ name: { en: 'x' } }, '/name/ar is required'],
    [{ ...good, 'a/b~c': 1 }, '/a~1b~0c is not a known field; remove it'],
    [{ name: { en: '', ar: '' } }, '/name/en must not be empty'],
    [{ name: { en: 'longer', ar: '' } }, '/name/en must have at most 5 characters'],
    [{ name: 'Cups' }, '/name must be an object'],
    [{ ...good, goal: '6' }, '/goal must be a whole number'],
    [{ ...good, goal: 1.5 }, '/goal must be a whole number'],
    [{ ...good, goal: 0 }, '/goal must be at least 1'],
    [{ ...good, goal: 51 }, '/goal must be at most 50'],
    [{ ...good, language: 'fr' }, '/language must be "ar" or "en"'],
    [{ ...good, starts: '2026-02-30' }, '/starts must be a valid date, e.g. 2026-01-31'],
    [{ ...good, email: 7 }, '/email must be a string or null'],
    [{ ...good, email: 'x' }, '/email must have at least 3 characters'],
    [{ ...good, tags: ['a', 'c'] }, '/tags/1 must be "a" or "b"'],
    [{ ...good, tags: ['a', 'a'] }, '/tags must not contain duplicates'],
    [{ ...good, earn: { kind: 'percent', basis_points: 0 } }, '/earn/basis_points must be at least 1'],
    [{ ...good, earn: { kind: 'percent' } }, '/earn/basis_points is required'],
    [{ ...good, earn: { kind: 'per_cent' } }, '/earn/kind must be "per_item" or "percent"'],
    [{ ...good, earn: 5 }, '/earn must be an object'],
    [[], ' must be an object'],
    ['text', ' must be an object'],
  ]
  for (const [body, expected] of cases) assert.deepEqual(mistakes(Program, body), [expected], JSON.stringify(body))
})

test('all errors are reported at once, one for each field and at most 20', () => {
  const body = { name: { en: '', ar: 1 }, goal: 0, language: 'fr' }
  assert.deepEqual(
    mistakes(Program, body)
      .map((entry) => entry.split(' ')[0])
      .sort(),
    ['/goal', '/language', '/name/ar', '/name/en'],
  )
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`x${i}`, i]))
  assert.equal(mistakes(Program, { ...good, ...many }).length, 20)
})

test('an error has an Arabic message, and the detail is about the first error', () => {
  const problem = refused(Program, { ...good, goal: 0, language: 'fr' })
  assert.equal(problem.code, 'invalid_request')
  const goal = problem.errors?.find(({ pointer }) => pointer === '/goal')
  assert.equal(goal?.message_ar, 'يجب ألا يقل عن 1')
  assert.match(problem.detail.en, /^\/\w+ must be .* \(and 1 more\)$/)
})

test('query values are converted and defaulted, and their errors name the query', () => {
  const Query = Type.Object(
    {
      limit: Type.Integer({ minimum: 1, default: 50 }),
      all: Type.Optional(Type.Boolean()),
      q: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  )
  assert.deepEqual(check(Query, {}, 'querystring'), { value: { limit: 50 } })
  assert.deepEqual(check(Query, { limit: '7', all: 'true', q: '12' }, 'querystring'), {
    value: { limit: 7, all: true, q: '12' },
  })
  const problem = refused(Query, { limit: 'many' }, 'querystring')
  assert.deepEqual(problem.errors, [
    { in: 'query', pointer: '/limit', message: 'must be a whole number', message_ar: 'يجب أن يكون عددًا صحيحًا' },
  ])
  assert.equal(problem.detail.en, 'query /limit must be a whole number')
})

test('text in a body is never converted to a number, and an absent body is empty', () => {
  const Body = Type.Object({ units: Type.Optional(Type.Integer()) })
  assert.deepEqual(mistakes(Body, { units: '5' }), ['/units must be a whole number'])
  assert.deepEqual(check(Body, undefined), { value: {} })
  assert.deepEqual(check(Body, null), { value: {} })
})
