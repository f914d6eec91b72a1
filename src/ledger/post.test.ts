// Posting: the effects of a sale, a return and a correction on balances and lots.
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

describe('an increase', () => {
  test('a sale earns its target in a lot of its own, with one transfer', () => {
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

  test('a sale with target 0 creates no lot', () => {
    const { memory, post } = shop()
    assert.deepEqual(post('A', 0), [])
    assert.equal(memory.lots(account).size, 0)
  })

  test('a correction that increases the target adds to the lot, with the original terms', () => {
    const { memory, post, remaining } = shop()
    post('A', 24)
    post('A', 30, { terms: terms({ version: 2, expiresAt: NOON + DAY }) })
    assert.equal(remaining('A'), 30)
    assert.equal(memory.lots(account).get(id('A'))?.expiresAt, null, 'C55: an old lot keeps its expiry')
    assert.equal(memory.lots(account).get(id('A'))?.version, 1)
  })

  test('earned units repay debt first, and only the rest can be spent', () => {
    const { post, spend, available, remaining } = shop()
    post('A', 10)
    spend(10)
    post('A', 0) // Spent, then returned: a debt of 10.
    assert.equal(available(), -10)
    post('B', 15)
    assert.equal(available(), 5)
    assert.equal(remaining('B'), 5)
  })

  test('pending units are granted, but do not repay debt yet', () => {
    const { memory, post, spend, remaining } = shop()
    post('A', 10)
    spend(10)
    post('A', 0)
    post('B', 15, { terms: terms({ availableAt: NOON + DAY }) })
    assert.equal(memory.balances(account).available, -10)
    assert.equal(memory.balances(account).pending, 15)
    assert.equal(remaining('B'), 15)
  })

  test('a sale that arrives after the expiry of its lot earns expired units', () => {
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

describe('a decrease', () => {
  test('a return takes from the lot of its own sale, even if another lot is first in spending order', () => {
    const { post, remaining } = shop()
    post('A', 10)
    post('B', 10, { terms: terms({ expiresAt: NOON + DAY }) })
    post('A', 4)
    assert.equal(remaining('A'), 4)
    assert.equal(remaining('B'), 10)
  })

  test('a return of a pending sale takes pending units', () => {
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

  test('a return has the same effect whether or not the units expired before', () => {
    const { memory, post, available } = shop()
    post('A', 10, { terms: terms({ expiresAt: NOON + DAY }) })
    memory.now = NOON + DAY
    post('C', 1) // Any operation expires the 10 units first.
    assert.equal(memory.balances(account).expired, 10)
    const moved = post('A', 3) // 7 of the 10 expired units are restored and reversed.
    assert.deepEqual(
      moved.map((one) => `${one.kind} ${one.units}`),
      ['restore 7', 'reverse -7'],
    )
    assert.equal(memory.balances(account).expired, 3)
    assert.equal(available(), 1)
  })

  test('a shortfall of the own lot is taken from other lots: the one that expires first, then the oldest', () => {
    const { post, spend, remaining } = shop()
    post('A', 10)
    spend(10)
    post('B', 4, { terms: terms({ occurredAt: NOON - DAY }) })
    post('C', 4, { terms: terms({ expiresAt: NOON + DAY }) })
    post('A', 3) // 7 units: all 4 of C, which expires, and 3 of B.
    assert.equal(remaining('C'), 0)
    assert.equal(remaining('B'), 1)
  })

  test('C8: a shortfall becomes debt, and undoing the return neither gains nor loses units', () => {
    const { post, spend, available } = shop()
    post('A', 24)
    spend(20)
    post('A', 0) // V10: 24 earned, 20 spent, all returned.
    assert.equal(available(), -20)
    post('A', 24)
    assert.equal(available(), 4)
  })

  test('with clamping, a shortfall is written off by a separate transfer', () => {
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

  test('with clamping, a negative balance does not decrease further', () => {
    const { post, spend, available } = shop()
    post('A', 10)
    post('B', 10)
    spend(20)
    post('A', 0) // A debt of 10, under terms that allow debt.
    post('B', 0, { debt: 'clamp' })
    assert.equal(available(), -10)
  })

  test('with clamping, undoing a return gains no units', () => {
    const { memory, post, spend, available, granted } = shop()
    post('A', 10)
    spend(10)
    post('A', 0, { debt: 'clamp' }) // 10 written off.
    post('A', 10, { debt: 'clamp' }) // The write-off is reversed, because they are earned again.
    assert.equal(available(), 0)
    assert.equal(memory.balances(account).written_off, 0)
    assert.equal(granted('A'), 10)
  })

  test('with clamping, a partly undone return reverses the write-off before units can be spent', () => {
    const { memory, post, spend, available } = shop()
    post('A', 10)
    spend(10)
    post('A', 0, { debt: 'clamp' })
    post('A', 4, { debt: 'clamp' })
    assert.equal(available(), 0)
    assert.equal(memory.balances(account).written_off, -6)
  })
})

describe('lots that must be loaded', () => {
  const own = { account, lotId: id('A') }

  test('a sale that earns, and a return that its own lot covers, need no other lots', () => {
    const memory = new Memory(NOON, REASONS)
    const book = memory.open({ own: [own], open: [] })
    assert.equal(book.needsOpenLots(account, own.lotId, 24), false)
    post(book, sale('A', 24))
    assert.equal(book.needsOpenLots(account, own.lotId, 0), false)
    post(book, sale('A', 0))
    memory.keep(book)
    assert.equal(memory.balances(account).available, 0)
  })

  test('a return that its own lot does not cover needs all open lots, and throws without them', () => {
    const { memory, post: postWhole, spend } = shop()
    postWhole('A', 10)
    postWhole('B', 10)
    spend(15)
    const book = memory.open({ own: [own], open: [] })
    assert.equal(book.needsOpenLots(account, own.lotId, 0), true)
    assert.throws(() => post(book, sale('A', 0)), /were not loaded/)
  })

  test('a sale on an account with debt needs all open lots only if units are pending', () => {
    const { memory, post: postWhole, spend } = shop()
    postWhole('A', 10)
    spend(10)
    postWhole('A', 0)
    const asked = { account, lotId: id('C') }
    assert.equal(memory.open({ own: [asked], open: [] }).needsOpenLots(account, asked.lotId, 5), false)
    postWhole('B', 10, { terms: terms({ availableAt: NOON + DAY }) })
    assert.equal(memory.open({ own: [asked], open: [] }).needsOpenLots(account, asked.lotId, 5), true)
  })

  test('a lot that was not requested is not treated as new', () => {
    const memory = new Memory(NOON, REASONS)
    const book = memory.open({ own: [own], open: [] })
    assert.throws(() => post(book, sale('B', 1)), /was not asked for/)
  })

  test('an account that is not locked cannot be changed', () => {
    const book = new Memory(NOON, REASONS).open({ own: [own], open: [] })
    assert.throws(() => post(book, sale('A', 1, { account: accountOf('sample customer 2') })), /the lock on account/)
  })
})

describe('refused operations', () => {
  for (const target of [-1, 0.5, Number.NaN, 2 ** 53]) {
    test(`a target of ${target} is refused and moves no units`, () => {
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

  test('an adjustment cannot be made twice', () => {
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
