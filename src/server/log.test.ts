// The log: JSON lines, lines for people, and what is never logged.
import assert from 'node:assert/strict'
import { closeSync, existsSync, openSync } from 'node:fs'
import { test } from 'node:test'
import pg from 'pg'
import { ManualClock } from '../kernel/clock.ts'
import { createLog, destinationOf } from './log.ts'

function logTo(lines: string[], readable = false) {
  const clock = new ManualClock('2026-03-01T12:00:00Z')
  return createLog({ level: 'info', readable, clock, destination: { write: (line) => void lines.push(line) } })
}

test('a line is JSON with the time of the clock that was passed in', () => {
  const lines: string[] = []
  logTo(lines).info({ status: 200 }, 'request')
  assert.deepEqual(
    lines.map((line) => JSON.parse(line)),
    [{ level: 'info', time: '2026-03-01T12:00:00.000Z', status: 200, msg: 'request' }],
  )
})

test('credentials and personal data are redacted, up to three levels deep', () => {
  const lines: string[] = []
  const person = { name: 'Sample Person', phone: '+966500000001', email: 'a@example.com', birth_date: '1990-01-01' }
  logTo(lines).info({
    ...person,
    customer: person,
    order: { customer: person },
    headers: { authorization: 'Bearer x' },
  })
  const text = lines.join('')
  for (const secret of ['Sample Person', '500000001', 'example.com', '1990', 'Bearer'])
    assert(!text.includes(secret), secret)
})

test('an error is logged with type, message and cause, without the row of a database error and without long numbers', () => {
  const lines: string[] = []
  const cause = new pg.DatabaseError('duplicate key of +966 50 000 0001 (sample@example.com)', 0, 'error')
  cause.code = '23505'
  cause.detail = 'Key (phone)=(+966500000001) already exists.'
  logTo(lines).error({ err: new Error('could not enrol 0500000001', { cause }) }, 'failed')
  const { err } = JSON.parse(lines[0] ?? '')
  assert.equal(err.message, 'could not enrol [digits]')
  assert.equal(err.cause.code, '23505')
  assert.equal(err.cause.message, 'duplicate key of [digits] ([address])')
  assert.match(err.stack, /log\.test\.ts/)
  assert.doesNotMatch(lines[0] ?? '', /0001|example\.com|already exists/)
})

test('on a terminal, lines are short, and errors have their stack', () => {
  const lines: string[] = []
  const log = logTo(lines, true)
  log.warn({ route: '/x', status: 503 }, 'request')
  log.error({ err: new Error('broken') }, 'ended')
  assert.equal(lines[0], '12:00:00 warn  request route=/x status=503\n')
  assert.match(lines[1] ?? '', /^12:00:00 error ended\nError: broken\n {4}at /)
})

test('a full disk does not end the process', {
  skip: !existsSync('/dev/full') && 'there is no /dev/full',
}, () => {
  const fd = openSync('/dev/full', 'w')
  const log = createLog({ level: 'info', clock: new ManualClock(0), destination: destinationOf(fd) })
  for (let n = 0; n < 4_000; n++) log.error({ err: new Error('no space left'), n }, 'request failed')
  closeSync(fd)
})
