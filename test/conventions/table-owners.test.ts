// Every table has one owning module in src, and only that module writes it.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

/** The folder of src (or file, without its ending) that writes each table. */
const OWNERS: Record<string, string> = {
  migrations: 'db',
  business_locks: 'db',
  businesses: 'businesses',
  api_keys: 'businesses',
  mails: 'mail',
  invitations: 'staff',
  staff: 'staff',
  memberships: 'staff',
  staff_sessions: 'staff',
  staff_tokens: 'staff',
  staff_attempts: 'staff',
  adjustment_limits: 'staff',
  adjusted_amounts: 'staff',
  staff_totp: 'staff',
  staff_recovery_codes: 'staff',
  staff_passkeys: 'staff',
  branches: 'businesses',
  brands: 'businesses',
  brand_logos: 'businesses',
  pos_systems: 'businesses',
  pos_secrets: 'businesses',
  pos_revocations: 'businesses',
  pos_connections: 'businesses',
  connection_codes: 'businesses',
  connection_attempts: 'businesses',
  customers: 'customers',
  former_phones: 'customers',
  merged_customers: 'customers',
  customer_notes: 'customers',
  customer_figures: 'figures',
  customer_figures_built: 'figures',
  erasures: 'privacy',
  privacy_notices: 'privacy',
  one_time_passwords: 'identity',
  wrong_codes: 'identity',
  idempotency_keys: 'http/idempotency-keys',
  accounts: 'ledger',
  transfers: 'ledger',
  lots: 'ledger',
  programs: 'programs',
  program_versions: 'programs',
  terms: 'programs',
  subscriptions: 'programs',
  awards: 'programs',
  program_budgets: 'earning',
  back_tests: 'backtests',
  archive_dictionaries: 'archive',
  deliveries: 'orders',
  orders: 'orders',
  unmatched_deliveries: 'ingest',
  rewards: 'rewards',
  reward_versions: 'rewards',
  claims: 'rewards',
  order_joins: 'rewards',
  catalogue_categories: 'catalogue',
  catalogue_products: 'catalogue',
  installations: 'installations',
  removals: 'businesses',
  activity: 'activity',
  events: 'events',
  event_readers: 'events',
  pos_consents: 'installations',
  pos_customers: 'installations',
  pos_customer_changes: 'installations',
  pos_backfills: 'installations',
  demo_businesses: 'demo',
  refused_deliveries: 'businesses',
  report_states: 'reports',
  counted_orders: 'reports',
  counted_claims: 'reports',
  customer_months: 'reports',
  customer_visits: 'reports',
  daily_units: 'reports',
  daily_orders: 'reports',
  daily_branch_units: 'reports',
  daily_customers: 'reports',
  daily_claims: 'reports',
  cohort_months: 'reports',
}

const WRITES = [
  /\b(?:insert into|delete from|merge into|update|truncate) (?:only )?([a-z_]+)/gi,
  /\bbulk<[^(]*>\(\s*'([a-z_]+)'/g,
  /\bsumTable\(\s*'([a-z_]+)'/g,
  /\.(?:insertInto|updateTable|deleteFrom|mergeInto)\('([a-z_]+)'/g,
]

/** The tables that a source text writes; comments are ignored. */
function tablesWrittenIn(source: string): string[] {
  const code = source.replaceAll(/^\s*(?:\/\/|\/?\*|--).*$/gm, '')
  return WRITES.flatMap((pattern) => [...code.matchAll(pattern)].map(([, table = '']) => table)).filter((table) =>
    Object.hasOwn(OWNERS, table),
  )
}

test('every table of the schema has an owner', () => {
  const schema = readFileSync('schema.sql', 'utf8')
  const tables = [...schema.matchAll(/^create table (\w+)/gm)].map(([, table]) => table)
  assert.deepEqual(Object.keys(OWNERS).sort(), tables.sort())
})

test('only the owner of a table writes it', () => {
  const writers = globSync('src/**/*.ts', { exclude: ['**/*.test.ts'] }).flatMap((file) =>
    tablesWrittenIn(readFileSync(file, 'utf8')).map((table) => ({ file, table })),
  )
  const written = new Set(writers.map(({ table }) => table))
  const unseen = Object.keys(OWNERS).filter((table) => !written.has(table))
  assert.deepEqual(unseen, [], 'the scan finds a statement for every table')
  const elsewhere = writers.filter(
    ({ file, table }) =>
      !/^[/.]/.test(file.slice(`src/${OWNERS[table]}`.length)) || !file.startsWith(`src/${OWNERS[table]}`),
  )
  assert.deepEqual(elsewhere, [])
})

test('the scan finds statements in SQL and in the query builder, and ignores comments', () => {
  const source = [
    '// insert into orders',
    'tx.query(`update claims c set status = 1`)',
    "db.deleteFrom('lots')",
    "bulk<Row & Key>(\n  'awards', {})",
    'on conflict (id) do update set name = 1 for update',
    'insert into accounts as a (id)',
  ].join('\n')
  assert.deepEqual(tablesWrittenIn(source).sort(), ['accounts', 'awards', 'claims', 'lots'])
})
