// Writes many rows with one statement: the columns of a table are declared once, and the insert,
// the upsert, the update and their parameters are derived from them.
import { assert } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import { instant, json } from './values.ts'

/**
 * How one column is written: the parameter of all rows, its type, and the value selected from it.
 */
export interface Column<Row> {
  /** The parameter as an array of the values of all rows, for example `$1::uuid[]`. */
  array(parameter: string): string
  encode(rows: readonly Row[]): unknown
  /** The SQL expression over the unnested value; the value itself when it is undefined. */
  select?: (name: string) => string
}

type Plain = string | number | boolean | null

/** Values that need no quoting (see `plainArray`): the fast encoding. */
export function plain<Row>(type: string, of: (row: Row) => Plain): Column<Row> {
  return { array: arrayOf(type), encode: (rows) => encodePlain(rows, of) }
}

function arrayOf(type: string): (parameter: string) => string {
  return (parameter) => `${parameter}::${type}[]`
}

/** As `plainArray`, in one pass without arrays in between: this is the hot path. */
function encodePlain<Row>(rows: readonly Row[], of: (row: Row) => Plain): string {
  let written = '{'
  for (const row of rows) written += `${of(row) ?? 'null'},`
  return rows.length === 0 ? '{}' : `${written.slice(0, -1)}}`
}

/** Text of any content. */
export function text<Row>(of: (row: Row) => string | null): Column<Row> {
  return { array: arrayOf('text'), encode: (rows) => rows.map(of) }
}

export function timestamp<Row>(of: (row: Row) => EpochMs | null): Column<Row> {
  return { array: arrayOf('timestamptz'), encode: (rows) => encodePlain(rows, (row) => instant(of(row))) }
}

/** `null` is stored as SQL null. */
export function jsonColumn<Row>(type: 'json' | 'jsonb', of: (row: Row) => unknown): Column<Row> {
  return { ...lines((row: Row) => json(of(row) ?? null)), select: (name) => `${name}::${type}` }
}

/** JSON that is text already, on one line, for a column of text. */
export function jsonText<Row>(of: (row: Row) => string): Column<Row> {
  return lines(of)
}

/**
 * Values of one line each, which are never empty: they are sent as one text, because the elements of
 * an array would have to be quoted and read again. `null` is the word.
 */
function lines<Row>(of: (row: Row) => string): Column<Row> {
  return {
    array: (parameter) => `string_to_array(${parameter}::text, E'\\n', 'null')`,
    encode: (rows) => rows.map(of).join('\n'),
  }
}

/** Bytes are sent as base64, which takes less space than the hexadecimal form. */
export function bytes<Row>(of: (row: Row) => Buffer | null): Column<Row> {
  return {
    array: arrayOf('text'),
    encode: (rows) => encodePlain(rows, (row) => of(row)?.toString('base64') ?? null),
    select: (name) => `decode(${name}, 'base64')`,
  }
}

/**
 * Arrays of values that need no quoting. They are sent as text, because PostgreSQL cannot unnest
 * arrays of different lengths.
 */
export function list<Row>(elementType: string, of: (row: Row) => readonly Plain[] | null): Column<Row> {
  return {
    ...lines((row) => {
      const values = of(row)
      return values ? `{${values.join(',')}}` : 'null'
    }),
    select: (name) => `${name}::${elementType}[]`,
  }
}

export interface Bulk<Row> {
  /**
   * The parameters of the statements, in their order; `shared`: the values of the shared columns.
   */
  parameters(rows: readonly Row[], ...shared: unknown[]): unknown[]
  /** Inserts the rows; a row that exists is an error. */
  insert: string
  /**
   * Inserts the rows, or replaces the row that exists under the key. `fixed`: columns that keep the
   * value of that row.
   */
  upsert(key: readonly string[], fixed?: readonly string[]): string
  /** Sets every column of the rows with this key. */
  update(key: readonly string[]): string
}

/**
 * `columns`: in the order of the parameters, `$1` first. `shared`: columns of inserted rows that
 * have the same value in all of them, with their types.
 */
export function bulk<Row>(
  table: string,
  columns: Readonly<Record<string, Column<Row>>>,
  shared: Readonly<Record<string, string>> = {},
): Bulk<Row> {
  const names = Object.keys(columns)
  const extra = Object.entries(shared).map(([name, type], index) => ({
    name,
    value: `$${names.length + index + 1}::${type}`,
  }))
  const entries = Object.entries(columns)
  const selected = entries.map(([name, { select }]) => select?.(name) ?? name)
  const source = `unnest(${entries.map(([, { array }], index) => array(`$${index + 1}`)).join(', ')}) as r (${names.join(', ')})`
  const inserted = [...names, ...extra.map(({ name }) => name)].join(', ')
  const values = [...selected, ...extra.map(({ value }) => value)].join(', ')
  const insert = `insert into ${table} (${inserted})\nselect ${values}\nfrom ${source}`
  const encoders = entries.map(([, column]) => column.encode)
  const allBut = (others: readonly string[]) => {
    const all = [...names, ...extra.map(({ name }) => name)]
    assert(
      others.every((name) => all.includes(name)),
      `columns of ${table}: ${others.join(', ')}`,
    )
    return all.filter((name) => !others.includes(name))
  }
  return {
    parameters: (rows, ...same) => [...encoders.map((encode) => encode(rows)), ...same],
    insert,
    upsert: (key, fixed = []) => {
      const set = allBut([...key, ...fixed]).map((name) => `${name} = excluded.${name}`)
      return `${insert}\non conflict (${key.join(', ')}) do update set ${set.join(', ')}`
    },
    update: (key) => {
      const assigned = (name: string) => columns[name]?.select?.(`r.${name}`) ?? `r.${name}`
      const set = allBut(key).map((name) => `${name} = ${assigned(name)}`)
      const where = key.map((name) => `t.${name} = r.${name}`)
      return `update ${table} t set ${set.join(', ')}\nfrom ${source}\nwhere ${where.join(' and ')}`
    },
  }
}
