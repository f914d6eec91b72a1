// The ledger as people see it.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { accountOf, DAY, id, NOON, REASONS, sale, terms } from '../../test/fixtures/ledger.ts'
import { testDatabase } from '../../test/support/database.ts'
import { lockBusinesses } from '../db/business-lock.ts'
import { must } from '../kernel/assert.ts'
import { createIds } from '../kernel/ids.ts'
import { lockAccounts } from './accounts.ts'
import { Book } from './book.ts'
import { commit } from './commit.ts'
import { loadLots } from './lots.ts'
import { post } from './post.ts'
import {
  readBalances,
  readExpirySchedule,
  readLedgerPage,
  readProgramSummaries,
  readTransfersOfSources,
} from './read.ts'
import { adjust, spend } from './spend.ts'

const { db } = await testDatabase()
const one = accountOf('sample customer 1')
const two = accountOf('sample customer 2')
const cashback = accountOf('sample customer 1', 'cashback')
const { businessId } = one

before(async () => {
  const ids = createIds()
  const keys = [one, two, cashback]
  const names = ['A', 'B', 'C', 'D', 'E']
  await db.write('system:test', async (tx) => {
    const book = new Book((await lockAccounts(tx, keys, NOON)).values(), {
      now: NOON,
      ids,
      reasons: REASONS,
      actor: null,
    })
    const own = keys.flatMap((account) => names.map((name) => ({ account, lotId: id(name) })))
    book.admit(await loadLots(tx, { own, open: keys }))
    const soon = terms({ expiresAt: NOON + DAY })
    post(book, sale('A', 10, { terms: soon }))
    post(book, sale('B', 5, { terms: soon }))
    post(book, sale('C', 7, { terms: terms({ availableAt: NOON + DAY, expiresAt: NOON + 2 * DAY }) }))
    post(book, sale('D', 3))
    post(book, sale('A', 120, { account: cashback }))
    spend(book, { account: one, sourceId: id('reward'), units: 4, occurredAt: NOON, why: 'reward' }) // From A or B, which expire first.
    post(book, sale('E', 20, { account: two }))
    spend(book, { account: two, sourceId: id('other reward'), units: 20, occurredAt: NOON, why: 'reward' })
    post(book, sale('E', 8, { account: two })) // 12 of the 20 spent units are returned: a debt of 12.
    adjust(book, {
      account: one,
      id: id('gift'),
      units: 2,
      terms: terms(),
      debt: 'refuse',
      occurredAt: NOON,
      why: 'sorry',
    })
    await commit(tx, await lockBusinesses(tx, []), book)
  })
})

test('balances of several customers in all their programs, with their debt', async () => {
  const balances = await readBalances(db, businessId, [one.customerId, two.customerId, id('nobody')])
  assert.deepEqual(
    new Set(balances.map(({ customerId, programId, ...units }) => JSON.stringify([customerId, programId, units]))),
    new Set(
      [
        [one.customerId, one.programId, { available: 16, pending: 7, held: 0, debt: 0 }],
        [one.customerId, cashback.programId, { available: 120, pending: 0, held: 0, debt: 0 }],
        [two.customerId, two.programId, { available: -12, pending: 0, held: 0, debt: 12 }],
      ].map((row) => JSON.stringify(row)),
    ),
  )
})

test('C50: every expiry date with its units, and the units that never expire', async () => {
  const schedule = await readExpirySchedule(db, businessId, one.customerId)
  assert.deepEqual(
    schedule.filter((row) => row.programId === one.programId),
    [
      { programId: one.programId, expiresAt: NOON + DAY, available: 11, pending: 0 }, // A and B, minus the 4 spent.
      { programId: one.programId, expiresAt: NOON + 2 * DAY, available: 0, pending: 7 },
      { programId: one.programId, expiresAt: null, available: 5, pending: 0 }, // D and the gift.
    ],
  )
})

test('the movements of a customer, newest first, in pages without gaps or overlaps', async () => {
  const page = (before?: string) =>
    readLedgerPage<string>(db, { businessId, customerId: one.customerId, before, limit: 3 })
  const first = await page()
  const second = await page(first.at(-1)?.id)
  const third = await page(second.at(-1)?.id)
  assert.deepEqual(
    [...first, ...second, ...third].map(({ kind, signed, balance, why }) => [kind, signed, balance, why]),
    [
      ['adjust', 2, 16, 'sorry'],
      ['redeem', -4, 14, 'reward'],
      ['earn', 120, 120, 'A'],
      ['earn', 3, 18, 'D'],
      ['earn', 7, 15, 'C'], // Pending, so the available balance does not change.
      ['earn', 5, 15, 'B'],
      ['earn', 10, 10, 'A'],
    ],
  )
  const points = await readLedgerPage<string>(db, {
    businessId,
    customerId: one.customerId,
    programId: cashback.programId,
    limit: 10,
  })
  assert.deepEqual(
    points.map((entry) => entry.units),
    [120],
  )
})

test('every movement of one sale', async () => {
  const sources = {
    businessId,
    sourceIds: [id('E')],
    customerIds: [one.customerId, two.customerId],
    since: NOON,
    limit: 10,
  }
  const moved = await readTransfersOfSources<string>(db, sources)
  assert.deepEqual(
    moved.map(({ kind, signed }) => [kind, signed]),
    [
      ['earn', 20],
      ['reverse', -12],
    ],
  )
})

test('the totals of programs, whose sum is their outstanding units', async () => {
  const summaries = await readProgramSummaries(db, businessId, [id('no program'), one.programId])
  assert.deepEqual([...summaries.keys()], [id('no program'), one.programId])
  const summary = must(summaries.get(one.programId), 'the program')
  assert.deepEqual(summary, {
    issued: 33, // 10 + 5 + 7 + 3 and 20 − 12.
    redeemed: 24,
    expired: 0,
    adjusted: 2,
    writtenOff: 0,
    outstanding: 11, // 16 + 7 − 12.
    debt: 12,
    customers: 2,
    holders: 1,
  })
  const { issued, adjusted, writtenOff, redeemed, expired, outstanding } = summary
  assert.equal(issued + adjusted + writtenOff - redeemed - expired, outstanding)
  assert.deepEqual(summaries.get(id('no program')), {
    issued: 0,
    redeemed: 0,
    expired: 0,
    adjusted: 0,
    writtenOff: 0,
    outstanding: 0,
    debt: 0,
    customers: 0,
    holders: 0,
  })
})
