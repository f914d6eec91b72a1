// Committed books: what is written and read back, and concurrent transactions on the same accounts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { accountOf, DAY, id, Memory, NOON, REASONS, sale, terms } from '../../test/fixtures/ledger.ts'
import { testDatabase, untilWaiting } from '../../test/support/database.ts'
import { runs } from '../../test/support/runs.ts'
import { lockBusinesses } from '../db/business-lock.ts'
import { sqlState } from '../db/errors.ts'
import { createIds, type Uuid } from '../kernel/ids.ts'
import { type AccountKey, lockAccounts } from './accounts.ts'
import { Book } from './book.ts'
import { commit } from './commit.ts'
import { loadLots } from './lots.ts'
import { post } from './post.ts'
import { readBalances } from './read.ts'
import { adjust, spend } from './spend.ts'
import { verifyLedger } from './verify.ts'

const { db } = await testDatabase()
const ids = createIds()
const numRuns = runs(40)

/** Errors of transactions that were retried: SQLSTATE, or the name of the error. */
const failures: string[] = []

/** Runs `work` in a transaction on a book with all lots of these accounts loaded. */
function transact<T>(
  keys: AccountKey[],
  names: readonly string[],
  work: (book: Book<string>) => T,
  now = NOON,
): Promise<T> {
  return db.write('system:test', async (tx) => {
    const accounts = await lockAccounts(tx, keys, now).catch((error) => {
      failures.push(sqlState(error) ?? error.name)
      throw error
    })
    const book = new Book(accounts.values(), { now, ids, reasons: REASONS, actor: null })
    const own = keys.flatMap((account) => names.map((name) => ({ account, lotId: id(name) })))
    book.admit(await loadLots(tx, { own, open: keys }))
    const result = work(book)
    await commit(tx, await lockBusinesses(tx, []), book)
    return result
  })
}

async function available({ businessId, customerId }: AccountKey): Promise<number | undefined> {
  return (await readBalances(db, businessId, [customerId]))[0]?.available
}

async function differences(businessId: Uuid) {
  return Array.fromAsync(verifyLedger(db, businessId))
}

const NAMES = ['A', 'B', 'C']
const TERMS = {
  A: terms(),
  B: terms({ occurredAt: NOON + 1, expiresAt: NOON + 2 * DAY, slidingDays: 2 }),
  C: terms({ occurredAt: NOON + 2, availableAt: NOON + DAY, expiresAt: NOON + 3 * DAY }),
}

test('the stored accounts and lots equal those of the book and are derivable from its transfers', async () => {
  const step = fc.record({
    days: fc.constantFrom(0, 0, 1),
    what: fc.oneof(
      fc.record({
        name: fc.constantFrom('A' as const, 'B' as const, 'C' as const),
        target: fc.nat(9),
        clamp: fc.boolean(),
      }),
      fc.record({ spend: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ adjust: fc.constantFrom(-5, 5) }),
    ),
  })
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), async (steps) => {
      const account = { ...accountOf(`sample customer ${++run}`), businessId: id(`business ${run}`) }
      const memory = new Memory(NOON, REASONS)
      for (const [index, { days, what }] of steps.entries()) {
        memory.now += days * DAY
        const sourceId = id(`${run}/${index}`)
        const common = { account, occurredAt: memory.now, why: 'why' }
        const work = (book: Book<string>) => {
          if ('name' in what) {
            const debt = what.clamp ? 'clamp' : 'allow'
            post(book, sale(what.name, what.target, { account, terms: TERMS[what.name], debt }))
          } else if ('spend' in what) spend(book, { ...common, sourceId, units: what.spend })
          else adjust(book, { ...common, id: sourceId, units: what.adjust, terms: terms(), debt: 'allow' })
        }
        memory.do(account, NAMES, work)
        await transact([account], NAMES, work, memory.now)
      }
      const lotIds = [...memory.lots(account).keys()]
      await db.write('system:test', async (tx) => {
        const [stored] = (await lockAccounts(tx, [account], NOON)).values()
        const { lots } = await loadLots(tx, { own: lotIds.map((lotId) => ({ account, lotId })), open: [] })
        assert.deepEqual(stored?.balances, memory.balances(account))
        assert.deepEqual(
          new Map(lots.map(({ businessId, customerId, programId, ...lot }) => [lot.id, lot])),
          memory.lots(account),
        )
      })
      assert.deepEqual(await differences(account.businessId), [])
    }),
    { numRuns },
  )
})

test('a carried fraction is stored with the account', async () => {
  const account = accountOf('sample customer who carries')
  await transact([account], NAMES, (book) => book.setCarry(account, '2/3'))
  await transact([account], NAMES, (book) => assert.equal(book.account(account).carry, '2/3'))
})

test('a book cannot be written twice', async () => {
  const account = accountOf('sample customer of one book')
  const twice = db.write('system:test', async (tx) => {
    const book = new Book((await lockAccounts(tx, [account], NOON)).values(), {
      now: NOON,
      ids,
      reasons: REASONS,
      actor: null,
    })
    book.admit(await loadLots(tx, { own: [{ account, lotId: id('A') }], open: [] }))
    post(book, sale('A', 10, { account }))
    await commit(tx, await lockBusinesses(tx, []), book)
    await commit(tx, await lockBusinesses(tx, []), book)
  })
  await assert.rejects(twice, /transfers_pkey/)
  assert.equal(await available(account), undefined, 'the failed transaction left no data')
})

test('500 transfers in each direction, on two connections that lock the accounts in opposite order, are exact and do not deadlock', async () => {
  const here = accountOf('sample customer here')
  const there = accountOf('sample customer there')
  const move = async (from: AccountKey, to: AccountKey) => {
    for (let n = 0; n < 500; n++) {
      await transact([from, to], [], (book) => {
        const common = { terms: terms(), debt: 'allow', occurredAt: NOON, why: 'move' } as const
        adjust(book, { ...common, account: from, id: ids.next(), units: -1 })
        adjust(book, { ...common, account: to, id: ids.next(), units: 1 })
      })
    }
  }
  failures.length = 0
  await Promise.all([move(here, there), move(there, here)])
  assert.deepEqual(
    failures.filter((failure) => failure !== 'LostRace'),
    [],
  )
  assert.equal(await available(here), 0)
  assert.equal(await available(there), 0)
  assert.deepEqual(await differences(here.businessId), [])
})

test('accounts that concurrent transactions need for the first time are created once', async () => {
  const keys = ['x', 'y', 'z'].map((name) => accountOf(`sample customer ${name}`))
  // Each transaction names them in a different order, and some are missing.
  const orders = [0, 1, 2].flatMap((turn) => [keys.slice(turn), [...keys].reverse().slice(turn), [...keys].reverse()])
  failures.length = 0
  await Promise.all(
    orders.map((order, index) =>
      transact(order, [`sale ${index}`], (book) => {
        for (const account of order) post(book, sale(`sale ${index}`, 1, { account }))
      }),
    ),
  )
  // A transaction that finds an account created meanwhile starts again; none deadlocks.
  assert.deepEqual(
    failures.filter((failure) => failure !== 'LostRace'),
    [],
  )
  for (const key of keys) {
    assert.equal(await available(key), orders.filter((order) => order.includes(key)).length)
  }
})

test('lots that a concurrent transaction adds while it creates the account are read', async () => {
  const account = accountOf('sample customer who is welcomed')
  const opened = Promise.withResolvers<void>()
  const closing = Promise.withResolvers<void>()
  const welcome = db.write('system:test', async (tx) => {
    const book = new Book((await lockAccounts(tx, [account], NOON)).values(), {
      now: NOON,
      ids,
      reasons: REASONS,
      actor: null,
    })
    book.admit(await loadLots(tx, { own: [{ account, lotId: id('A') }], open: [account] }))
    post(book, sale('A', 10, { account }))
    await commit(tx, await lockBusinesses(tx, []), book)
    opened.resolve()
    await closing.promise
  })
  await opened.promise
  // As in ingest: lots are read concurrently with the lock.
  const seen = db.write('system:test', async (tx) => {
    const [accounts, lots] = await Promise.all([
      lockAccounts(tx, [account], NOON),
      loadLots(tx, { own: [], open: [account] }),
    ])
    return { available: [...accounts.values()][0]?.balances.available, lots: lots.lots.length }
  })
  await untilWaiting(db)
  closing.resolve()
  await welcome
  assert.deepEqual(await seen, { available: 10, lots: 1 })
})

test('L7: of concurrent spends from one balance, exactly the affordable ones succeed', async () => {
  const account = accountOf('sample customer who is spent')
  await transact([account], ['A'], (book) => post(book, sale('A', 55, { account })))
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      transact([account], [], (book) =>
        spend(book, { account, sourceId: id(`reward ${index}`), units: 10, occurredAt: NOON, why: 'reward' }),
      ),
    ),
  )
  assert.equal(outcomes.filter((outcome) => outcome !== 'insufficient').length, 5, '55 pay for 5 rewards of 10')
  assert.equal(await available(account), 5)
})

test('L1: a sale that concurrent transactions post is posted once', async () => {
  const account = accountOf('sample customer who is told twice')
  const moved = await Promise.all(
    Array.from({ length: 20 }, () =>
      transact([account], ['A'], (book) => post(book, sale('A', 10, { account })).length),
    ),
  )
  assert.equal(
    moved.reduce((sum, count) => sum + count, 0),
    1,
  )
  assert.equal(await available(account), 10)
})

test('L9: equal customer and program ids in two businesses are separate accounts', async () => {
  const mine = accountOf('sample customer of two')
  const yours = { ...mine, businessId: id('another business') }
  await transact([mine, yours], ['A'], (book) => {
    post(book, sale('A', 10, { account: mine }))
    post(book, sale('A', 3, { account: yours }))
  })
  await transact([yours], ['A'], (book) => post(book, sale('A', 0, { account: yours })))
  assert.equal(await available(mine), 10)
  assert.equal(await available(yours), 0)
})
