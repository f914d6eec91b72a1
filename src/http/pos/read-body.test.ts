// Bodies that arrive in pieces, and bodies that are shorter than their Content-Length.
import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import type { FastifyRequest } from 'fastify'
import { JsonScanner } from './json-scanner.ts'
import { readBody } from './read-body.ts'

const MAX_PAUSE = 150

/** A sender whose pieces arrive when the test says so. */
function sender(t: TestContext, promised: number) {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const stream = new PassThrough()
  const request = { headers: { 'content-length': String(promised) } } as unknown as FastifyRequest
  const body = readBody(request, stream, { limit: 1024 * 1024, maxPauseMs: MAX_PAUSE })
  const send = async (text: string) => {
    stream.write(text)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { stream, body, send, pause: () => t.mock.timers.tick(MAX_PAUSE) }
}

test('a body in 1,000 pieces with a pause after each is scanned once and never parsed', async (t) => {
  const text = JSON.stringify({ note: 'x'.repeat(9_980) })
  const parse = t.mock.method(JSON, 'parse')
  let looked = 0
  const add = JsonScanner.prototype.add
  t.mock.method(JsonScanner.prototype, 'add', function (this: JsonScanner, piece: Uint8Array) {
    looked += piece.length
    return add.call(this, piece)
  })
  const { body, send, pause } = sender(t, text.length + 1_914)
  const size = Math.ceil(text.length / 1_000)
  for (let from = 0; from < text.length; from += size) {
    await send(text.slice(from, from + size))
    pause()
  }
  const { raw, cutShort } = await body
  assert.deepEqual([raw.toString(), cutShort], [text, true])
  assert.equal(looked, text.length)
  assert.equal(parse.mock.callCount(), 0)
})

test('a body that is complete is not looked at, and one that pauses in the middle of a string is waited for', async (t) => {
  const text = '{"a":"}"}'
  const { body, stream, send, pause } = sender(t, text.length)
  const look = t.mock.method(JsonScanner.prototype, 'add')
  await send(text.slice(0, 7))
  pause()
  assert.equal(look.mock.callCount(), 1)
  await send(text.slice(7))
  stream.end()
  assert.deepEqual(await body, { raw: Buffer.from(text), cutShort: false })
  assert.equal(look.mock.callCount(), 1)
})

test('an object or an array is whole with its last byte and no earlier, however it is cut', () => {
  const text = fc
    .oneof(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), fc.array(fc.jsonValue()))
    .map((value) => ` ${JSON.stringify(value, null, 1)}`)
  fc.assert(
    fc.property(text, fc.array(fc.nat(100), { maxLength: 20 }), (json, cuts) => {
      const bytes = Buffer.from(json)
      const whole = new JsonScanner()
      let from = 0
      for (const cut of cuts) {
        const to = Math.min(bytes.length, from + cut)
        const state = whole.add(bytes.subarray(from, to))
        assert.equal(state, to === bytes.length ? 'complete' : 'incomplete')
        from = to
      }
      assert.equal(whole.add(bytes.subarray(from)), 'complete')
      assert.equal(whole.add(Buffer.from(' \n')), 'complete')
      assert.equal(whole.add(Buffer.from('x')), 'never')
    }),
  )
})

test('what begins with neither an object nor an array is never whole', () => {
  for (const text of ['1', '"a"', 'null', 'x{}', ']', '{} {}', '{}]'])
    assert.equal(new JsonScanner().add(Buffer.from(text)), 'never', text)
  assert.equal(new JsonScanner().add(Buffer.from('\ufeff{}')), 'complete')
})
