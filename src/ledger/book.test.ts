// The book: which lots it admits, which operations it refuses, and how two transfers that undo each
// other are removed.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountOf, DAY, id, Memory, NOON, REASONS, sale, terms } from '../../test/fixtures/ledger.ts'
import { post } from './post.ts'
import { reopen, spend } from './spend.ts'
import { movementOf } from './transfers.ts'

const one = accountOf('sample customer 1')
const two = accountOf('sample customer 2')
const both = {
  own: ['A', 'B'].flatMap((name) => [one, two].map((account) => ({ account, lotId: id(name) }))),
  open: [one, two],
}

describe('two transfers that undo each other', () => {
  function opened() {
    const memory = new Memory(NOON, REASONS)
    memory.do(one, ['A'], (book) => {
      post(book, sale('A', 10))
      spend(book, { account: one, sourceId: id('card'), units: 6, occurredAt: NOON, why: 'card' })
    })
    const book = memory.open(both)
    const lots = [{ lotId: id('A'), units: 6 }]
    const card = { account: one, sourceId: id('card'), occurredAt: NOON, why: 'card' }
    const restored = reopen(book, { ...card, lots }) // 4 → 10
    post(book, sale('B', 3)) // → 13
    post(book, sale('B', 5, { account: two })) // A transfer of another account in between.
    const spent = spend(book, { ...card, units: 6, lots })
    assert.ok(spent !== 'insufficient' && spent[0])
    return { book, restored, redeemed: spent[0] }
  }

  test('are removed, and the balances of the transfers between them are corrected', () => {
    const { book, restored, redeemed } = opened()
    book.annul(restored, redeemed)
    assert.deepEqual(
      book.transfers.map(movementOf).map(({ customerId, kind, balance }) => [customerId, kind, balance]),
      [
        [one.customerId, 'earn', 7], // 4 of A and 3 of B.
        [two.customerId, 'earn', 5],
      ],
    )
    assert.equal(book.account(one).balances.available, 7)
  })

  test('must be opposites, in the order in which they were recorded', () => {
    const { book, restored, redeemed } = opened()
    assert.throws(() => book.annul(redeemed, restored), /its opposite/)
    assert.throws(() => book.annul(restored, { ...redeemed, units: 5 }), /its opposite/)
  })
})

describe('lots that are loaded in two steps', () => {
  test('are admitted, but do not overwrite changes made since the first step', () => {
    const memory = new Memory(NOON, REASONS)
    memory.do(one, ['A', 'B'], (book) => {
      post(book, sale('A', 10))
      post(book, sale('B', 10))
    })
    const book = memory.open({ own: [{ account: one, lotId: id('A') }], open: [] })
    post(book, sale('A', 4))
    memory.admit(book, { own: [], open: [one] })
    assert.equal(book.lot(book.account(one), id('A'))?.remaining, 4)
    assert.equal(book.lot(book.account(one), id('B'))?.remaining, 10)
    book.assertSound(book.account(one))
  })
})

describe('assertions', () => {
  test('reject a lot with negative units', () => {
    const memory = new Memory(NOON, REASONS)
    memory.do(one, ['A', 'B'], (book) => {
      post(book, sale('A', 10))
      post(book, sale('B', 10))
    })
    const lots = [
      { lotId: id('A'), units: 11 },
      { lotId: id('B'), units: 1 },
    ]
    const spending = { account: one, sourceId: id('reward'), units: 12, lots, occurredAt: NOON, why: 'reward' }
    assert.throws(() => memory.do(one, [], (book) => spend(book, spending)), /would hold -1 units/)
  })

  test('reject lots that do not sum to the spent units', () => {
    const memory = new Memory(NOON, REASONS)
    memory.do(one, ['A'], (book) => post(book, sale('A', 10)))
    const lots = [{ lotId: id('A'), units: 3 }]
    const spending = { account: one, sourceId: id('reward'), units: 4, lots, occurredAt: NOON, why: 'reward' }
    assert.throws(() => memory.do(one, [], (book) => spend(book, spending)), /do not hold the 4 units/)
  })

  test('reject a balance that differs from its lots', () => {
    const memory = new Memory(NOON, REASONS)
    const book = memory.open(both)
    const account = book.account(one)
    account.balances.available = 1
    assert.throws(() => book.assertSound(account), /do not sum to 0/)
    account.balances.issued = -1
    assert.throws(() => book.assertSound(account), /open lots of .* are not its balance/)
    account.balances.available = 0
    account.balances.pending = 1
    assert.throws(() => book.assertSound(account), /pending lots of .* are not its pending balance/)
  })

  test('reject releasing and expiring lots that were not loaded', () => {
    const memory = new Memory(NOON, REASONS)
    memory.do(one, ['A'], (book) => post(book, sale('A', 10, { terms: terms({ expiresAt: NOON + DAY }) })))
    const book = memory.open({ own: [], open: [two] })
    assert.throws(
      () => spend(book, { account: one, sourceId: id('r'), units: 1, occurredAt: NOON, why: 'r' }),
      /the lock/,
    )
    const locked = memory.open({ own: [{ account: one, lotId: id('A') }], open: [] })
    const spending = { account: one, sourceId: id('r'), units: 1, occurredAt: NOON, why: 'r' }
    assert.throws(() => spend(locked, spending), /not loaded/)
  })
})
