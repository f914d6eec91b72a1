// What everything else relies on when it asks PostgreSQL.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { testDatabase, withSetting } from '../../test/support/database.ts'
import { AssertionError } from '../kernel/assert.ts'
import { createDatabase, type Transaction } from './database.ts'
import { DatabaseUnavailable, sqlState } from './errors.ts'
import { db as kysely } from './tables.ts'
import { instant, json } from './values.ts'

const HERE = '01890000-0000-7000-8000-00000000000a'
const THERE = '01890000-0000-7000-8000-00000000000b'
const NOON = Date.parse('2026-11-23T12:00:00.123Z')

const { db, url } = await testDatabase()

describe('database', () => {
  test('values come out as the types that the code counts with', async () => {
    const [row] =
      await db.query(`select 9007199254740991::int8 as big, array[1, null, -2]::int8[] as bigs, 1.50::numeric as exact,
      '2026-11-23 12:00:00.123999+00'::timestamptz as at, array['2026-11-23 12:00:00.5+00', null]::timestamptz[] as ats,
      '1969-12-31 23:59:59.999999+00'::timestamptz as early,
      '2023-01-01'::date as day, array['2023-01-01']::date[] as days, '{"a": [1]}'::jsonb as doc, '\\x00ff'::bytea as bytes,
      array['${HERE}']::uuid[] as ids, array['a,b', 'c"d']::text[] as words`)
    assert.deepEqual(
      { ...(row as object) },
      {
        big: Number.MAX_SAFE_INTEGER,
        bigs: [1, null, -2],
        exact: '1.50',
        // Microseconds are cut off, not rounded: 123.999 ms is 123 ms, and a microsecond before
        // 1970 is millisecond -1.
        at: NOON,
        ats: [Date.parse('2026-11-23T12:00:00.500Z'), null],
        early: -1,
        day: '2023-01-01',
        days: ['2023-01-01'],
        doc: { a: [1] },
        bytes: Buffer.from([0, 255]),
        ids: [HERE],
        words: ['a,b', 'c"d'],
      },
    )
  })

  test('values go in and come back unchanged, alone and in arrays', async () => {
    const [row] = await db.query<Record<string, unknown>>(
      `select $1::timestamptz as at, $2::timestamptz[] as ats, $3::int8[] as bigs, $4::jsonb as doc, $5::bytea[] as bytes, $6::text[] as words`,
      [
        instant(NOON),
        [instant(NOON), instant(null)],
        [Number.MIN_SAFE_INTEGER, null],
        json([1, { a: 'ب' }]),
        [Buffer.from('x'), null],
        ['a"b\\', null],
      ],
    )
    assert.deepEqual(row, {
      at: NOON,
      ats: [NOON, null],
      bigs: [Number.MIN_SAFE_INTEGER, null],
      doc: [1, { a: 'ب' }],
      bytes: [Buffer.from('x'), null],
      words: ['a"b\\', null],
    })
  })

  test('a number that JavaScript cannot count exactly is refused, not rounded', async () => {
    await assert.rejects(db.query('select 9007199254740992::int8'), RangeError)
    await assert.rejects(db.query('select array[9007199254740993]::int8[]'), RangeError)
    await assert.rejects(db.query(`select 'infinity'::timestamptz`), RangeError)
    assert.deepEqual(await db.query('select 1 as one'), [{ one: 1 }], 'the connection goes on')
  })

  test('the query builder builds, run() executes, and the builder alone reaches no database', async () => {
    const insert = kysely.insertInto('business_locks').values({ business_id: THERE }).returning('config_version')
    assert.deepEqual(await db.run(insert), [{ config_version: 1 }])
    await assert.rejects(insert.execute(), /pass the query to run/)
  })

  test('a transaction that throws leaves nothing behind; its handle is dead afterwards', async () => {
    let escaped: Transaction | undefined
    const broken = db.transaction(async (tx) => {
      escaped = tx
      await tx.query('insert into business_locks (business_id) values ($1)', [HERE])
      throw new Error('changed my mind')
    })
    await assert.rejects(broken, /changed my mind/)
    assert.deepEqual(await db.query('select from business_locks where business_id = $1', [HERE]), [])
    await assert.rejects(async () => escaped?.query('select 1'), AssertionError)
  })

  test('a failure that the work swallows is not taken for a commit', async () => {
    const swallowing = db.transaction(async (tx) => {
      await tx.query('insert into business_locks (business_id) values ($1)', [HERE])
      await tx.query('select 1 / 0').catch(() => {})
    })
    await assert.rejects(swallowing, /division by zero/)
    assert.deepEqual(await db.query('select from business_locks where business_id = $1', [HERE]), [])
  })

  test('statements that are left travel with the commit, and it fails when one of them does', async () => {
    const leaving = (last: string) =>
      db.transaction(async (tx) => {
        tx.deferToCommit(tx.query('insert into business_locks (business_id) values ($1)', [HERE]), tx.query(last))
        return 'done'
      })
    await assert.rejects(leaving('select 1 / 0'), /division by zero/)
    assert.deepEqual(await db.query('select from business_locks where business_id = $1', [HERE]), [])
    const broken = db.transaction(async (tx) => {
      const fails = async () => Promise.all([Promise.reject(new Error('a sample of a broken rule'))])
      tx.deferToCommit(tx.query('insert into business_locks (business_id) values ($1)', [HERE]), fails())
    })
    await assert.rejects(broken, /a sample of a broken rule/, 'also what fails before it comes to a statement')
    assert.deepEqual(await db.query('select from business_locks where business_id = $1', [HERE]), [])
    assert.equal(await leaving('select 1'), 'done')
    assert.deepEqual(await db.query('delete from business_locks where business_id = $1 returning 1 as one', [HERE]), [
      { one: 1 },
    ])
  })

  test('who awaits a later statement first hears what went wrong before it, not its echo; a lost race is done again', async () => {
    const echoed = (failing: string) =>
      db.transaction(async (tx) => {
        const failed = tx.query(failing)
        failed.catch(() => {})
        await tx.query('select 1')
        await failed
      })
    await assert.rejects(echoed('select 1 / 0'), (error) => sqlState(error) === '22012')
    await assert.rejects(echoed(raise('53100')), DatabaseUnavailable)
    let attempts = 0
    const work = async (tx: Transaction) => {
      const raced = tx.query(attempts++ === 0 ? raise('40001') : 'select 1')
      raced.catch(() => {})
      await tx.query('select 1')
    }
    await db.transaction(work)
    assert.equal(attempts, 2)
  })

  test('two transactions that deadlock both succeed: the loser is done again', async () => {
    const [one, two] = ['01890000-0000-7000-8000-000000000001', '01890000-0000-7000-8000-000000000002']
    await db.query('insert into business_locks (business_id) values ($1), ($2)', [one, two])
    const bothHoldOne = barrier(2)
    let attempts = 0
    const bump = (first = '', second = '') =>
      db.transaction(async (tx) => {
        const lock = (id: string) =>
          tx.query('update business_locks set config_version = config_version + 1 where business_id = $1', [id])
        attempts++
        await lock(first)
        await bothHoldOne()
        await lock(second)
      })
    await Promise.all([bump(one, two), bump(two, one)])
    assert.ok(attempts >= 3)
    const versions = await db.query('select config_version from business_locks where business_id in ($1, $2)', [
      one,
      two,
    ])
    assert.deepEqual(
      versions,
      [{ config_version: 3 }, { config_version: 3 }],
      '1 to begin with, 1 from each transaction',
    )
  })

  test('work that loses every race is given up after three repetitions', async () => {
    let attempts = 0
    const losing = db.transaction(async (tx) => {
      attempts++
      await tx.query(`do $$ begin raise serialization_failure; end $$`)
    })
    await assert.rejects(losing, (error) => sqlState(error) === '40001')
    assert.equal(attempts, 4)
  })

  test('as one business, the rows of another do not exist, can not be made, and history can not be rewritten', async () => {
    for (const [business, name] of [
      [HERE, 'Here'],
      [THERE, 'There'],
    ]) {
      await db.query(
        `insert into programs (business_id, id, type, name, name_ar, status, created_at, updated_at)
         values ($1, $1, 'points', $2, $2, 'draft', $3, $3)`,
        [business, name, instant(NOON)],
      )
    }
    assert.deepEqual(await db.asTenant(HERE, (tx) => tx.query('select name from programs')), [{ name: 'Here' }])
    assert.deepEqual(
      await db.asTenant(HERE, (tx) => tx.query(`update programs set name = 'Mine' where name = 'There' returning 1`)),
      [],
    )
    const into = (business: string) => (tx: Transaction) =>
      tx.query('insert into program_budgets values ($1, $1, 1)', [business])
    await assert.rejects(db.asTenant(HERE, into(THERE)), (error) => sqlState(error) === '42501')
    await db.asTenant(HERE, into(HERE))
    await assert.rejects(
      db.asTenant(HERE, (tx) => tx.query('delete from transfers')),
      (error) => sqlState(error) === '42501',
    )
    await assert.rejects(
      db.asTenant(HERE, (tx) => tx.query('select from api_keys')),
      (error) => sqlState(error) === '42501',
    )
    assert.equal((await db.query('select from programs')).length, 2, 'the role ends with the transaction')
  })

  test('a read-only transaction writes nothing; a business id that is not one goes no further', async () => {
    const write = (tx: Transaction) => tx.query('insert into program_budgets values ($1, $1, 1)', [HERE])
    await assert.rejects(db.asTenant(HERE, write, { readOnly: true }), (error) => sqlState(error) === '25006')
    await assert.rejects(db.asTenant(`' or true; --`, write), AssertionError)
  })

  test('a lost connection is DatabaseUnavailable, at rest, in a query and in a transaction; then work goes on', async (t) => {
    const lost: Error[] = []
    const other = createDatabase({ url, max: 1, applicationName: 'victim', onError: (error) => lost.push(error) })
    t.after(() => other.close())
    const kill = () =>
      db.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'victim'`)

    await assert.rejects(other.query(`select pg_terminate_backend(pg_backend_pid())`), DatabaseUnavailable)
    const midway = other.transaction(async (tx) => {
      await tx.query('select 1')
      await kill()
      await tx.query('select 1')
    })
    await assert.rejects(midway, DatabaseUnavailable)
    assert.deepEqual(await other.query('select 1 as one'), [{ one: 1 }])
  })

  test('a transaction that stands still is ended by the server, and that is DatabaseUnavailable', async (t) => {
    const still = createDatabase({ url: withSetting(url, 'idle_in_transaction_session_timeout', '50'), max: 1 })
    t.after(() => still.close())
    const forgotten = still.transaction(async (tx) => {
      await tx.query('select 1')
      await db.query('select pg_sleep(0.3)')
      await tx.query('select 1')
    })
    await assert.rejects(forgotten, DatabaseUnavailable)
    assert.deepEqual(await still.query('select 1 as one'), [{ one: 1 }])
  })

  test('a server that is not there is DatabaseUnavailable', async (t) => {
    const nowhere = createDatabase({ url: 'postgres://nobody@127.0.0.1:1/none' })
    t.after(() => nowhere.close())
    await assert.rejects(nowhere.query('select 1'), DatabaseUnavailable)
    await assert.rejects(
      nowhere.transaction(async () => {}),
      DatabaseUnavailable,
    )
  })
})

/** Lets the first `count` callers through together, and later ones at once. */
function barrier(count: number): () => Promise<void> {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  let arrived = 0
  return () => {
    if (++arrived === count) open()
    return opened
  }
}

/** A statement that fails with this SQLSTATE. */
function raise(state: string): string {
  return `do $$ begin raise exception 'sample' using errcode = '${state}'; end $$`
}
