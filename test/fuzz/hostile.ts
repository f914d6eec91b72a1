// Hostile values: on each of them a server failed once.
import fc from 'fast-check'

const INSTANTS = [
  '0000-01-01T00:00:00Z',
  '0000-02-29T00:00:00.000Z',
  '0001-01-01T00:00:00Z',
  '0001-01-01T00:00:00+14:00',
  '9999-12-31T23:59:59.999Z',
  '9999-12-31T23:59:59-14:00',
  '2016-12-31T23:59:60Z',
  '2026-02-30T00:00:00Z',
  '2026-01-01T00:00:00+99:99',
  '+275760-09-13T00:00:00.000Z',
  '-000001-01-01T00:00:00Z',
  '2026-01-01t00:00:00z',
  '2026-01-01T00:00:00Z[Asia/Riyadh]',
  '2026-01-01T00:00:00.123456789Z',
  'infinity',
  'now',
  'tomorrow',
]
const DATES = ['0000-01-01', '0001-01-01', '9999-12-31', '2026-02-29', '2026-13-01', '10000-01-01', '-2026-01-01']
const TEXTS = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff',
  '\u0001\u001f',
  '\r\n',
  '\ufeff',
  '\u202e',
  '\u200b',
  'مكافآت',
  '٠٥٠٠٠٠٠٠٠١',
  '👩‍👩‍👧‍👦',
  'İ',
  'ß',
  '%',
  '_',
  '\\',
  '%00',
  '..',
  '../../etc/passwd',
  "'; drop table orders; --",
  '{{7*7}}',
  '<script>',
  'null',
  'true',
  'NaN',
  '1e400',
  '-1',
  '0x10',
  '1,5',
  '__proto__',
  'constructor',
  'toString',
  '[object Object]',
  'x'.repeat(300),
  'é'.repeat(5_000),
  `${'9'.repeat(400)}`,
  '\u0301'.repeat(2_000),
]

export const hostileText = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.constantFrom(...INSTANTS),
  fc.constantFrom(...DATES),
  fc.string({ unit: 'binary', maxLength: 40 }),
)

export const hostileNumber = fc.oneof(
  fc.constantFrom(0, -0, -1, 1, 0.1, -0.5, 1e-7, 2 ** 31, 2 ** 53 - 1, 2 ** 53, 2 ** 63, -(2 ** 53), 1e21, 1e308, 1e15),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)

/** Deeply nested values, which no recursive function may read. */
function nested(levels: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

export const hostileValue = fc.oneof(
  { weight: 6, arbitrary: hostileText },
  { weight: 4, arbitrary: hostileNumber },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { a: 1 }, [{}, {}]) },
  { weight: 1, arbitrary: fc.constantFrom(40, 3_000).map(nested) },
  { weight: 1, arbitrary: fc.constantFrom(300, 5_000).map((length) => Array.from({ length }, (_, n) => n)) },
  { weight: 1, arbitrary: fc.json().map((json) => JSON.parse(json)) },
)

const cursorPart = fc.oneof(
  hostileValue,
  fc.constantFrom<unknown>('018f0000-0000-7000-8000-000000000000', 'Sample', 'foodics', 0),
)

/** Cursors in the format of a list, with wrong content. */
export const hostileCursor = fc.oneof(
  fc
    .record(
      {
        at: fc.oneof(fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 }), cursorPart),
        id: cursorPart,
      },
      { requiredKeys: ['id'] },
    )
    .map(encode),
  fc.record({ name: cursorPart, pos: cursorPart, id: cursorPart }).map(encode),
  hostileText,
)

function encode(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url')
}
