// Stories and laws of stamp cards: which are full, which stamps wait, and that the sequence of
// arrival does not matter.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { accountOf, DAY, HOUR, id, Memory, NOON, sale, terms } from '../../../test/fixtures/ledger.ts'
import { runs } from '../../../test/support/runs.ts'
import type { LotTerms } from '../../ledger/lots.ts'
import { post } from '../../ledger/post.ts'
import { movementOf } from '../../ledger/transfers.ts'
import { ledgerReasons } from '../reasons.ts'
import type { Why } from '../why.ts'
import { type Award, type CardTerms, noOpenCards, type OpenCards, withCards } from './cards.ts'

const numRuns = runs(1000)
const account = accountOf('sample customer 1', 'stamps')
const NAMES = ['A', 'B', 'C', 'D', 'E', 'F']
const WHY: Why = { t: 'earn', r: [], x: '0', u: 0 }

/** Version 1 has a goal of 6 stamps, version 2 of 10; an award is valid for 30 days. */
const TERMS: CardTerms = {
  goalOf: (version) => (version === 1 ? 6 : 10),
  expiresAt: (_version, wonAt) => wonAt + 30 * DAY,
}

/**
 * A customer's stamps and awards between changes. Sale B is an hour later than A, C an hour later
 * than B, and so on.
 */
class Shop {
  readonly memory = new Memory<Why>(
    NOON,
    ledgerReasons(() => 'Asia/Riyadh'),
  )
  readonly rows = new Map<string, Award>()

  /** Sets the stamps of a sale, and returns the movements. */
  news(name: string, stamps: number, change: Partial<LotTerms> = {}): string[] {
    const occurredAt = NOON + NAMES.indexOf(name) * HOUR
    const openCards = this.#openCards()
    const posting = sale(name, stamps, { terms: terms({ occurredAt, availableAt: NOON, ...change }) })
    const transfers = this.memory.do(account, NAMES, (book) =>
      withCards(book, openCards, TERMS, () => post(book, { ...posting, account, why: WHY, reverseWhy: WHY })),
    )
    for (const card of openCards.changed.values()) this.rows.set(card.id, card)
    return transfers.map(movementOf).map(({ kind, units, balance }) => `${kind} ${units} → ${balance}`)
  }

  use(number: number): void {
    const card = this.cards().find((one) => one.number === number)
    if (card?.status === 'won') this.rows.set(card.id, { ...card, status: 'used' })
  }

  cards(): Award[] {
    return [...this.rows.values()].sort((a, b) => a.number - b.number)
  }

  /** `1 won: A4 B2`. */
  show(): string[] {
    const nameOf = (lotId: string) => NAMES.find((name) => id(name) === lotId)
    return this.cards().map(
      ({ number, status, lots }) =>
        `${number} ${status}: ${lots.map((one) => `${nameOf(one.lotId)}${one.units}`).join(' ')}`,
    )
  }

  get stamps(): number {
    return this.memory.balances(account).available
  }

  #openCards(): OpenCards {
    const used = this.cards().filter((card) => card.status === 'used')
    const won = this.cards().filter((card) => card.status === 'won')
    return { ...noOpenCards(account, used.at(-1)?.number), won }
  }
}

describe('a card', () => {
  test('is full when its goal is reached, and the surplus starts the next one', () => {
    const shop = new Shop()
    assert.deepEqual(shop.news('A', 4), ['earn 4 → 4'])
    assert.deepEqual(shop.news('B', 4), ['earn 4 → 8', 'redeem -6 → 2'])
    assert.deepEqual(shop.show(), ['1 won: A4 B2'])
    assert.equal(shop.stamps, 2)
  })

  test('is completed at the time of its last stamp, and its validity counts from then', () => {
    const shop = new Shop()
    shop.memory.now = NOON + 3 * DAY // The sales arrive days late.
    shop.news('B', 4)
    shop.news('A', 4)
    const [card] = shop.cards()
    assert.equal(card?.wonAt, NOON + HOUR)
    assert.equal(card?.expiresAt, NOON + HOUR + 30 * DAY)
  })

  test('can be filled several times by one order', () => {
    const shop = new Shop()
    shop.news('A', 20) // 3 × 6, and 2 remain.
    assert.deepEqual(shop.show(), ['1 won: A6', '2 won: A6', '3 won: A6'])
    assert.equal(shop.stamps, 2)
  })

  test('that is filled as before leaves no movement', () => {
    const shop = new Shop()
    shop.news('A', 6)
    assert.deepEqual(shop.news('B', 1), ['earn 1 → 1'])
    assert.equal(shop.memory.journal.length, 3, 'two sales and one card')
    shop.news('B', 0)
    assert.equal(shop.memory.journal.at(-1)?.balance, 0)
  })

  test('is cancelled when a return takes its stamps, and the remaining stamps wait again', () => {
    const shop = new Shop()
    shop.news('A', 4)
    shop.news('B', 2)
    assert.deepEqual(shop.news('A', 1), ['restore 6 → 6', 'reverse -3 → 3'])
    assert.deepEqual(shop.show(), ['1 cancelled: A4 B2'])
    assert.equal(shop.stamps, 3)
  })

  test('keeps its id when younger stamps fill the gap', () => {
    const shop = new Shop()
    shop.news('A', 4)
    shop.news('B', 4)
    const before = shop.cards()[0]?.id
    assert.deepEqual(shop.news('A', 3), ['restore 6 → 8', 'reverse -1 → 7', 'redeem -6 → 1'])
    assert.deepEqual(shop.show(), ['1 won: A3 B3'])
    assert.equal(shop.cards()[0]?.id, before)
  })

  test('that was cancelled and is filled again has the same id', () => {
    const shop = new Shop()
    shop.news('A', 6)
    const before = shop.cards()[0]?.id
    shop.news('A', 0)
    shop.news('A', 6)
    assert.deepEqual(shop.show(), ['1 won: A6'])
    assert.equal(shop.cards()[0]?.id, before)
  })

  test('the latest one is cancelled', () => {
    const shop = new Shop()
    shop.news('A', 6)
    shop.news('B', 6)
    shop.news('A', 0)
    assert.deepEqual(shop.show(), ['1 won: B6', '2 cancelled: B6'])
  })

  test('that was used never changes: missing stamps become debt, which is repaid before another card is filled', () => {
    const shop = new Shop()
    shop.news('A', 6)
    shop.use(1)
    assert.deepEqual(shop.news('A', 0), ['reverse -6 → -6'])
    shop.news('B', 11)
    assert.deepEqual(shop.show(), ['1 used: A6'], '11 less the 6 owed are 5')
    shop.news('C', 1)
    assert.deepEqual(shop.show(), ['1 used: A6', '2 won: B5 C1'])
  })

  test('unused is cancelled before the customer gets debt', () => {
    const shop = new Shop()
    shop.news('A', 6)
    shop.use(1)
    shop.news('B', 6)
    shop.news('A', 0) // 6 to reverse: those of B, from the unused award.
    assert.deepEqual(shop.show(), ['1 used: A6', '2 cancelled: B6'])
    assert.equal(shop.stamps, 0)
  })

  test('does not count as unchanged when a debt took its stamps and new ones replace them', () => {
    const shop = new Shop()
    shop.news('A', 6)
    // Reversed without opening the cards, which no caller does: a debt of 6 beside a full card.
    const posting = { ...sale('A', 0), account, why: WHY, reverseWhy: WHY }
    shop.memory.do(account, NAMES, (book) => post(book, posting))
    assert.deepEqual(shop.news('A', 6), ['restore 6 → 0', 'earn 6 → 6', 'redeem -6 → 0'])
    assert.deepEqual(shop.show(), ['1 won: A6'])
  })

  test('is filled by pending stamps when they are released', () => {
    const shop = new Shop()
    shop.news('A', 5)
    shop.news('B', 1, { availableAt: NOON + DAY })
    assert.deepEqual(shop.show(), [])
    shop.memory.now = NOON + DAY
    const sold = { occurredAt: NOON + DAY }
    assert.deepEqual(shop.news('C', 1, sold), ['pending_release 1 → 6', 'earn 1 → 7', 'redeem -6 → 1'])
    assert.deepEqual(shop.show(), ['1 won: A5 B1'])
  })

  test('keeps the stamps of a younger sale that filled it before pending ones were released', () => {
    const shop = new Shop()
    shop.news('A', 5)
    shop.news('B', 1, { availableAt: NOON + DAY })
    shop.memory.now = NOON + DAY
    shop.news('C', 1)
    assert.deepEqual(shop.show(), ['1 won: A5 C1'])
    assert.equal(shop.stamps, 1)
  })
})

describe('C66: when a program is edited', () => {
  test('a card keeps the goal of its first stamp', () => {
    const shop = new Shop()
    shop.news('A', 2)
    shop.news('B', 4, { version: 2 })
    assert.deepEqual(shop.show(), ['1 won: A2 B4'], '6 as promised with the first stamp, not 10')
    shop.news('C', 9, { version: 2 })
    assert.equal(shop.cards().length, 1)
    shop.news('D', 1, { version: 2 })
    assert.deepEqual(shop.show(), ['1 won: A2 B4', '2 won: C9 D1'])
  })

  test('a full card keeps its stamps although younger ones expire earlier', () => {
    const shop = new Shop()
    shop.news('A', 6) // Without expiry.
    shop.news('B', 1, { version: 2, expiresAt: NOON + 30 * DAY })
    assert.deepEqual(shop.show(), ['1 won: A6'])
  })
})

describe('stamps that expire', () => {
  const month = { expiresAt: NOON + 30 * DAY }

  test('expire while they wait, not on a full card', () => {
    const shop = new Shop()
    shop.news('A', 8, month)
    shop.memory.now = NOON + 30 * DAY
    assert.deepEqual(shop.news('B', 1), ['expire -2 → 0', 'earn 1 → 1'])
    assert.deepEqual(shop.show(), ['1 won: A6'])
  })

  test('C56: expire immediately when their card is no longer full', () => {
    const shop = new Shop()
    shop.news('A', 4, month)
    shop.news('B', 2)
    shop.memory.now = NOON + 30 * DAY
    assert.deepEqual(shop.news('B', 1), ['restore 6 → 6', 'reverse -1 → 5', 'expire -4 → 1'])
    assert.deepEqual(shop.show(), ['1 cancelled: A4 B2'])
  })

  test('stay on a card that younger stamps keep full', () => {
    const shop = new Shop()
    shop.news('A', 4, month)
    shop.news('B', 2)
    shop.news('C', 1)
    shop.memory.now = NOON + 30 * DAY
    shop.news('B', 1)
    assert.deepEqual(shop.show(), ['1 won: A4 B1 C1'])
  })
})

describe('stamps that arrive late', () => {
  const twoHours = { expiresAt: NOON + 2.5 * HOUR }

  test('fill the card that they would have filled in time, although all have expired now', () => {
    const shop = new Shop()
    shop.news('A', 4, twoHours)
    shop.memory.now = NOON + DAY
    shop.news('F', 0)
    assert.equal(shop.stamps, 0)
    const moved = shop.news('B', 2, twoHours)
    assert.deepEqual(shop.show(), ['1 won: A4 B2'])
    assert.deepEqual(moved, ['earn 2 → 2', 'expire -2 → 0', 'restore 4 → 4', 'restore 2 → 6', 'redeem -6 → 0'])
    assert.deepEqual(shop.news('B', 1), ['restore 6 → 6', 'reverse -1 → 5', 'expire -4 → 1', 'expire -1 → 0'])
    assert.deepEqual(shop.show(), ['1 cancelled: A4 B2'])
  })

  test('do not fill a card with stamps that had expired before them', () => {
    const shop = new Shop()
    shop.news('A', 4, twoHours)
    shop.memory.now = NOON + DAY
    shop.news('D', 2)
    assert.deepEqual(shop.show(), [])
    assert.equal(shop.stamps, 2)
  })

  test('do not keep a card full with stamps that had expired before them when the stamps between are reversed', () => {
    const shop = new Shop()
    shop.news('A', 4, twoHours)
    shop.news('B', 2)
    shop.news('D', 2)
    shop.memory.now = NOON + DAY
    shop.news('B', 0)
    assert.deepEqual(shop.show(), ['1 cancelled: A4 B2'])
    assert.equal(shop.stamps, 2)
  })
})

test('L2: expiring stamps end on the same cards in any sequence of arrival and at any times', () => {
  const sales = fc.record(
    Object.fromEntries(
      NAMES.map((name) => [name, fc.record({ stamps: fc.nat(5), good: fc.integer({ min: 1, max: 5 }) })]),
    ),
  )
  const played = (
    told: Record<string, { stamps: number; good: number }>,
    names: readonly string[],
    waits: readonly number[],
  ) => {
    const shop = new Shop()
    for (const [n, name] of names.entries()) {
      // A sale never arrives before it happens.
      const at = NOON + NAMES.indexOf(name) * HOUR
      shop.memory.now = Math.max(shop.memory.now, at) + (waits[n] ?? 0) * HOUR
      const { stamps = 0, good = 1 } = told[name] ?? {}
      shop.news(name, stamps, { expiresAt: at + (good - 0.5) * HOUR })
    }
    shop.memory.now = NOON + DAY
    shop.news('A', told.A?.stamps ?? 0)
    return endOf(shop)
  }
  fc.assert(
    fc.property(
      sales,
      fc.shuffledSubarray(NAMES, { minLength: NAMES.length }),
      fc.array(fc.nat(3), { minLength: NAMES.length, maxLength: NAMES.length }),
      (told, shuffled, waits) => {
        assert.deepEqual(played(told, shuffled, waits), played(told, NAMES, []))
      },
    ),
    { numRuns },
  )
})

const LOT_TERMS: Partial<LotTerms>[] = [
  {},
  { expiresAt: NOON + 40 * DAY },
  { version: 2 },
  { version: 2, expiresAt: NOON + 30 * DAY },
  { availableAt: NOON + DAY },
]

/** For each sale, the stamps of its successive snapshots, and the terms of its lot. */
const news = fc.record(
  Object.fromEntries(
    NAMES.map((name) => [
      name,
      fc.record({ stamps: fc.array(fc.nat(14), { maxLength: 3 }), lot: fc.constantFrom(...LOT_TERMS) }),
    ]),
  ),
)
type News = typeof news extends fc.Arbitrary<infer N> ? N : never

function play(shop: Shop, told: News, order: readonly string[]): Shop {
  const left = new Map(Object.entries(told).map(([name, { stamps }]) => [name, [...stamps]]))
  for (const name of order) shop.news(name, left.get(name)?.shift() ?? 0, told[name]?.lot)
  return shop
}

/** Everything that a customer has at the end, with the visible state of the lots. */
function endOf(shop: Shop) {
  const { balances, lots } = shop.memory.probe(account, [])
  const open = [...lots.values()].filter((lot) => lot.remaining > 0)
  return {
    balances,
    open: new Map(open.map((lot) => [lot.id, lot])),
    won: shop.cards().filter((card) => card.status === 'won'),
  }
}

test('L2: any sequence of the sales and returns of a customer ends in the same balances, lots and cards', () => {
  const orders = news.chain((told) => {
    const names = Object.entries(told).flatMap(([name, { stamps }]) => stamps.map(() => name))
    const shuffled = fc.shuffledSubarray(names, { minLength: names.length })
    return fc.record({ told: fc.constant(told), one: shuffled, other: shuffled })
  })
  fc.assert(
    fc.property(orders, ({ told, one, other }) => {
      assert.deepEqual(endOf(play(new Shop(), told, one)), endOf(play(new Shop(), told, other)))
    }),
    { numRuns },
  )
})

test('in any history, stamps are on cards, loose or debt, and as many cards as possible are full', () => {
  const step = fc.record({
    name: fc.constantFrom(...NAMES),
    stamps: fc.nat(14),
    use: fc.option(fc.nat(4), { nil: 0 }),
    wait: fc.constantFrom(0, 0, HOUR, DAY),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const shop = new Shop()
      const targets = new Map<string, number>()
      for (const { name, stamps, use, wait } of steps) {
        shop.memory.now += wait
        shop.news(name, stamps)
        targets.set(name, stamps)
        const cards = shop.cards().filter((card) => card.status !== 'cancelled')
        const earned = [...targets.values()].reduce((sum, units) => sum + units, 0)
        assert.equal(shop.stamps, earned - 6 * cards.length, 'no stamp is lost or made')
        assert.ok(shop.stamps < 6, 'six that wait would be a card')
        assert.ok(
          shop.stamps >= 0 || cards.every((card) => card.status === 'used'),
          'nobody owes who has a card unused',
        )
        for (const card of cards)
          assert.equal(
            card.lots.reduce((sum, one) => sum + one.units, 0),
            6,
          )
        shop.use(use)
      }
    }),
    { numRuns },
  )
})
