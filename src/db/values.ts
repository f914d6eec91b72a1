// How values cross between PostgreSQL and JavaScript, decided here once for every query of a pool.
import pg from 'pg'
import type { EpochMs } from '../kernel/clock.ts'

/**
 * The parsers of one pool (nothing global is changed): int8 → number, which throws where it is not
 * a safe integer; timestamptz → epoch milliseconds, microseconds cut off; date → `YYYY-MM-DD`; json
 * and jsonb parsed; bytea → Buffer; numeric stays text; arrays hold the same as their elements.
 */
export const valueParsers: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : TEXT_PARSERS.get(oid)) ?? pg.types.getTypeParser(oid, format),
}

/**
 * An instant as a parameter, alone or as an element of a `timestamptz[]`: ISO text in UTC. Instants
 * are read as numbers and passed as text, because PostgreSQL would take a bare number for nothing
 * that it knows.
 */
export function instant(ms: EpochMs): string
export function instant(ms: EpochMs | null): string | null
export function instant(ms: EpochMs | null): string | null {
  if (ms === null) return null
  const known = written.get(ms)
  if (known !== undefined) return known
  const text = new Date(ms).toISOString()
  if (written.size === MAX_WRITTEN) written.clear()
  written.set(ms, text)
  return text
}

/**
 * The instants of an order are few, and each is written into several rows: looking it up is cheaper
 * than to count it out.
 */
const written = new Map<EpochMs, string>()
const MAX_WRITTEN = 1_000

/**
 * A value for a json or jsonb parameter. Needed above all for arrays, which the driver would write
 * as PostgreSQL arrays.
 */
export function json(value: unknown): string {
  return JSON.stringify(value)
}

/**
 * An array parameter of values that need no quoting (uuids, numbers, booleans, dates, instants,
 * E.164 numbers, base64, our own snake_case words), in PostgreSQL's own text form. For the hot
 * path: the driver would escape every element by itself.
 */
export function plainArray(values: readonly (string | number | boolean | null)[]): string {
  return `{${values.map((value) => value ?? 'null').join(',')}}`
}

// Source: the catalogue pg_type, whose oids of built-in types are fixed:
// https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat
const OID = {
  int8: 20,
  date: 1082,
  timestamptz: 1184,
  textArray: 1009,
  int8Array: 1016,
  dateArray: 1182,
  timestamptzArray: 1185,
}

const parseTextArray: (text: string) => (string | null)[] = pg.types.getTypeParser(OID.textArray)

const TEXT_PARSERS = new Map<number, (text: string) => unknown>([
  [OID.int8, parseInt8],
  [OID.date, (text) => text],
  [OID.timestamptz, parseInstant],
  [OID.int8Array, arrayOf(parseInt8)],
  [OID.dateArray, arrayOf((text) => text)],
  [OID.timestamptzArray, arrayOf(parseInstant)],
])

function arrayOf<T>(parse: (text: string) => T): (text: string) => (T | null)[] {
  return (text) => parseTextArray(text).map((element) => (element === null ? null : parse(element)))
}

function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value))
    throw new RangeError(`${text} is beyond the integers that JavaScript counts exactly`)
  return value
}

/**
 * `2023-01-01 15:06:16.123456+00` → epoch milliseconds. Other offsets are read as well; infinity
 * and BC are not.
 */
function parseInstant(text: string): EpochMs {
  const [date = '', time = ''] = text.split(' ')
  const [, clock = '', offset = ''] = /^([\d:.]+)([+-].*)$/.exec(time) ?? []
  const zone = offset === '+00' ? 'Z' : offset.length === 3 ? `${offset}:00` : offset
  const ms = Date.parse(`${date}T${clock.slice(0, '15:06:16.123'.length)}${zone}`)
  if (Number.isNaN(ms)) throw new RangeError(`${text} is not an instant that LoyaPro can count`)
  return ms
}
