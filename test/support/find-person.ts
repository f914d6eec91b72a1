// Searches a whole database for a person: every row of every table of every schema, every stored
// record as LoyaPro decompresses it, and the samples of the planner.
import { unpack } from '../../src/archive/codec.ts'
import { createDictionaryCache, unpackAll } from '../../src/archive/dictionaries.ts'
import type { Database } from '../../src/db/database.ts'
import type { Uuid } from '../../src/kernel/ids.ts'
import { foldForSearch, foldText } from '../../src/kernel/text.ts'

export interface Person {
  names: readonly string[]
  /** National numbers, without a leading zero. */
  phones: readonly string[]
  emails: readonly string[]
}

/** Where something of the person stands: `table: …`, each place once. */
export async function findPerson(db: Database, person: Person): Promise<string[]> {
  const needles = needlesOf(person)
  const found = new Set<string>()
  const look = (place: string, bytes: Buffer) => {
    for (const { what, bytes: needle } of needles) if (bytes.includes(needle)) found.add(`${place}: ${what}`)
  }
  for (const { schema, name } of await tablesOf(db)) {
    const rows = await db.query<{ row: string }>(`select t::text as row from "${schema}"."${name}" t`)
    for (const { row } of rows) look(`${schema}.${name}`, Buffer.from(row))
    for (const column of await byteColumnsOf(db, schema, name)) {
      const values = await db.query<{ value: Buffer }>(
        `select "${column}" as value from "${schema}"."${name}" where "${column}" is not null`,
      )
      for (const { value } of values) look(`${schema}.${name}.${column}`, value)
    }
  }
  for (const [place, bytes] of await unpacked(db)) look(place, bytes)
  const samples = await db.query<{ row: string }>('select s::text as row from pg_stats s')
  for (const { row } of samples) look('pg_stats', Buffer.from(row))
  return [...found].sort()
}

/** Where something of the person stands in some lines of text. */
export function findPersonIn(lines: readonly string[], person: Person): string[] {
  const needles = needlesOf(person)
  return lines.filter((line) => needles.some(({ bytes }) => Buffer.from(line).includes(bytes)))
}

interface Needle {
  what: string
  bytes: Buffer
}

/** Each text in every encoding that LoyaPro, a POS or PostgreSQL writes. */
export function needlesOf({ names, phones, emails }: Person): Needle[] {
  const texts = [
    ...names.flatMap((name) => [name, name.toLowerCase(), name.toUpperCase(), foldText(name), foldForSearch(name)]),
    ...phones.flatMap(writtenPhones),
    ...emails.flatMap((email) => [email, email.toUpperCase(), encodeURIComponent(email)]),
  ]
  return [...new Set(texts)].flatMap((text) => encodings(text).map((bytes) => ({ what: text, bytes })))
}

/**
 * The last seven digits stand in every form of the number, also in one that is masked too little;
 * forms with something between the digits are searched for besides.
 */
function writtenPhones(national: string): string[] {
  const arabic = [...national].map((digit) => String.fromCodePoint(0x660 + Number(digit))).join('')
  const [area, first, second] = [national.slice(0, 2), national.slice(2, 5), national.slice(5)]
  return [
    national.slice(-7),
    national.slice(0, 7),
    arabic.slice(-7),
    ...[' ', '-', '.'].map((between) => [area, first, second].join(between)),
  ]
}

function encodings(text: string): Buffer[] {
  const utf8 = Buffer.from(text)
  const escaped = [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
  const isPlain = /^[\x20-\x7e]*$/.test(text)
  return [
    utf8,
    Buffer.from(text, 'utf16le'),
    Buffer.from(utf8.toString('hex')),
    ...(isPlain ? [] : [Buffer.from(escaped), Buffer.from(escaped.toUpperCase().replaceAll('\\U', '\\u'))]),
    // In base64 a text looks different after one or two other bytes; its ends mix with them.
    ...[0, 1, 2].map((before) => {
      const encoded = Buffer.concat([Buffer.alloc(before), utf8]).toString('base64')
      return Buffer.from(encoded.slice(before === 0 ? 0 : 4, Math.floor((utf8.length + before) / 3) * 4))
    }),
  ].filter((bytes) => bytes.length >= SHORTEST)
}

/** A shorter one occurs by chance. */
const SHORTEST = 6

async function tablesOf(db: Database): Promise<{ schema: string; name: string }[]> {
  return db.query(`
    select n.nspname::text as schema, c.relname::text as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_toast'`)
}

async function byteColumnsOf(db: Database, schema: string, table: string): Promise<string[]> {
  const rows = await db.query<{ name: string }>(
    `select column_name::text as name from information_schema.columns
     where table_schema = $1 and table_name = $2 and data_type = 'bytea'`,
    [schema, table],
  )
  return rows.map(({ name }) => name)
}

type Stored = { place: string; businessId: Uuid; dictionary: number; bytes: Buffer }

/** Everything that is stored compressed. */
async function unpacked(db: Database): Promise<[string, Buffer][]> {
  const rows = await db.query<Stored>(`
    select 'records of deliveries' as place, business_id as "businessId", dictionary, body as bytes from deliveries
    union all
    select 'snapshots of orders', business_id, dictionary, snapshot from orders where snapshot is not null`)
  const plain = await db.query<Stored>(`
    select 'unmatched deliveries' as place, null::uuid as "businessId", dictionary, body as bytes from unmatched_deliveries
    union all
    select 'dictionaries', business_id, dictionary, bytes from archive_dictionaries where bytes <> ''`)
  const records = await unpackAll(db, createDictionaryCache(), rows)
  return [
    ...rows.map(({ place }, index): [string, Buffer] => [place, records[index] as Buffer]),
    ...plain.map((row): [string, Buffer] => [row.place, unpack(row)]),
  ]
}
