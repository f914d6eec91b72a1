// Awards in the database: unused ones are loaded with their stamps, used ones stay unchanged.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountOf, id, NOON, sale } from '../../../test/fixtures/ledger.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { lockBusinesses } from '../../db/business-lock.ts'
import { createIds } from '../../kernel/ids.ts'
import { type AccountKey, accountId, lockAccounts } from '../../ledger/accounts.ts'
import { Book } from '../../ledger/book.ts'
import { commit } from '../../ledger/commit.ts'
import { loadLots } from '../../ledger/lots.ts'
import { post } from '../../ledger/post.ts'
import { verifyLedger } from '../../ledger/verify.ts'
import { ledgerReasons } from '../reasons.ts'
import type { Why } from '../why.ts'
import { loadOpenCards, saveAwards } from './awards-store.ts'
import { withCards } from './cards.ts'

const { db } = await testDatabase()
const ids = createIds()
const WHY: Why = { t: 'earn', r: [], x: '0', u: 0 }

async function news(account: AccountKey, name: string, stamps: number): Promise<void> {
  await db.write('system:test', async (tx) => {
    const [accounts, lots, cards] = await Promise.all([
      lockAccounts(tx, [account], NOON),
      loadLots(tx, { own: [{ account, lotId: id(name) }], open: [account] }),
      loadOpenCards(tx, [account]),
    ])
    const book = new Book<Why>(accounts.values(), {
      now: NOON,
      ids,
      reasons: ledgerReasons(() => 'Asia/Riyadh'),
      actor: null,
    })
    book.admit(lots)
    book.admit(cards.lots)
    for (const openCards of cards.openCards.values()) {
      withCards(book, openCards, { goalOf: () => 6, expiresAt: (_version, wonAt) => wonAt + 1 }, () =>
        post(book, { ...sale(name, stamps), account, why: WHY, reverseWhy: WHY }),
      )
    }
    await Promise.all([
      commit(tx, await lockBusinesses(tx, []), book),
      saveAwards(tx, await lockBusinesses(tx, []), cards.openCards.values(), book),
    ])
  })
}

function openCardsOf(account: AccountKey) {
  return db.transaction(async (tx) => (await loadOpenCards(tx, [account])).openCards.get(accountId(account)))
}

test('an unused award is loaded as it was saved, with the emptied lots of its stamps', async () => {
  const account = accountOf('sample customer 1', 'stamps')
  await news(account, 'A', 13) // 2 × 6 and 1 over.
  const openCards = await openCardsOf(account)
  assert.deepEqual(
    openCards?.won.map(({ id: _, ...card }) => card),
    [1, 2].map((number) => ({
      number,
      version: 1,
      goal: 6,
      status: 'won',
      wonAt: NOON,
      expiresAt: NOON + 1,
      lots: [{ lotId: id('A'), units: 6 }],
    })),
  )
  await news(account, 'B', 2)
  await news(account, 'A', 0) // Only the 2 stamps of B remain, so both awards are cancelled.
  assert.deepEqual((await openCardsOf(account))?.won, [])
  const rows = await db.query<{ status: string }>('select status from awards where customer_id = $1', [
    account.customerId,
  ])
  assert.deepEqual(
    rows.map((row) => row.status),
    ['cancelled', 'cancelled'],
  )
  assert.deepEqual(await Array.fromAsync(verifyLedger(db, account.businessId)), [])
})

test('a used award is not reopened, and the next one has a greater number', async () => {
  const account = accountOf('sample customer 2', 'stamps')
  await news(account, 'A', 6)
  await db.query("update awards set status = 'used' where customer_id = $1", [account.customerId])
  await news(account, 'B', 6)
  const openCards = await openCardsOf(account)
  assert.equal(openCards?.lastUsed, 1)
  assert.deepEqual(
    openCards?.won.map((card) => card.number),
    [2],
  )
})

test('without accounts nothing is loaded', async () => {
  const { openCards, lots } = await db.transaction((tx) => loadOpenCards(tx, []))
  assert.equal(openCards.size, 0)
  assert.deepEqual(lots.lots, [])
})
