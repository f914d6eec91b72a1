// The verifier finds every manual change in the database, and no differences otherwise.
import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { accountOf, DAY, id, NOON, REASONS, sale, terms } from '../../test/fixtures/ledger.ts'
import { testDatabase } from '../../test/support/database.ts'
import { lockBusinesses } from '../db/business-lock.ts'
import { createIds } from '../kernel/ids.ts'
import { type AccountKey, lockAccounts } from './accounts.ts'
import { Book } from './book.ts'
import { commit } from './commit.ts'
import { loadLots } from './lots.ts'
import { post } from './post.ts'
import { spend } from './spend.ts'
import { releaseAndExpire } from './time.ts'
import { verifyLedger } from './verify.ts'

const { db } = await testDatabase()
const ids = createIds()
const names = ['A', 'B', 'C', 'D']
const { businessId } = accountOf()
const one = accountOf('sample customer 1')
const show = ({ customerId, programId }: AccountKey) => `${customerId}/${programId}`

async function transact(key: AccountKey, now: number, work: (book: Book<string>) => unknown): Promise<void> {
  await db.write('system:test', async (tx) => {
    const book = new Book((await lockAccounts(tx, [key], now)).values(), { now, ids, reasons: REASONS, actor: null })
    book.admit(await loadLots(tx, { own: names.map((name) => ({ account: key, lotId: id(name) })), open: [key] }))
    work(book)
    await commit(tx, await lockBusinesses(tx, []), book)
  })
}

/**
 * Creates an account with every kind of transfer of a sale: earned, pending, spent, returned,
 * written off, expired, restored.
 */
async function createHistory(account: AccountKey): Promise<void> {
  const post1 =
    (name: string, target: number, change = {}) =>
    (book: Book<string>) =>
      post(book, sale(name, target, { account, ...change }))
  await transact(account, NOON, post1('A', 10))
  await transact(account, NOON, post1('B', 10, { terms: terms({ expiresAt: NOON + DAY }) }))
  await transact(account, NOON, post1('C', 10, { terms: terms({ availableAt: NOON + DAY }) }))
  await transact(account, NOON, (book) =>
    spend(book, { account, sourceId: id('reward'), units: 15, occurredAt: NOON, why: 'reward' }),
  ) // All of B and 5 of A are spent; 5 of A remain.
  await transact(account, NOON, post1('B', 0, { debt: 'clamp' })) // 5 from A, 5 written off.
  await transact(account, NOON, post1('A', 4)) // A debt of 6.
  await transact(account, NOON + DAY, (book) => releaseAndExpire(book, account)) // C repays the 6; 4 remain.
  await transact(account, NOON + DAY, post1('D', 7, { terms: terms({ expiresAt: NOON + 2 * DAY }) }))
  await transact(account, NOON + 2 * DAY, (book) => releaseAndExpire(book, account)) // D expires.
  await transact(account, NOON + 2 * DAY, post1('D', 5)) // 2 of the 7 are restored and reversed.
}

async function differences(accountsAtOnce?: number) {
  const found = await Array.fromAsync(verifyLedger(db, businessId, accountsAtOnce))
  return found.map(({ what, id, stored, derived }) => `${what} ${id.split('/').length}: ${stored}, not ${derived}`)
}

beforeEach(async () => {
  await db.query('truncate accounts, transfers, lots')
  await createHistory(one)
})

test('an unchanged ledger has no difference', async () => {
  const kinds = await db.query<{ kind: string }>('select distinct kind from transfers order by kind')
  assert.deepEqual(
    kinds.map((row) => row.kind),
    ['earn', 'expire', 'pending_release', 'redeem', 'restore', 'reverse', 'write_off'],
    'the history has every kind of transfer of a sale',
  )
  assert.deepEqual(await differences(), [])
})

describe('a manual change is found', () => {
  const lot = `business_id = '${businessId}' and id = '${id('C')}'`
  const cases: [what: string, change: string, found: string[]][] = [
    [
      'in a balance, even if the eight still sum to 0',
      'update accounts set available = available + 1, issued = issued - 1',
      [
        'account.available 2: 5, not 4',
        'account.issued 2: -20, not -19',
        'lots.available 2: 5, not 4',
        'transfer.balance 2: 4, not 5',
      ],
    ],
    [
      'in the remaining units of a lot',
      `update lots set remaining = remaining + 1 where ${lot}`,
      ['lot.remaining 3: 5, not 4', 'lots.available 2: 4, not 5'],
    ],
    ['in what was granted', `update lots set granted = granted - 1 where ${lot}`, ['lot.granted 3: 9, not 10']],
    ['in what expired', `update lots set expired = expired + 1 where ${lot}`, ['lot.expired 3: 1, not 0']],
    [
      'in the written-off units',
      `update lots set written_off = null where id = '${id('B')}'`,
      ['lot.written_off 3: 0, not 5'],
    ],
    [
      'in whether a lot is pending',
      `update lots set pending = true where ${lot}`,
      ['lots.available 2: 4, not 0', 'lots.pending 2: 0, not 4'],
    ],
    [
      'in the units of a transfer',
      "update transfers set units = units + 1, lot_units = null, lots = null where kind = 'earn' and units = 7",
      [
        'account.available 2: 4, not 5',
        'account.issued 2: -19, not -20',
        'lot.granted 3: 5, not 6',
        'lot.remaining 3: 0, not 1',
        'transfer.balance 2: 4, not 3',
      ],
    ],
    [
      'in the balance of a transfer',
      "update transfers set balance = balance + 1 where kind = 'redeem'",
      ['transfer.balance 2: 6, not 5'],
    ],
    [
      'in the lots that a transfer names',
      "update transfers set lot_units = array[9, 6] where kind = 'redeem'",
      ['lot.remaining 3: 0, not -1', 'lot.remaining 3: 0, not 1'],
    ],
    [
      'when a transfer is missing',
      "delete from transfers where kind = 'redeem'",
      [
        'account.available 2: 4, not 19',
        'account.redeemed 2: 15, not 0',
        'lot.remaining 3: 0, not 10',
        'lot.remaining 3: 0, not 5',
        'transfer.balance 2: 20, not 5',
      ],
    ],
    [
      'when a lot is missing',
      `delete from lots where ${lot}`,
      ['lot.granted 3: 0, not 10', 'lot.remaining 3: 0, not 4', 'lots.available 2: 4, not 0'],
    ],
  ]
  for (const [what, change, found] of cases) {
    test(what, async () => {
      await db.query(change)
      assert.deepEqual((await differences()).sort(), [...found].sort())
    })
  }

  test('when an account is missing, even if no other account exists', async () => {
    await db.query('delete from accounts')
    const found = await differences()
    assert.ok(found.includes('account.issued 2: 0, not -19'), found.join('\n'))
    assert.ok(found.includes('lots.available 2: 0, not 4'), found.join('\n'))
  })
})

test('customers are verified in ranges, and a difference in any range is found once', async () => {
  const customers = [2, 3, 4, 5].map((n) => accountOf(`sample customer ${n}`))
  for (const key of customers) await createHistory(key)
  // A second program of one customer: a range never splits a customer.
  await createHistory(accountOf('sample customer 3', 'cashback'))
  assert.deepEqual(await differences(1), [])
  await db.query(`update lots set granted = granted + 1 where id = '${id('C')}'`)
  const found = await Array.fromAsync(verifyLedger(db, businessId, 2))
  assert.deepEqual(
    found.map((difference) => difference.id).sort(),
    [one, ...customers, accountOf('sample customer 3', 'cashback')].map((key) => `${show(key)}/${id('C')}`).sort(),
  )
})

test('other businesses are not read', async () => {
  await db.query(
    `update accounts set business_id = '${id('another business')}', available = available + 1, issued = issued - 1`,
  )
  await db.query('delete from lots')
  await db.query('delete from transfers')
  assert.deepEqual(await differences(), [])
})
