// TOTP: the vectors of RFC 6238, the window of steps, and the form of the secret.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOf, keyUri, secretText, stepOfCode } from './totp.ts'

const SECRET = Buffer.from('12345678901234567890')

/** RFC 6238, appendix B, SHA-1: seconds since 1970, and the code of eight digits. */
const VECTORS: [number, string][] = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
]

test('the vectors of RFC 6238: a code of six digits is the end of the one of eight', () => {
  for (const [seconds, code] of VECTORS) assert.equal(codeOf(SECRET, Math.floor(seconds / 30)), code.slice(2))
})

test('a code is right one step early and one late, and never at or before the step that was used', () => {
  const step = 40_000_000
  const code = codeOf(SECRET, step)
  const at = (steps: number, after = 0) => stepOfCode(SECRET, code, { now: (step + steps) * 30_000, after })
  assert.deepEqual(
    [-2, -1, 0, 1, 2].map((steps) => at(steps)),
    [null, step, step, step, null],
  )
  assert.equal(at(0, step - 1), step)
  assert.equal(at(0, step), null)
  assert.equal(at(1, step), null)
  for (const wrong of ['', code.slice(1), `${code}0`, 'abcdef', '١٢٣٤٥٦']) {
    assert.equal(stepOfCode(SECRET, wrong, { now: step * 30_000, after: 0 }), null)
  }
})

test('the secret is base32 of RFC 4648, in the form that authenticator apps scan', () => {
  assert.equal(secretText(SECRET), 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
  assert.equal(
    keyUri(SECRET, 'noura+1@example.com'),
    'otpauth://totp/LoyaPro:noura%2B1%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=LoyaPro&algorithm=SHA1&digits=6&period=30',
  )
})
