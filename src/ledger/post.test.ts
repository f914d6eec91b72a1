// Stories of posting: what a sale, a return and a correction do to balances and lots.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountOf, DAY, id, Memory, NOON, REASONS, sale, terms } from '../../test/fixtures/ledger.ts'
import { post } from './post.ts'
import { adjust, spend } from './spend.ts'
import { movementOf } from './transfers.ts'

const account = accountOf()
const names = ['A', 'B', 'C', 'reward', 'gift']

function shop() {
  const memory = new Memory(NOON, REASONS)
  return {
    memory,
    post: (...args: Parameters<typeof sale>) =>
      memory.do(account, names, (book) => post(book, sale(...args))).map(movementOf),
    spend: (units: number) =>
      memory.do(account, names, (book) =>
        spend(book, { account, sourceId: id('reward'), units, occurredAt: memory.now, why: 'reward' }),
      ),
    remaining: (name: string) => memory.lots(account).get(id(name))?.remaining,
    granted: (name: string) => memory.lots(account).get(id(name))?.granted,
    available: () => memory.balances(account).available,
  }
}

describe('up', () => {
  test('a sale earns its target into a lot of its own, by one transfer that needs no words', () => {
    const { memory, post, available, remaining } = shop()
    const moved = post('A', 24)
    assert.deepEqual(
      moved.map(({ kind, units, balance }) => ({ kind, units, balance })),
      [{ kind: 'earn', units: 24, balance: 24 }],
    )
    assert.equal(available(), 24)
    assert.equal(remaining('A'), 24)
    assert.deepEqual(memory.journal[0]?.lots, [{ lotId: id('A'), units: 24 }])
  })

  test('the same target again moves nothing', () => {
    const { memory, post } = shop()
    post('A', 24)
    assert.deepEqual(post('A', 24), [])
    assert.equal(memory.journal.length, 1)
  })

  test('a sale that owes nothing makes no lot', () => {
    const { memory, post } = shop()
    assert.deepEqual(post('A', 0), [])
    assert.equal(memory.lots(account).size, 0)
  })

  test('a correction upwards adds to the lot, under the terms of the first time', () => {
    const { memory, post, remaining } = shop()
    post('A', 24)
    post('A', 30, { terms: terms({ version: 2, expiresAt: NOON + DAY }) })
    assert.equal(remaining('A'), 30)
    assert.equal(memory.lots(account).get(id('A'))?.expiresAt, null, 'C55: an old lot keeps its expiry')
    assert.equal(memory.lots(account).get(id('A'))?.version, 1)
  })

  test('with a debt, what comes in repays it first and only the rest can be spent', () => {
    const { post, spend, available, remaining } = shop()
    post('A', 10)
    spend(10)
    post('A', 0) // Spent and given back: 10 are owed.
    assert.equal(available(), -10)
    post('B', 15)
    assert.equal(available(), 5)
    assert.equal(remaining('B'), 5)
  })

  test('a sale that waits is pending, repays no debt yet, and is granted all the same', () => {
    const { memory, post, spend, remaining } = shop()
    post('A', 10)
    spend(10)
    post('A', 0)
    post('B', 15, { terms: terms({ availableAt: NOON + DAY }) })
    assert.equal(memory.balances(account).available, -10)
    assert.equal(memory.balances(account).pending, 15)
    assert.equal(remaining('B'), 15)
  })

  test('a sale that arrives after the end of its lot has earned what is expired already', () => {
    const { memory, post, available } = shop()
    const moved = post('A', 10, { terms: terms({ occurredAt: NOON - 2 * DAY, expiresAt: NOON - DAY }) })
    assert.deepEqual(
      moved.map((one) => `${one.kind} ${one.units}`),
      ['earn 10', 'expire -10'],
    )
    assert.equal(available(), 0)
    assert.equal(memory.balances(account).expired, 10)
  })
})

describe('down', () => {
  test('a return takes from the lot of its own sale, although another would be spent before it', () => {
    const { post, remaining } = shop()
    post('A', 10)
    post('B', 10, { terms: terms({ expiresAt: NOON + DAY }) })
    post('A', 4)
    assert.equal(remaining('A'), 4)
    assert.equal(remaining('B'), 10)
  })

  test('a return of a pending sale takes from what is pending', () => {
    const { memory, post } = shop()
    post('A', 10, { terms: terms({ availableAt: NOON + DAY }) })
    const moved = post('A', 4)
    assert.deepEqual(
      moved.map(({ kind, units, balance, pending }) => ({ kind, units, balance, pending })),
      [{ kind: 'reverse', units: -6, balance: 0, pending: 4 }],
    )
    assert.deepEqual(
      { available: memory.balances(account).available, pending: memory.balances(account).pending },
      { available: 0, pending: 4 },
    )
  })

  test('to expire and be returned comes to the same as to be returned', () => {
    const { memory, post, available } = shop()
    post('A', 10, { terms: terms({ expiresAt: NOON + DAY }) })
    memory.now = NOON + DAY
    post('C', 1) // Anything that happens lets the 10 expire first.
    assert.equal(memory.balances(account).expired, 10)
    const moved = post('A', 3) // 7 of the 10 come back from the dead, to be taken back.
    assert.deepEqual(
      moved.map((one) => `${one.kind} ${one.units}`),
      ['restore 7', 'reverse -7'],
    )
    assert.equal(memory.balances(account).expired, 3)
    assert.equal(available(), 1)
  })

  test('what the own lot lacks is taken from the others: what expires first, then what is oldest', () => {
    const { post, spend, remaining } = shop()
    post('A', 10)
    spend(10)
    post('B', 4, { terms: terms({ occurredAt: NOON - DAY }) })
    post('C', 4, { terms: terms({ expiresAt: NOON + DAY }) })
    post('A', 3) // 7 to take: all 4 of C, which expires, and 3 of B.
    assert.equal(remaining('C'), 0)
    assert.equal(remaining('B'), 1)
  })

  test('C8: what no lot has is a debt, and a return undone has neither won nor lost anything', () => {
    const { post, spend, available } = shop()
    post('A', 24)
    spend(20)
    post('A', 0) // V10: 24 earned, 20 spent, all returned.
    assert.equal(available(), -20)
    post('A', 24)
    assert.equal(available(), 4)
  })

  test('clamped, what no lot has is written off by a transfer of its own', () => {
    const { memory, post, spend, available } = shop()
    post('A', 24)
    spend(20)
    const moved = post('A', 0, { debt: 'clamp' })
    assert.deepEqual(
      moved.map((one) => `${one.kind} ${one.units} → ${one.balance}`),
      ['reverse -24 → -20', 'write_off 20 → 0'],
    )
    assert.equal(available(), 0)
    assert.equal(memory.balances(account).written_off, -20)
  })

  test('clamped below 0 already, the balance does not go further down', () => {
    const { post, spend, available } = shop()
    post('A', 10)
    post('B', 10)
    spend(20)
    post('A', 0) // 10 are owed under terms that allow it.
    post('B', 0, { debt: 'clamp' })
    assert.equal(available(), -10)
  })

  test('clamped, to return and to undo the return wins nothing', () => {
    const { memory, post, spend, available, granted } = shop()
    post('A', 10)
    spend(10)
    post('A', 0, { debt: 'clamp' }) // 10 forgiven.
    post('A', 10, { debt: 'clamp' }) // No longer forgiven, as they are earned after all.
    assert.equal(available(), 0)
    assert.equal(memory.balances(account).written_off, 0)
    assert.equal(granted('A'), 10)
  })

  test('clamped, and undone in part: what is earned again pays for what was forgiven before it can be spent', () => {
    const { memory, post, spend, available } = shop()
    post('A', 10)
    spend(10)
    post('A', 0, { debt: 'clamp' })
    post('A', 4, { debt: 'clamp' })
    assert.equal(available(), 0)
    assert.equal(memory.balances(account).written_off, -6)
  })
})

describe('the lots that must be loaded', () => {
  const own = { account, lotId: id('A') }

  test('a sale that earns, and a return that its own lot can bear, need no others', () => {
    const memory = new Memory(NOON, REASONS)
    const book = memory.open({ own: [own], open: [] })
    assert.equal(book.needsOpenLots(account, own.lotId, 24), false)
    post(book, sale('A', 24))
    assert.equal(book.needsOpenLots(account, own.lotId, 0), false)
    post(book, sale('A', 0))
    memory.keep(book)
    assert.equal(memory.balances(account).available, 0)
  })

  test('a return that its own lot cannot bear needs them, and fails loudly without', () => {
    const { memory, post: postWhole, spend } = shop()
    postWhole('A', 10)
    postWhole('B', 10)
    spend(15)
    const book = memory.open({ own: [own], open: [] })
    assert.equal(book.needsOpenLots(account, own.lotId, 0), true)
    assert.throws(() => post(book, sale('A', 0)), /were not loaded/)
  })

  test('a sale that meets a debt needs them only when something waits to be released', () => {
    const { memory, post: postWhole, spend } = shop()
    postWhole('A', 10)
    spend(10)
    postWhole('A', 0)
    const asked = { account, lotId: id('C') }
    assert.equal(memory.open({ own: [asked], open: [] }).needsOpenLots(account, asked.lotId, 5), false)
    postWhole('B', 10, { terms: terms({ availableAt: NOON + DAY }) })
    assert.equal(memory.open({ own: [asked], open: [] }).needsOpenLots(account, asked.lotId, 5), true)
  })

  test('a lot that was not asked for is not taken for a new one', () => {
    const memory = new Memory(NOON, REASONS)
    const book = memory.open({ own: [own], open: [] })
    assert.throws(() => post(book, sale('B', 1)), /was not asked for/)
  })

  test('an account that is not locked cannot be touched', () => {
    const book = new Memory(NOON, REASONS).open({ own: [own], open: [] })
    assert.throws(() => post(book, sale('A', 1, { account: accountOf('sample customer 2') })), /the lock on account/)
  })
})

describe('what must not happen', () => {
  for (const target of [-1, 0.5, Number.NaN, 2 ** 53]) {
    test(`a target of ${target} is refused before anything moves`, () => {
      const { memory, post } = shop()
      assert.throws(() => post('A', target), /a target of/)
      assert.equal(memory.journal.length, 0)
    })
  }

  test('sums beyond safe integers are refused', () => {
    const { post } = shop()
    post('A', Number.MAX_SAFE_INTEGER)
    assert.throws(() => post('B', 1), /safe integers/)
  })

  test('an adjustment is not made twice', () => {
    const { memory } = shop()
    const gift = {
      account,
      id: id('gift'),
      units: 5,
      terms: terms(),
      debt: 'refuse',
      occurredAt: NOON,
      why: 'gift',
    } as const
    memory.do(account, names, (book) => adjust(book, gift))
    assert.throws(() => memory.do(account, names, (book) => adjust(book, gift)), /was made before/)
  })
})
