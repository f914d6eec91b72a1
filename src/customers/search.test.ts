// Customers are found by parts of their names and numbers, with an index, and only within their
// business.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../test/support/database.ts'
import { instant } from '../db/values.ts'
import { derivedId, type Uuid } from '../kernel/ids.ts'
import { foldForSearch } from '../kernel/text.ts'
import { type SearchPatterns, searchCustomers, searchPatterns } from './search.ts'
import { findCustomers } from './store.ts'

const { db } = await testDatabase()

const MINE = derivedId('search', 'mine')
const OTHER = derivedId('search', 'other')

/** Enrols customers in the order given: later ones have greater ids, as they do in life. */
async function enrol(businessId: Uuid, people: readonly (readonly [name: string, phone: string])[]): Promise<void> {
  await db.query(
    `insert into customers (business_id, id, name, phone, created_at, updated_at)
     select $1, lpad(n::text, 32, '0')::uuid, name, phone, $4::timestamptz, $4::timestamptz
     from unnest($2::text[], $3::text[]) with ordinality as p (name, phone, n)`,
    [businessId, people.map(([name]) => name), people.map(([, phone]) => phone), instant(0)],
  )
}

await enrol(MINE, [
  ['سارة العتيبي', '+966500000001'],
  ['إبراهيم أحمد', '+966500000002'],
  ['فاطمة الزهراء', '+966500000003'],
  ['Sara Al-Otaibi', '+966500001234'],
  ['Khalid 100%', '+966555123400'],
  ['under_score', '+966500000006'],
  ['هُدى', '+966500000007'],
  ['ﻋﺒﺪ ﺍﻟﻠﻪ بهاء', '+966500000008'],
  ['علی اکبری', '+966500000009'],
  ['José Müller-Ñuñez', '+966500000010'],
  ['آلاء رائد', '+966500000011'],
])
await enrol(OTHER, [['Sara Other', '+966500000001']])

async function find(text: string, businessId = MINE): Promise<(string | null)[] | 'too_short'> {
  const patterns = searchPatterns(text)
  if (patterns === 'too_short') return patterns
  return db.asTenant(businessId, async (tx) => {
    const found = await findCustomers(tx, businessId, await searchCustomers(tx, patterns, null, 50))
    return found.map((customer) => customer.name)
  })
}

test('a part of a name finds it, in any case and place', async () => {
  assert.deepEqual(await find('sara'), ['Sara Al-Otaibi'])
  assert.deepEqual(await find('OTAIBI'), ['Sara Al-Otaibi'])
  assert.deepEqual(await find('sar ota'), ['Sara Al-Otaibi'])
  assert.deepEqual(await find('otaibi sara'), [], 'words follow each other as in the name')
})

test('Arabic is found without its hamza, vowel signs, and final ha or ya written as one writes them', async () => {
  assert.deepEqual(await find('ابراهيم'), ['إبراهيم أحمد'])
  assert.deepEqual(await find('أبراهيم احمد'), ['إبراهيم أحمد'])
  assert.deepEqual(await find('ساره'), ['سارة العتيبي'])
  assert.deepEqual(await find('هدي'), ['هُدى'])
  assert.deepEqual(await find('الزهرا'), ['فاطمة الزهراء'])
  assert.deepEqual(await find('العتيبــي'), ['سارة العتيبي'], 'a stretched word is the same word')
})

test('A14: a name is found in every spelling: forms of letters, Persian letters, spaces, hamza, tatweel and Latin accents', async () => {
  const spellings: [name: string, typed: string[]][] = [
    // Stored in presentation forms.
    ['ﻋﺒﺪ ﺍﻟﻠﻪ بهاء', ['عبد الله', 'عبدالله', 'عَبْدُ  اللّه', 'عبـــد الله بها', 'بهاء', 'ﻋﺒﺪﺍﻟﻠﻪ']],
    ['علی اکبری', ['علي اكبري', 'على', 'علی', 'أكبری', 'اكبر\u200cی']],
    ['José Müller-Ñuñez', ['jose', 'JOSÉ', 'muller', 'mu\u0308ller', 'Ｎｕｎｅｚ', 'jose muller']],
    ['آلاء رائد', ['الاء', 'آلاء', 'ألا', 'رايد', 'رائد', 'آلاء'.normalize('NFD'), 'الاءرائد']],
  ]
  for (const [name, typed] of spellings) {
    for (const text of typed) assert.deepEqual(await find(text), [name], text)
  }
})

test('A14: the index folds a name exactly as the search does', async () => {
  const blocks = [
    [0x20, 0x24f], // Latin
    [0x300, 0x52f], // marks, Greek, Cyrillic
    [0x600, 0x77f], // Arabic
    [0x8a0, 0x8ff],
    [0x1e00, 0x206f], // accents, spaces, marks of direction
    [0x3000, 0x30ff],
    [0xfb00, 0xfdff], // presentation forms
    [0xfe00, 0xffee],
  ] as const
  const letters = blocks.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)),
  )
  const texts = letters.map((letter) => `ب${letter} a${letter}`)
  const rows = await db.query<{ text: string; folded: string }>(
    'select text, fold_name(text) as folded from unnest($1::text[]) as t (text)',
    [texts],
  )
  const differing = rows.filter(({ text, folded }) => folded !== foldForSearch(text))
  assert.deepEqual(
    differing.map(({ text, folded }) => [text, folded, foldForSearch(text)]),
    [],
  )
})

test('one or two letters match only the beginning of a name', async () => {
  assert.deepEqual(await find('سا'), ['سارة العتيبي'])
  assert.deepEqual(await find('kh'), ['Khalid 100%'])
  assert.deepEqual(await find('id'), [])
})

test('three or more digits are a part of a phone number, with or without dialling prefixes', async () => {
  for (const text of [
    '1234',
    '٠٥٥٥١٢٣',
    '0555123400',
    '00966555123400',
    '+966 555 123 400',
    '966555',
    '(0555) 12-34',
  ]) {
    assert((await find(text)).includes('Khalid 100%'), text)
  }
  assert.deepEqual(await find('5551234'), ['Khalid 100%'])
  assert.deepEqual(await find('1234'), ['Khalid 100%', 'Sara Al-Otaibi'], 'newest first')
})

test('a text without content is refused, and wildcards of LIKE are plain characters', async () => {
  for (const text of ['', '  ', '5', '55', '+', '(-)', '٥٥']) assert.equal(searchPatterns(text), 'too_short', text)
  assert.deepEqual(await find('%%%'), [])
  assert.deepEqual(await find('___'), [])
  assert.deepEqual(await find('100%'), ['Khalid 100%'])
  assert.deepEqual(await find('r_s'), ['under_score'])
  assert.deepEqual(await find('\\'), [])
})

test('a business finds only its own customers, and a transaction without a business finds none', async () => {
  assert.deepEqual(await find('sara', OTHER), ['Sara Other'])
  assert.deepEqual(await find('500000001', OTHER), ['Sara Other'])
  const anybody: SearchPatterns = { name: '%', phone: '%' }
  assert.deepEqual(await searchCustomers(db, anybody, null, 50), [])
})

test('pages are sorted from the newest to the oldest', async () => {
  const everyone: SearchPatterns = { name: '%', phone: '%966%' }
  await db.asTenant(MINE, async (tx) => {
    const all = await searchCustomers(tx, everyone, null, 50)
    assert.equal(all.length, 11)
    assert.deepEqual(all, [...all].sort().reverse())
    const first = await searchCustomers(tx, everyone, null, 3)
    const second = await searchCustomers(tx, everyone, first.at(-1) ?? null, 50)
    assert.deepEqual([...first, ...second], all)
  })
})

test('among 100 000 customers a search reads the index and not the table', async () => {
  const busy = derivedId('search', 'busy')
  await db.query(
    `insert into customers (business_id, id, name, phone, created_at, updated_at)
     select $1, lpad(n::text, 32, '0')::uuid,
       case n % 2 when 0 then 'عميل تجريبي ' || n else 'Sample Customer ' || n end, '+9665' || lpad((n * 7919 % 100000000)::text, 8, '0'),
       now(), now()
     from generate_series(1, 100000) n`,
    [busy],
  )
  await enrol(derivedId('search', 'crowd'), [['عبدالعزيز', '+966500000001']])
  await db.query(
    `insert into customers (business_id, id, name, phone, created_at, updated_at)
     values ($1, gen_random_uuid(), 'عبدالعزيز المطيري', '+966599999999', now(), now()),
       ($1, gen_random_uuid(), 'Abdulaziz Almutairi', '+966588888888', now(), now())`,
    [busy],
  )
  await db.query('vacuum analyze customers')
  for (const text of ['المطيري', 'عبدالعزيز', 'almutairi', 'zzz', '99999999', '0588888', '8888888']) {
    const patterns = searchPatterns(text)
    assert(patterns !== 'too_short')
    const before = await scans()
    const found = await db.asTenant(busy, async (tx) => {
      const ids = await searchCustomers(tx, patterns, null, 50)
      // The server counts scans when a transaction ends; this makes it do so at once.
      await tx.query('select pg_stat_force_next_flush()')
      return ids
    })
    const after = await scans()
    assert.equal(after.search > before.search, true, `${text} did not read customers_search`)
    assert.equal(after.table, before.table, `${text} read the whole table`)
    assert.equal(found.length > 0, text !== 'zzz', text)
  }
})

async function scans(): Promise<{ search: number; table: number }> {
  const [row] = await db.query<{ search: number; table: number }>(
    `select (select idx_scan from pg_stat_user_indexes where indexrelname = 'customers_search') as search,
       (select seq_scan from pg_stat_user_tables where relname = 'customers') as table`,
  )
  assert(row)
  return row
}
