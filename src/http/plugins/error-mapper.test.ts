// Which error becomes which answer, and what no answer reveals.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import Fastify from 'fastify'
import pg from 'pg'
import { ERRORS } from '../../../contract/errors.ts'
import { DatabaseUnavailable, LostRace } from '../../db/errors.ts'
import { Problem } from '../problem.ts'
import { answerError, problemBody, toProblem } from './error-mapper.ts'

function databaseError(code: string): pg.DatabaseError {
  const error = new pg.DatabaseError('canceling statement', 0, 'error')
  error.code = code
  return error
}

function coded(code: string, statusCode: number): Error {
  return Object.assign(new Error('from a library'), { code, statusCode })
}

test('each error maps to one code; unexpected errors map to internal', () => {
  const cases: [unknown, keyof typeof ERRORS][] = [
    [new Problem('conflict'), 'conflict'],
    [new DatabaseUnavailable(new Error('refused')), 'unavailable'],
    [databaseError('57014'), 'unavailable'],
    [databaseError('55P03'), 'unavailable'],
    [databaseError('53300'), 'unavailable'],
    [databaseError('40001'), 'unavailable'],
    [new LostRace('an account was created concurrently'), 'unavailable'],
    [databaseError('23505'), 'internal'],
    // A NUL character, an instant out of range, a number out of range.
    [databaseError('22021'), 'invalid_request'],
    [databaseError('22008'), 'invalid_request'],
    [databaseError('22003'), 'invalid_request'],
    [coded('FST_ERR_CTP_BODY_TOO_LARGE', 413), 'too_large'],
    [coded('FST_ERR_CTP_INVALID_MEDIA_TYPE', 415), 'unsupported_media_type'],
    [coded('FST_ERR_CTP_EMPTY_JSON_BODY', 400), 'invalid_json'],
    [coded('FST_ERR_HANDLER_TIMEOUT', 503), 'unavailable'],
    [coded('FST_ERR_BAD_URL', 400), 'bad_request'],
    [coded('SOMETHING_ELSE', 418), 'bad_request'],
    [coded('SOMETHING_ELSE', 502), 'internal'],
    [new TypeError('x is not a function'), 'internal'],
    ['thrown text', 'internal'],
    [undefined, 'internal'],
  ]
  for (const [error, code] of cases) assert.equal(toProblem(error).code, code, String(error))
})

test('errors that can be retried have Retry-After', () => {
  for (const error of [new DatabaseUnavailable(null), databaseError('57014')]) {
    assert(Number(toProblem(error).headers['retry-after']) > 0)
  }
})

test('the answer to an unexpected error reveals no details', async () => {
  const app = Fastify()
  app.setErrorHandler(answerError)
  app.get('/', async () => {
    throw new Error('password=secret at /srv/loyapro')
  })
  const { statusCode, body } = await app.inject({ path: '/', headers: { 'accept-language': 'ar' } })
  assert.equal(statusCode, 500)
  assert.doesNotMatch(body, /secret|srv|stack/)
  assert.equal(JSON.parse(body).message, ERRORS.internal.title.ar)
})

test('extra members are added to the common ones and cannot replace them', () => {
  const problem = new Problem('insufficient_units', { extra: { available: 3, status: 200, code: 'fine' } })
  const { available, status, code } = problemBody(problem, 'en', 'id')
  assert.deepEqual([available, status, code], [3, 409, 'insufficient_units'])
})

test('every code has a title in both languages, and every status is an error', () => {
  for (const [code, { status, title }] of Object.entries(ERRORS)) {
    assert(status >= 400 && status < 600, code)
    assert.match(title.en, /^[A-Z]/, code)
    assert.match(title.ar, /[\u0600-\u06FF]/, code)
  }
})
