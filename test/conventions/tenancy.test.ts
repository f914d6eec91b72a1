// The rules of the data, checked in the database catalog: every tenant table can be distributed by
// business.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { testDatabase } from '../support/database.ts'

/**
 * Small global tables: callers, and where a delivery belongs. All other tables belong to tenants.
 */
const GLOBAL = [
  'api_keys',
  'businesses',
  'connection_attempts',
  'connection_codes',
  'invitations',
  'mails',
  'memberships',
  'migrations',
  'pos_connections',
  'pos_revocations',
  'pos_secrets',
  'pos_systems',
  'staff',
  'staff_attempts',
  'staff_passkeys',
  'staff_recovery_codes',
  'staff_sessions',
  'staff_tokens',
  'staff_totp',
  'unmatched_deliveries',
]

const TENANT_TABLES = `select oid, relname::text as name, relrowsecurity from pg_class
  where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname <> all ('{${GLOBAL}}')`

/** Each query lists violations of a rule; the statement beside it causes one. */
const RULES = [
  {
    rule: 'business_id is the first column of every primary key, unique key and index',
    offenders: `select i.indexrelid::regclass::text as name from pg_index i join tenant_tables t on t.oid = i.indrelid
      where (select attname from pg_attribute where attrelid = i.indrelid and attnum = i.indkey[0]) is distinct from 'business_id'`,
    sin: 'create table sin (business_id uuid not null, id uuid primary key)',
    found: 'sin_pkey',
  },
  {
    rule: 'every table has a primary key',
    offenders: `select name from tenant_tables t where not exists (select from pg_index where indrelid = t.oid and indisprimary)`,
    sin: 'create table sin (business_id uuid not null)',
    found: 'sin',
  },
  {
    rule: 'business_id is a uuid and never null',
    offenders: `select name from tenant_tables t where not exists (
      select from pg_attribute where attrelid = t.oid and attname = 'business_id' and atttypid = 'uuid'::regtype and attnotnull)`,
    sin: 'create table sin (business_id text primary key)',
    found: 'sin',
  },
  {
    rule: 'a foreign key between tables of a business is led by business_id on both sides, and none leads elsewhere',
    offenders: `select conname as name from pg_constraint c join tenant_tables t on t.oid = c.conrelid
      where contype = 'f' and ('business_id', 'business_id') is distinct from (
        (select attname::text from pg_attribute where attrelid = conrelid and attnum = conkey[1]),
        (select attname::text from pg_attribute where attrelid = confrelid and attnum = confkey[1]))`,
    sin: 'create table sin (business_id uuid primary key references businesses (id))',
    found: 'sin_business_id_fkey',
  },
  {
    rule: 'row-level security confines the role of the API to one business',
    offenders: `select name from tenant_tables t where not t.relrowsecurity or not exists (
      select from pg_policies p where p.schemaname = 'public' and p.tablename = t.name and p.roles = '{loyapro_api}' and p.cmd = 'ALL'
        and p.qual = '(business_id = (NULLIF(current_setting(''loyapro.business_id''::text, true), ''''::text))::uuid)'
        and p.with_check is null)
      or (select count(*) from pg_policies p where p.schemaname = 'public' and p.tablename = t.name and p.permissive = 'PERMISSIVE') <> 1`,
    sin: `create table sin (business_id uuid primary key); alter table sin enable row level security;
      create policy lax on sin to loyapro_api using (true)`,
    found: 'sin',
  },
  {
    rule: 'the role of the API can do nothing to global tables, and owns nothing',
    offenders: `select relname as name from pg_class, aclexplode(relacl)
      where grantee in (0, 'loyapro_api'::regrole) and relname = any ('{${GLOBAL}}')
      union select relname from pg_class where relowner = 'loyapro_api'::regrole
      union select rolname from pg_roles where rolname = 'loyapro_api' and (rolsuper or rolbypassrls or rolcanlogin)`,
    sin: 'grant select on api_keys to loyapro_api',
    found: 'api_keys',
  },
  {
    rule: 'what happened is never rewritten by the role of the API',
    offenders: `select relname || ': ' || privilege_type as name from pg_class, aclexplode(relacl)
      where grantee = 'loyapro_api'::regrole and relname in ('transfers', 'archive_dictionaries', 'activity') and privilege_type not in ('SELECT', 'INSERT')`,
    sin: 'grant update on transfers to loyapro_api',
    found: 'transfers: UPDATE',
  },
  {
    rule: 'no triggers',
    offenders: `select tgname as name from pg_trigger join pg_class c on c.oid = tgrelid
      where not tgisinternal and relnamespace = 'public'::regnamespace`,
    sin: `create trigger sin before update on businesses for each row execute function suppress_redundant_updates_trigger()`,
    found: 'sin',
  },
  {
    rule: 'no sequences: ids are made in the app',
    offenders: `select relname as name from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace`,
    sin: 'create table sin (business_id uuid primary key, number bigint generated always as identity)',
    found: 'sin_number_seq',
  },
  {
    rule: 'no deferrable constraints',
    offenders: `select conname as name from pg_constraint where condeferrable and connamespace = 'public'::regnamespace`,
    sin: 'create table sin (business_id uuid primary key deferrable)',
    found: 'sin_pkey',
  },
  {
    rule: 'instants are timestamptz; money and units are integers',
    offenders: `select relname || '.' || attname as name from pg_attribute a join pg_class c on c.oid = attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and attnum > 0 and not attisdropped
        and atttypid = any ('{timestamp,time,timetz,float4,float8,numeric,money,json}'::regtype[])
        -- Stored as text on purpose: no query reads into it.
        and (relname, attname) not in (('transfers', 'why'), ('events', 'events'))`,
    sin: 'create table sin (business_id uuid primary key, at timestamp)',
    found: 'sin.at',
  },
]

const { db } = await testDatabase()

describe('rules of the data', () => {
  for (const { rule, offenders, sin, found } of RULES) {
    test(rule, async (t) => {
      const list = (database: typeof db) =>
        database.query<{ name: string }>(`with tenant_tables as (${TENANT_TABLES}) ${offenders}`)
      assert.deepEqual(await list(db), [])
      // The rule finds a violation.
      const { db: sinful } = await testDatabase(t, { max: 1 })
      await sinful.query(sin)
      assert.deepEqual(await list(sinful), [{ name: found }])
    })
  }

  test('the checks see tables, and the global tables exist', async () => {
    const tables = await db.query<{ name: string }>(TENANT_TABLES)
    assert.ok(tables.length >= 15)
    const known = await db.query<{ name: string }>(
      `select relname as name from pg_class where relname = any ($1) order by 1`,
      [GLOBAL],
    )
    assert.deepEqual(
      known.map(({ name }) => name),
      GLOBAL,
    )
  })
})
