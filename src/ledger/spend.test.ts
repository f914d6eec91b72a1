// Stories of spending, giving back and adjusting, and of what time does alone.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountOf, DAY, id, Memory, NOON, REASONS, sale, terms } from '../../test/fixtures/ledger.ts'
import type { LotTerms } from './lots.ts'
import { post } from './post.ts'
import { adjust, giveBack, hold, redeemHeld, release, spend, spendAnyway } from './spend.ts'
import { releaseAndExpire as passTimeOf, restoreExtended, slide } from './time.ts'
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
    passTime: () => all((book) => passTimeOf(book, account)).map(words),
    available: () => memory.balances(account).available,
    remaining: () => names.map((name) => memory.lots(account).get(id(name))?.remaining ?? 0),
  }
}

function words(transfer: Transfer<string>): string {
  const { kind, units, balance } = movementOf(transfer)
  return `${kind} ${units} → ${balance}`
}

describe('spend', () => {
  test('C49: a debit names its lots, so what expires later can take nothing that was spent', () => {
    const { memory, earn, spend, available, passTime } = shop()
    earn('A', 10, { expiresAt: NOON + DAY })
    earn('B', 10)
    spend(15) // All 10 of A, which expires first, and 5 of B.
    assert.deepEqual(memory.journal.at(-1)?.lots, [
      { lotId: id('A'), units: 10 },
      { lotId: id('B'), units: 5 },
    ])
    memory.now = NOON + DAY
    assert.deepEqual(passTime(), [], 'A is empty, so its end takes nothing')
    assert.equal(available(), 5)
  })

  test('C52: what expires first is spent first, then what is oldest, then what never expires', () => {
    const { earn, spend, remaining } = shop()
    earn('A', 10)
    earn('B', 10, { expiresAt: NOON + 2 * DAY, occurredAt: NOON })
    earn('C', 10, { expiresAt: NOON + 2 * DAY, occurredAt: NOON - DAY })
    spend(12)
    assert.deepEqual(remaining(), [10, 8, 0])
  })

  test('more than is available is refused, and nothing moves', () => {
    const { earn, spend, available } = shop()
    earn('A', 10)
    assert.equal(spend(11), 'insufficient')
    assert.equal(available(), 10)
  })

  test('C54: what has expired cannot be spent, although no job has run since', () => {
    const { memory, earn, spend, available } = shop()
    earn('A', 10, { expiresAt: NOON + DAY })
    memory.now = NOON + DAY
    assert.equal(spend(10), 'insufficient')
    assert.equal(available(), 0)
  })

  test('what is due to be released can be spent, although no job has run since', () => {
    const { memory, earn, spend, available } = shop()
    earn('A', 10, { availableAt: NOON + DAY })
    assert.equal(spend(1), 'insufficient')
    memory.now = NOON + DAY
    assert.notEqual(spend(10), 'insufficient')
    assert.equal(available(), 0)
  })
})

describe('give back', () => {
  test('C3: what was spent goes back to the lots that it came from', () => {
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

  test('C56: a lot that is past its expiry stays expired, or people would cancel to dodge it', () => {
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

  test('what comes back repays the debt first, and what expires first repays first', () => {
    const { memory, earn, spend, giveBack, remaining } = shop()
    earn('A', 10)
    earn('B', 10, { expiresAt: NOON + DAY })
    spend(20)
    earn('A', 4) // 6 of the 20 spent are returned, and owed.
    giveBack([
      ['A', 10],
      ['B', 10],
    ])
    assert.deepEqual(remaining(), [10, 4, 0])
    assert.equal(memory.balances(account).available, 14)
  })

  test('what comes back repays a debt', () => {
    const { earn, spend, giveBack, available, remaining } = shop()
    earn('A', 10)
    spend(10)
    earn('A', 4) // 6 of the 10 spent are returned, and owed.
    assert.deepEqual(giveBack([['A', 10]]), ['restore 10 → 4'])
    assert.equal(available(), 4)
    assert.deepEqual(remaining(), [4, 0, 0])
  })
})

describe('set aside', () => {
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

  test('L7: what is held for one claim is out of reach of the next, and more than is available is refused', () => {
    const { earn, hold, spend, state } = claims()
    earn('A', 10)
    hold(8)
    assert.equal(hold(3), 'insufficient')
    assert.equal(spend(3), 'insufficient')
    assert.deepEqual(state(), [2, 8, 0])
  })

  test('a part of what is held is spent, and the rest goes back to its lots', () => {
    const { earn, hold, redeemHeld, release, remaining, state } = claims()
    earn('A', 10)
    earn('B', 10, { expiresAt: NOON + DAY })
    hold(15)
    redeemHeld([['B', 10]])
    assert.deepEqual(release([['A', 5]]), ['release 5 → 10'])
    assert.deepEqual(state(), [10, 0, 10])
    assert.deepEqual(remaining(), [10, 0, 0])
  })

  test('what is held does not expire; released past its end it expires at once', () => {
    const { memory, earn, hold, passTime, release, state } = claims()
    earn('A', 10, { expiresAt: NOON + DAY })
    hold(10)
    memory.now = NOON + DAY
    assert.deepEqual(passTime(), [])
    assert.deepEqual(release([['A', 10]]), ['release 10 → 10', 'expire -10 → 0'])
    assert.deepEqual(state(), [0, 0, 0])
  })

  test('what was had already is spent into debt, and given back it repays that debt first', () => {
    const { memory, earn, spendAnyway, giveBackMore, remaining, state } = claims()
    earn('A', 4)
    spendAnyway(10)
    assert.deepEqual(state(), [-6, 0, 10])
    earn('B', 5) // All of it repays: 1 is owed still.
    giveBackMore([['A', 4]], 6)
    assert.deepEqual(state(), [9, 0, 0])
    assert.deepEqual(remaining(), [3, 0, 0])
    assert.equal(memory.lots(account).get(id('more'))?.remaining, 6)
  })
})

describe('adjust', () => {
  test('what is given by hand is a lot like any other', () => {
    const { memory, adjust, spend, available } = shop()
    adjust('A', 10)
    spend(4)
    assert.equal(available(), 6)
    assert.equal(memory.balances(account).adjusted, -10)
  })

  test('what is taken by hand leaves the lots in burn order', () => {
    const { earn, adjust, remaining } = shop()
    earn('A', 10)
    earn('B', 10, { expiresAt: NOON + DAY })
    adjust('gift', -12)
    assert.deepEqual(remaining(), [8, 0, 0])
  })

  test('more than there is is refused, unless debt is allowed', () => {
    const { earn, adjust, available } = shop()
    earn('A', 10)
    assert.equal(adjust('gift', -12), 'insufficient')
    assert.equal(available(), 10)
    adjust('gift', -12, 'allow')
    assert.equal(available(), -2)
    adjust('B', 5)
    assert.equal(available(), 3, 'what is given repays the debt first')
  })
})

describe('time', () => {
  test('each lot is released at its time and expires at its time, by a transfer that says when', () => {
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
    assert.deepEqual(passTime(), [], 'once is enough')
  })

  test('what is released repays the debt first', () => {
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

  test('what is released first repays first, although it would be spent last', () => {
    const { memory, earn, spend, passTime, remaining } = shop()
    earn('A', 10)
    spend(10)
    earn('A', 0) // 10 owed.
    earn('B', 10, { availableAt: NOON + DAY })
    earn('C', 10, { availableAt: NOON + 2 * DAY, expiresAt: NOON + 9 * DAY })
    memory.now = NOON + 3 * DAY // No job has run on the day between.
    passTime()
    assert.deepEqual(remaining(), [0, 0, 10])
  })

  test('what ends before it is released expires from the pending account', () => {
    const { memory, earn, passTime } = shop()
    earn('A', 10, { availableAt: NOON + 2 * DAY, expiresAt: NOON + DAY })
    memory.now = NOON + DAY
    assert.deepEqual(passTime(), ['expire -10 → 0'])
    assert.deepEqual(
      { pending: memory.balances(account).pending, expired: memory.balances(account).expired },
      { pending: 0, expired: 10 },
    )
  })

  test('a pending lot that expired, and is corrected after its release was due, is not pending any more', () => {
    const { memory, earn } = shop()
    earn('A', 10, { availableAt: NOON + 2 * DAY, expiresAt: NOON + DAY })
    memory.now = NOON + DAY
    earn('B', 1)
    memory.now = NOON + 2 * DAY
    const moved = earn('A', 12)
    assert.deepEqual(moved.map(words), ['earn 2 → 3', 'expire -2 → 1'])
  })

  test('C51: every lot expires by its date, whatever it was earned for', () => {
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
    assert.equal(available(), 5, 'the adjustment was given for ever')
  })

  test('sliding expiry moves both ways, and what had expired comes back, but for the debt that it repays', () => {
    const { memory, earn, passTime, available, adjust } = shop()
    const expiryOf = (lotId: string) => memory.lots(account).get(id(lotId))?.expiresAt
    const slideTo = (lastOrder: number) =>
      memory.do(account, names, (book) => {
        slide(book, account, (lot) => lastOrder + (lot.slidingDays ?? 0) * DAY)
        return [...restoreExtended(book, account), ...passTimeOf(book, account)].map(words)
      })
    earn('A', 10, { expiresAt: NOON + 30 * DAY, slidingDays: 30 })
    earn('B', 5, { expiresAt: NOON + 40 * DAY })
    memory.now = NOON + 10 * DAY
    assert.deepEqual(slideTo(NOON + 10 * DAY), [])
    assert.equal(expiryOf('A'), NOON + 40 * DAY)
    assert.equal(expiryOf('B'), NOON + 40 * DAY, 'B has a date of its own')
    slideTo(NOON) // The later order was void after all.
    assert.equal(expiryOf('A'), NOON + 30 * DAY)
    memory.now = NOON + 30 * DAY
    passTime()
    assert.equal(available(), 5, 'the 10 of A have expired')
    adjust('C', -9, 'allow')
    assert.equal(available(), -4)
    // The order that was not known extends A: 10 come back, and 4 of them repay the debt.
    assert.deepEqual(slideTo(NOON + 10 * DAY), ['restore 10 → 6'])
    assert.equal(available(), 6)
    // It is void: A expires again, as far as it was not spent.
    assert.deepEqual(slideTo(NOON), ['expire -6 → 0'])
    assert.equal(available(), 0)
  })
})
