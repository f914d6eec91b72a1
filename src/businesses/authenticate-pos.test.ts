// Every authentication scheme, against published vectors and against the schemes that POS vendors
// document.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import type { Authentication, Hmac } from '../integrations/authentication.ts'
import { authenticatePos, type PosRequest } from './authenticate-pos.ts'
import type { PosKeys } from './pos-keys.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')

function keysOf(authentication: Authentication, ...secrets: string[]): ReadonlyMap<string, PosKeys> {
  const entries = secrets.map((text, index) => ({ id: `secret-${index + 1}`, text }))
  const keys = { name: 'pos', adapter: 'sample', authentication, secrets: entries, verifiers: [], revocations: [] }
  return new Map([['pos', keys]])
}

/** The ID of the secret that authenticated the request, or the reason why none did. */
function decide(keys: ReadonlyMap<string, PosKeys>, request: Partial<PosRequest>): string | null {
  const whole = { posName: 'pos', headers: {}, url: null, body: Buffer.from('{}'), ...request }
  const decision = authenticatePos(keys, whole, NOW)
  return decision.kind === 'pos' ? decision.pos.credentialId : decision.kind
}

const hmac = (header: string, rest: Partial<Hmac> = {}): Hmac => ({
  kind: 'hmac',
  header,
  algorithm: 'sha256',
  encoding: 'base64',
  signed: 'body',
  ...rest,
})

/** Right with the header, and refused with a changed body, signature or secret, or without one. */
function assertSigned(scheme: Hmac, secret: string, signature: string, request: Partial<PosRequest>): void {
  const signed = { ...request, headers: { ...request.headers, [scheme.header]: signature } }
  assert.equal(decide(keysOf(scheme, secret), signed), 'secret-1')
  const body = Buffer.concat([request.body ?? Buffer.alloc(0), Buffer.from(' ')])
  assert.equal(decide(keysOf(scheme, secret), { ...signed, body }), 'unauthenticated')
  assert.equal(decide(keysOf(scheme, `${secret}x`), signed), 'unauthenticated')
  for (const wrong of ['', signature.slice(0, -1), `${signature}=`, 'x', ` ${signature}`]) {
    const headers = { ...request.headers, [scheme.header]: wrong }
    assert.equal(decide(keysOf(scheme, secret), { ...request, headers }), 'unauthenticated', wrong)
  }
  assert.equal(decide(keysOf(scheme, secret), request), 'unauthenticated', 'no signature')
}

test('Shopify: HMAC-SHA256 of the body, in base64', () => {
  const body = Buffer.from('{"id":1234567890,"email":"customer@example.com","total_price":"123.45"}')
  const signature = 'QNyObTlKbMx2qDlPF/ZOZcBqg5OgPg+2oky3zldc0Gw='
  assertSigned(hmac('x-shopify-hmac-sha256'), 'test-webhook-secret', signature, { body })
})

test('Square: HMAC-SHA256 of the URL and the body, in base64 (the vector of its SDKs)', () => {
  const body = Buffer.from(
    '{"merchant_id":"MLEFBHHSJGVHD","type":"webhooks.test_notification","event_id":"ac3ac95b-f97d-458c-a6e6-18981597e05f",' +
      '"created_at":"2022-07-13T20:30:59.037339943Z","data":{"type":"webhooks","id":"bc368e64-01aa-407e-b46e-3231809b1129"}}',
  )
  const url = 'https://webhook.site/679a4f3a-dcfa-49ee-bac5-9d0edad886b9'
  const scheme = hmac('x-square-hmacsha256-signature', { signed: 'url+body' })
  const signature = 'GF4YkrJgGBDZ9NIYbNXBnMzqb2HoL4RW/S6vkZ9/2N4='
  assertSigned(scheme, 'Ibxx_5AKakO-3qeNVR61Dw', signature, { body, url })
  const headers = { [scheme.header]: signature }
  const keys = keysOf(scheme, 'Ibxx_5AKakO-3qeNVR61Dw')
  assert.equal(decide(keys, { body, url: `${url}/`, headers }), 'unauthenticated', 'another URL')
  assert.equal(decide(keys, { body, url: null, headers }), 'unauthenticated', 'no public URL is configured')
})

test('Loyverse: HMAC-SHA1 of the body, in base64 (RFC 2202, test case 2)', () => {
  const signature = Buffer.from('effcdf6ae5eb2fa2d27416d5f184df9c259a7c79', 'hex').toString('base64')
  const body = Buffer.from('what do ya want for nothing?')
  assertSigned(hmac('x-loyverse-signature', { algorithm: 'sha1' }), 'Jefe', signature, { body })
})

test('Salla and Deliverect: HMAC-SHA256 of the body, in hex of either case', () => {
  const scheme = hmac('x-salla-signature', { encoding: 'hex' })
  const secret = "It's a Secret to Everybody"
  const body = Buffer.from('Hello, World!')
  const signature = '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17'
  assertSigned(scheme, secret, signature, { body })
  const headers = { [scheme.header]: signature.toUpperCase() }
  assert.equal(decide(keysOf(scheme, secret), { body, headers }), 'secret-1')
})

test('a signed timestamp is followed for its tolerance, in the body (Toast) or in a header', () => {
  const toleranceMs = 300_000
  const cases = [
    { timestamp: { member: 'timestamp', toleranceMs }, place: 'body' },
    { timestamp: { header: 'x-timestamp', toleranceMs }, place: 'header' },
  ] as const
  for (const { timestamp, place } of cases) {
    const scheme = hmac('toast-signature', { signed: { body: true, timestamp } })
    const at = (ms: number) => {
      const text = new Date(NOW + ms).toISOString()
      const body = Buffer.from(place === 'body' ? JSON.stringify({ timestamp: text }) : '{}')
      const signature = createHmac('sha256', 'secret')
        .update(Buffer.concat([body, Buffer.from(text)]))
        .digest('base64')
      const headers = { [scheme.header]: signature, ...(place === 'header' && { 'x-timestamp': text }) }
      return { body, headers }
    }
    const keys = keysOf(scheme, 'secret')
    for (const ms of [0, toleranceMs, -toleranceMs]) assert.equal(decide(keys, at(ms)), 'secret-1', place)
    for (const ms of [toleranceMs + 1, -toleranceMs - 1]) assert.equal(decide(keys, at(ms)), 'unauthenticated', place)
    const unsigned = createHmac('sha256', 'secret').update(at(0).body).digest('base64')
    const headers = { ...at(0).headers, [scheme.header]: unsigned }
    assert.equal(decide(keys, { ...at(0), headers }), 'unauthenticated', 'the timestamp is not signed')
    for (const body of ['', '[]', 'null', '{"timestamp":{}}', 'no JSON'].map((text) => Buffer.from(text))) {
      assert.equal(decide(keys, { body, headers: { [scheme.header]: unsigned } }), 'unauthenticated')
    }
  }
})

test('before the body is read, a signed request needs it, and one without a signature is refused', () => {
  const keys = keysOf(hmac('x-signature'), 'secret')
  assert.equal(decide(keys, { headers: { 'x-signature': 'any' }, body: null }), 'body_needed')
  assert.equal(decide(keys, { body: null }), 'unauthenticated')
})

test('Zid: HTTP Basic', () => {
  const keys = keysOf({ kind: 'basic' }, 'user:pass:word ✓')
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
  assert.equal(decide(keys, { headers: basic('user:pass:word ✓') }), 'secret-1')
  assert.equal(
    decide(keys, { headers: { authorization: basic('user:pass:word ✓').authorization.replace('B', 'b') } }),
    'secret-1',
  )
  for (const wrong of ['user:pass', 'user', ':', '', 'user:pass:word ✓ ']) {
    assert.equal(decide(keys, { headers: basic(wrong) }), 'unauthenticated', wrong)
  }
  for (const authorization of ['Bearer user:pass', 'Basic', 'Basic !!', undefined]) {
    assert.equal(decide(keys, { headers: { authorization } }), 'unauthenticated')
  }
})

test('Salla with its token strategy: a static bearer token', () => {
  const keys = keysOf({ kind: 'bearer' }, 'static-token')
  assert.equal(decide(keys, { headers: { authorization: 'Bearer static-token' } }), 'secret-1')
  for (const authorization of [
    'Bearer static-toke',
    'Bearer static-token1',
    'static-token',
    'Basic static-token',
    '',
  ]) {
    assert.equal(decide(keys, { headers: { authorization } }), 'unauthenticated', authorization)
  }
})

test('Clover: a static token in a header of its own, sent once', () => {
  const keys = keysOf({ kind: 'header', header: 'x-clover-auth' }, 'app-code')
  assert.equal(decide(keys, { headers: { 'x-clover-auth': 'app-code' } }), 'secret-1')
  for (const value of ['app-cod', 'APP-CODE', '', undefined, ['app-code', 'app-code']]) {
    assert.equal(decide(keys, { headers: { 'x-clover-auth': value } }), 'unauthenticated')
  }
})

test('Odoo and Lightspeed X-Series: a secret in the path', () => {
  const keys = keysOf({ kind: 'path_token' }, 'random-part-of-the-path')
  assert.equal(decide(keys, { pathToken: 'random-part-of-the-path' }), 'secret-1')
  for (const pathToken of ['random-part', '', undefined]) assert.equal(decide(keys, { pathToken }), 'unauthenticated')
})

test('two active secrets are accepted while one replaces the other; with none, nobody is', () => {
  const bearer = (text: string) => ({ headers: { authorization: `Bearer ${text}` } })
  const keys = keysOf({ kind: 'bearer' }, 'new', 'old')
  assert.deepEqual([decide(keys, bearer('new')), decide(keys, bearer('old'))], ['secret-1', 'secret-2'])
  assert.equal(decide(keys, bearer('older')), 'unauthenticated')
  const signed = { headers: { 'x-signature': createHmac('sha256', 'old').update('{}').digest('base64') } }
  assert.equal(decide(keysOf(hmac('x-signature'), 'new', 'old'), signed), 'secret-2')
  assert.equal(decide(keysOf({ kind: 'bearer' }), bearer('')), 'unauthenticated')
})

test('a request to a POS that does not exist is refused like one without a token', () => {
  const keys = keysOf({ kind: 'bearer' }, 'secret')
  const headers = { authorization: 'Bearer secret' }
  assert.equal(decide(keys, { posName: 'nowhere', headers, pathToken: 'secret' }), 'unauthenticated')
})
