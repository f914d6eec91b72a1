// schema.sql and the row types match the migrations.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { dumpSchema, SCHEMA_FILE } from '../../scripts/dump-schema.ts'
import { testDatabase } from '../support/database.ts'

const { db } = await testDatabase()

test('schema.sql is the schema of the migrations', async () => {
  const committed = (await readFile(SCHEMA_FILE, 'utf8').catch(() => '')).split('\n')
  const actual = (await dumpSchema(db)).split('\n')
  const line = actual.findIndex((text, index) => text !== committed[index])
  assert.equal(committed[line], actual[line], `line ${line + 1} is out of date: run \`npm run schema\` and commit it`)
  assert.equal(committed.length, actual.length)
})

test('the row types have every table and column with its type, and null where it can be null', async () => {
  const files = [
    'tables.ts',
    'tenant-tables.ts',
    'customer-table.ts',
    'installation-tables.ts',
    'record-tables.ts',
    'staff-tables.ts',
    'report-tables.ts',
    'brand-tables.ts',
    'back-test-table.ts',
  ].map((file) => new URL(`../../src/db/${file}`, import.meta.url))
  const source = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n')
  const rows = await db.query<{ name: string; columns: Record<string, string> }>(
    `select relname as name, json_object_agg(attname,
       format_type(atttypid, null) || case when attnotnull then '' else ' or null' end) as columns
     from pg_class join pg_attribute on attrelid = pg_class.oid
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
       and attnum > 0 and not attisdropped and relname <> 'migrations'
     group by relname`,
  )
  const inDatabase = Object.fromEntries(
    rows.map(({ name, columns }) => [
      name,
      // Numbers have one type, and so does JSON.
      mapValues(columns, (type) => type.replace(/^(integer|smallint|bigint)/, 'number').replace(/^json$/, 'jsonb')),
    ]),
  )
  assert.deepEqual(tablesOf(source), inDatabase)
})

/** The tables of the source, their columns, and the database's word for the type of each. */
function tablesOf(source: string): Record<string, Record<string, string>> {
  const interfaces = new Map(
    [...source.matchAll(/^(?:export )?interface (\w+) \{\n(.*?)^\}/gms)].map(([, name = '', body = '']) => {
      // A type that is written over several lines continues on lines that begin with a bar.
      const fields = body.replaceAll(/\n\s+\|/g, ' |').matchAll(/^ {2}(\w+): (.*)$/gm)
      return [name, Object.fromEntries([...fields].map(([, field = '', type = '']) => [field, type]))]
    }),
  )
  return mapValues(interfaces.get('Tables') ?? {}, (name) => mapValues(interfaces.get(name) ?? {}, databaseType))
}

function databaseType(type: string): string {
  const word = /Generated(?:Always)?<(.*)>/.exec(type)?.[1] ?? type.replace(' | null', '')
  const base = DATABASE_TYPES.find(([pattern]) => pattern.test(word))?.[1] ?? `unknown: ${type}`
  return /\| null|^Optional/.test(type) ? `${base} or null` : base
}

const DATABASE_TYPES: [RegExp, string][] = [
  [/^Uuid\[\]$/, 'uuid[]'],
  [/^number\[\]$/, 'number[]'],
  [/^string\[\]$/, 'text[]'],
  [/^Uuid$/, 'uuid'],
  [/^number$/, 'number'],
  [/^(string$|Actor$|Role$|\|? ?')/, 'text'],
  [/^boolean$/, 'boolean'],
  [/^Buffer$/, 'bytea'],
  [/^IsoDate$/, 'date'],
  [/Instant$/, 'timestamp with time zone'],
  [/Json</, 'jsonb'],
]

function mapValues<T, U>(record: Record<string, T>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
}
