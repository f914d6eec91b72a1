// Spending, giving back, adjusting, and the effects of time.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountOf, DAY, id, Memory, NOON, REASONS, sale, terms } from '../../test/fixtures/ledger.ts'
import type { LotTerms } from './lots.ts'
import { post } from './post.ts'
import { adjust, giveBack, hold, redeemHeld, release, spend, spendAnyway } from './spend.ts'
import { releaseAndExpire, restoreExtended, slide } from './time.ts'
import { movementOf, type Transfer } from './transfers.ts'

const account = accountOf()
const names = ['A', 'B', 'C']

function shop() {
  const memory = new Memory(NOON, REASONS)
  const all = <T>(work: Parameters<typeof memory.do<T>>[2]) => memory.do(account, names, work)
  return {
    memory,
    earn: (name: string, units: number, change: Partial<LotTerms> = {}) =>
      all((book) => post(book, sale(name, units, { terms: terms(change) }))),
    spend: (units: number) =>
      all((book) => spend(book, { account, sourceId: id('reward'), units, occurredAt: memory.now, why: 'reward' })),
    giveBack: (lots: [string, number][]) =>
      all((book) =>
        giveBack(book, {
          account,
          sourceId: id('reward'),
          occurredAt: memory.now,
          why: 'void',
          lots: lots.map(([name, units]) => ({ lotId: id(name), units })),
        }),
      ).map(words),
    adjust: (name: string, units: number, debt: 'allow' | 'refuse' = 'refuse') =>
      all((book) =>
        adjust(book, { account, id: id(name), units, terms: terms(), debt, occurredAt: memory.now, why: 'by hand' }),
      ),
    passTime: () => all((book) => releaseAndExpire(book, account)).map(words),
    available: () => memory.balances(account).available,
    remaining: () => names.map((name) => memory.lots(account).get(id(name))?.remaining ?? 0),
  }
}

function words(transfer: Transfer<string>): string {
  const { kind, units, balance } = movementOf(transfer)
  return `${kind} ${units} → ${balance}`
}

describe('spend', () => {
  test('C49: a debit names its lots, so a later expiry does not take spent units', () => {
    const { memory, earn, spend, available, passTime } = shop()
    earn('A', 10, { expiresAt: NOON + DAY })
    earn('B', 10)
    spend(15) // All 10 of A, which expires first, and 5 of B.
    assert.deepEqual(memory.journal.at(-1)?.lots, [
      { lotId: id('A'), units: 10 },
      { lotId: id('B'), units: 5 },
    ])
    memory.now = NOON + DAY
    assert.deepEqual(passTime(), [], 'A is empty, so its expiry takes no units')
    assert.equal(available(), 5)
  })

  test('C52: units that expire first are spent first, then the oldest, then those that never expire', () => {
    const { earn, spend, remaining } = shop()
    earn('A', 10)
    earn('B', 10, { expiresAt: NOON + 2 * DAY, occurredAt: NOON })
    earn('C', 10, { expiresAt: NOON + 2 * DAY, occurredAt: NOON - DAY })
    spend(12)
    assert.deepEqual(remaining(), [10, 8, 0])
  })

  test('spending more than is available is refused and moves no units', () => {
    const { earn, spend, available } = shop()
    earn('A', 10)
    assert.equal(spend(11), 'insufficient')
    assert.equal(available(), 10)
  })

  test('C54: expired units cannot be spent, even if no job has run', () => {
    const { memory, earn, spend, available } = shop()
    earn('A', 10, { expiresAt: NOON + DAY })
    memory.now = NOON + DAY
    assert.equal(spend(10), 'insufficient')
    assert.equal(available(), 0)
  })

  test('units that are due for release can be spent, even if no job has run', () => {
    const { memory, earn, spend, available } = shop()
    earn('A', 10, { availableAt: NOON + DAY })
    assert.equal(spend(1), 'insufficient')
    memory.now = NOON + DAY
    assert.notEqual(spend(10), 'insufficient')
    assert.equal(available(), 0)
  })
})

describe('give back', () => {
  test('C3: spent units return to the lots that they came from', () => {
    const { earn, spend, giveBack, remaining } = shop()
    earn('A', 10)
    earn('B', 10, { expiresAt: NOON + DAY })
    spend(12)
    assert.deepEqual(
      giveBack([
        ['B', 10],
        ['A', 2],
      ]),
      ['restore 12 → 20'],
    )
    assert.deepEqual(remaining(), [10, 10, 0])
  })

  test('C56: units that return to a lot past its expiry expire, so cancelling does not extend them', () => {
    const { memory, earn, spend, giveBack } = shop()
    earn('A', 10)
    earn('B', 10, { expiresAt: NOON + DAY })
    spend(12)
    memory.now = NOON + DAY
    assert.deepEqual(
      giveBack([
        ['B', 10],
        ['A', 2],
      ]),
      ['restore 12 → 20', 'expire -10 → 10'],
    )
    assert.equal(memory.balances(account).expired, 10)
  })

  test('returned units repay debt first, beginning with those that expire first', () => {
    const { memory, earn, spend, giveBack, remaining } = shop()
    earn('A', 10)
    earn('B', 10, { expiresAt: NOON + DAY })
    spend(20)
    earn('A', 4) // 6 of the 20 spent units are returned: a debt of 6.
    giveBack([
      ['A', 10],
      ['B', 10],
    ])
    assert.deepEqual(remaining(), [10, 4, 0])
    assert.equal(memory.balances(account).available, 14)
  })

  test('returned units repay debt', () => {
    const { earn, spend, giveBack, available, remaining } = shop()
    earn('A', 10)
    spend(10)
    earn('A', 4) // 6 of the 10 spent units are returned: a debt of 6.
    assert.deepEqual(giveBack([['A', 10]]), ['restore 10 → 4'])
    assert.equal(available(), 4)
    assert.deepEqual(remaining(), [4, 0, 0])
  })
})

describe('hold', () => {
  function claims() {
    const { memory, ...rest } = shop()
    const about = () => ({ account, sourceId: id('claim'), occurredAt: memory.now, why: 'claim' })
    const all = <T>(work: Parameters<typeof memory.do<T>>[2]) => memory.do(account, [...names, 'more'], work)
    const lotsOf = (lots: [string, number][]) => lots.map(([name, units]) => ({ lotId: id(name), units }))
    return {
      memory,
      ...rest,
      hold: (units: number) => all((book) => hold(book, { ...about(), units })),
      redeemHeld: (lots: [string, number][]) => all((book) => redeemHeld(book, { ...about(), lots: lotsOf(lots) })),
      release: (lots: [string, number][]) =>
        all((book) => release(book, { ...about(), lots: lotsOf(lots) })).map(words),
      spendAnyway: (units: number) => all((book) => spendAnyway(book, { ...about(), units })),
      giveBackMore: (lots: [string, number][], units: number) =>
        all((book) =>
          giveBack(book, { ...about(), lots: lotsOf(lots), more: { units, lotId: id('more'), terms: terms() } }),
        ),
      state: () => {
        const { available, held, redeemed } = memory.balances(account)
        return [available, held, redeemed]
      },
    }
  }

  test('L7: units held for one claim are not available to the next, and holding more than is available is refused', () => {
    const { earn, hold, spend, state } = claims()
    earn('A', 10)
    hold(8)
    assert.equal(hold(3), 'insufficient')
    assert.equal(spend(3), 'insufficient')
    assert.deepEqual(state(), [2, 8, 0])
  })

  test('a part of the held units is spent, and the rest returns to its lots', () => {
    const { earn, hold, redeemHeld, release, remaining, state } = claims()
    earn('A', 10)
    earn('B', 10, { expiresAt: NOON + DAY })
    hold(15)
    redeemHeld([['B', 10]])
    assert.deepEqual(release([['A', 5]]), ['release 5 → 10'])
    assert.deepEqual(state(), [10, 0, 10])
    assert.deepEqual(remaining(), [10, 0, 0])
  })

  test('held units do not expire; units released past their expiry expire at once', () => {
    const { memory, earn, hold, passTime, release, state } = claims()
    earn('A', 10, { expiresAt: NOON + DAY })
    hold(10)
    memory.now = NOON + DAY
    assert.deepEqual(passTime(), [])
    assert.deepEqual(release([['A', 10]]), ['release 10 → 10', 'expire -10 → 0'])
    assert.deepEqual(state(), [0, 0, 0])
  })

  test('a reward that was already received is spent into debt; giving it back repays that debt first', () => {
    const { memory, earn, spendAnyway, giveBackMore, remaining, state } = claims()
    earn('A', 4)
    spendAnyway(10)
    assert.deepEqual(state(), [-6, 0, 10])
    earn('B', 5) // All 5 repay debt: a debt of 1 remains.
    giveBackMore([['A', 4]], 6)
    assert.deepEqual(state(), [9, 0, 0])
    assert.deepEqual(remaining(), [3, 0, 0])
    assert.equal(memory.lots(account).get(id('more'))?.remaining, 6)
  })
})

describe('adjust', () => {
  test('added units are a lot like any other', () => {
    const { memory, adjust, spend, available } = shop()
    adjust('A', 10)
    spend(4)
    assert.equal(available(), 6)
    assert.equal(memory.balances(account).adjusted, -10)
  })

  test('deducted units leave the lots in spending order', () => {
    const { earn, adjust, remaining } = shop()
    earn('A', 10)
    earn('B', 10, { expiresAt: NOON + DAY })
    adjust('gift', -12)
    assert.deepEqual(remaining(), [8, 0, 0])
  })

  test('deducting more than is available is refused, unless debt is allowed', () => {
    const { earn, adjust, available } = shop()
    earn('A', 10)
    assert.equal(adjust('gift', -12), 'insufficient')
    assert.equal(available(), 10)
    adjust('gift', -12, 'allow')
    assert.equal(available(), -2)
    adjust('B', 5)
    assert.equal(available(), 3, 'added units repay debt first')
  })
})

describe('time', () => {
  test('each lot is released and expires at its time, by a transfer that states the time', () => {
    const { memory, earn, passTime } = shop()
    earn('A', 10, { availableAt: NOON + DAY, expiresAt: NOON + 2 * DAY })
    earn('B', 5, { expiresAt: NOON + 3 * DAY })
    memory.now = NOON + DAY
    assert.deepEqual(passTime(), ['pending_release 10 → 15'])
    memory.now = NOON + 4 * DAY
    assert.deepEqual(passTime(), ['expire -10 → 5', 'expire -5 → 0'])
    assert.deepEqual(
      memory.journal.slice(-2).map((one) => one.occurredAt),
      [NOON + 2 * DAY, NOON + 3 * DAY],
    )
    assert.deepEqual(passTime(), [], 'a repetition moves nothing')
  })

  test('released units repay debt first', () => {
    const { memory, earn, spend, passTime, available, remaining } = shop()
    earn('A', 10)
    spend(10)
    earn('A', 0)
    earn('B', 15, { availableAt: NOON + DAY })
    memory.now = NOON + DAY
    assert.deepEqual(passTime(), ['pending_release 15 → 5'])
    assert.equal(available(), 5)
    assert.deepEqual(remaining(), [0, 5, 0])
  })

  test('units that are released first repay debt first, even if they are last in spending order', () => {
    const { memory, earn, spend, passTime, remaining } = shop()
    earn('A', 10)
    spend(10)
    earn('A', 0) // A debt of 10.
    earn('B', 10, { availableAt: NOON + DAY })
    earn('C', 10, { availableAt: NOON + 2 * DAY, expiresAt: NOON + 9 * DAY })
    memory.now = NOON + 3 * DAY // No job has run in between.
    passTime()
    assert.deepEqual(remaining(), [0, 0, 10])
  })

  test('units that expire before their release expire from the pending account', () => {
    const { memory, earn, passTime } = shop()
    earn('A', 10, { availableAt: NOON + 2 * DAY, expiresAt: NOON + DAY })
    memory.now = NOON + DAY
    assert.deepEqual(passTime(), ['expire -10 → 0'])
    assert.deepEqual(
      { pending: memory.balances(account).pending, expired: memory.balances(account).expired },
      { pending: 0, expired: 10 },
    )
  })

  test('a pending lot that expired is no longer pending when it is corrected after its release time', () => {
    const { memory, earn } = shop()
    earn('A', 10, { availableAt: NOON + 2 * DAY, expiresAt: NOON + DAY })
    memory.now = NOON + DAY
    earn('B', 1)
    memory.now = NOON + 2 * DAY
    const moved = earn('A', 12)
    assert.deepEqual(moved.map(words), ['earn 2 → 3', 'expire -2 → 1'])
  })

  test('C51: every lot expires by its date, whatever its source', () => {
    const { memory, adjust, earn, passTime, available } = shop()
    memory.do(account, ['plan'], (book) =>
      post(book, {
        ...sale('plan', 8, { terms: terms({ expiresAt: NOON + DAY }) }),
        kind: 'grant',
        sourceId: id('subscription'),
      }),
    )
    earn('A', 10, { expiresAt: NOON + DAY })
    adjust('B', 5)
    memory.now = NOON + DAY
    assert.equal(passTime().length, 2)
    assert.equal(available(), 5, 'the adjustment never expires')
  })

  test('sliding expiry moves in both directions, and expired units are restored after they repay debt', () => {
    const { memory, earn, passTime, available, adjust } = shop()
    const expiryOf = (lotId: string) => memory.lots(account).get(id(lotId))?.expiresAt
    const slideTo = (lastOrder: number) =>
      memory.do(account, names, (book) => {
        slide(book, account, (lot) => lastOrder + (lot.slidingDays ?? 0) * DAY)
        return [...restoreExtended(book, account), ...releaseAndExpire(book, account)].map(words)
      })
    earn('A', 10, { expiresAt: NOON + 30 * DAY, slidingDays: 30 })
    earn('B', 5, { expiresAt: NOON + 40 * DAY })
    memory.now = NOON + 10 * DAY
    assert.deepEqual(slideTo(NOON + 10 * DAY), [])
    assert.equal(expiryOf('A'), NOON + 40 * DAY)
    assert.equal(expiryOf('B'), NOON + 40 * DAY, 'B has a date of its own')
    slideTo(NOON) // The later order is voided.
    assert.equal(expiryOf('A'), NOON + 30 * DAY)
    memory.now = NOON + 30 * DAY
    passTime()
    assert.equal(available(), 5, 'the 10 of A have expired')
    adjust('C', -9, 'allow')
    assert.equal(available(), -4)
    // A late order extends A: 10 units are restored, and 4 of them repay debt.
    assert.deepEqual(slideTo(NOON + 10 * DAY), ['restore 10 → 6'])
    assert.equal(available(), 6)
    // It is voided: the unspent units of A expire again.
    assert.deepEqual(slideTo(NOON), ['expire -6 → 0'])
    assert.equal(available(), 0)
  })
})
