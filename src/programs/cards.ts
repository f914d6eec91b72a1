// Stamp cards: which of a customer's stamps fill a card and which wait, whatever order the sales and returns came in.
import { assert } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import { derivedId, type Uuid } from '../kernel/ids.ts'
import type { AccountKey } from '../ledger/accounts.ts'
import type { Book } from '../ledger/book.ts'
import { byAge, type Lot, type LotUnits, sumOf } from '../ledger/lots.ts'
import { reopen, spend } from '../ledger/spend.ts'
import { passTime, passTimeOnce } from '../ledger/time.ts'
import type { Transfer } from '../ledger/transfers.ts'
import type { Why } from './why.ts'

/** A full card: a row of `stamp_cards`. */
export interface Card {
  readonly id: Uuid
  /** 1 for the customer's first card. The number of a cancelled card is given again, and its id with it. */
  readonly number: number
  /** The program version of the first stamp on it, and that version's goal: a card keeps the goal that it was begun under. */
  readonly version: number
  readonly goal: number
  readonly status: 'won' | 'used' | 'cancelled'
  /** Where its stamps came from, oldest first. */
  readonly lots: readonly LotUnits[]
  /** When its last stamp was earned. */
  readonly wonAt: EpochMs
  /** Until when its reward can be had; null is for ever. */
  readonly expiresAt: EpochMs | null
}

/** The cards that one customer has won in one program and not used. */
export interface Hand {
  readonly account: AccountKey
  won: Card[]
  /** The number of the last card that was used; 0 when none was. New cards have greater ones. */
  readonly lastUsed: number
  /** Cards that differ from their rows, by id. */
  readonly changed: Map<Uuid, Card>
  /** The transfers that opened the cards, by card, between `openCards` and `settleCards`. */
  readonly opened: Map<Uuid, Transfer<Why>>
}

export function emptyHand(account: AccountKey, lastUsed = 0): Hand {
  return { account, won: [], lastUsed, changed: new Map(), opened: new Map() }
}

/** What program versions say of their cards. */
export interface CardTerms {
  goalOf(version: number): number
  expiresAt(version: number, wonAt: EpochMs): EpochMs | null
}

/**
 * Takes the stamps of all unused cards off again, so that a posting can reach them. The order of things is: admit the account's
 * open lots and the cards' lots, `openCards`, `post`, `settleCards`; what the cards end up with as before leaves no transfer.
 */
export function openCards(book: Book<Why>, hand: Hand): Transfer<Why>[] {
  const passed = passTimeOnce(book, book.account(hand.account))
  for (const { id, lots, goal } of hand.won) {
    const why: Why = { t: 'card_reopened', goal }
    hand.opened.set(id, reopen(book, { account: hand.account, sourceId: id, lots, occurredAt: book.now, why }))
  }
  return passed
}

/**
 * Fills cards anew from all stamps that are not in a used card, oldest first; debt has taken its share before. So it depends on
 * the stamps alone which cards are full. Cards beyond that are cancelled, the latest first. Stamps that are left over and past
 * their expiry expire now.
 */
export function settleCards(book: Book<Why>, hand: Hand, terms: CardTerms): Transfer<Why>[] {
  const account = book.account(hand.account)
  const fillings = fillCards(book.openLots(account).sort(byAge), terms)
  const before = hand.won
  const numbers = cardNumbers(hand)
  hand.won = fillings.map((filling) => {
    const number = numbers.next().value
    return {
      ...filling,
      number,
      id: cardId(hand.account, number),
      expiresAt: terms.expiresAt(filling.version, filling.wonAt),
    }
  })
  const transfers = hand.won.flatMap((card, index) => fill(book, hand, card, before[index]))
  for (const card of before.slice(hand.won.length)) hand.changed.set(card.id, { ...card, status: 'cancelled' })
  transfers.unshift(...hand.opened.values())
  hand.opened.clear()
  return [...transfers, ...passTime(book, hand.account)]
}

type Filling = Pick<Card, 'version' | 'goal' | 'lots' | 'wonAt' | 'status'>

function fillCards(lots: readonly Lot[], terms: CardTerms): Filling[] {
  const full: Filling[] = []
  let version = 0
  let goal = 0
  let filling: LotUnits[] = []
  let missing = 0
  for (const lot of lots) {
    for (let left = lot.remaining; left > 0; ) {
      if (missing === 0) {
        version = lot.version
        goal = terms.goalOf(version)
        assert(goal > 0, `a card's goal of ${goal}`)
        filling = []
        missing = goal
      }
      const units = Math.min(left, missing)
      filling.push({ lotId: lot.id, units })
      left -= units
      missing -= units
      if (missing === 0) full.push({ version, goal, lots: filling, wonAt: lot.occurredAt, status: 'won' })
    }
  }
  return full
}

/** The numbers that the cards in the hand have, then those that are free. */
function* cardNumbers({ won, lastUsed }: Hand): Generator<number, never> {
  const taken = new Set(won.map((card) => card.number))
  yield* taken
  for (let number = lastUsed + 1; ; number++) if (!taken.has(number)) yield number
}

/** Follows from whose card it is and its number, so that it does not matter when or where it was won. */
function cardId({ businessId, customerId, programId }: AccountKey, number: number): Uuid {
  return derivedId('card', businessId, customerId, programId, String(number))
}

/** Spends the stamps of a card; a card that is as it was before leaves no trace. */
function fill(book: Book<Why>, hand: Hand, card: Card, before: Card | undefined): Transfer<Why>[] {
  const { id, goal, lots, wonAt } = card
  const why: Why = { t: 'card_filled', goal }
  const spent = spend(book, { account: hand.account, sourceId: id, units: goal, lots, occurredAt: wonAt, why })
  assert(spent !== 'insufficient', 'a card was filled with stamps that are not there')
  const [redeemed] = spent
  const opened = hand.opened.get(id)
  if (before && opened && redeemed && sameFilling(card, before) && sumOf(opened.lots) === opened.units) {
    book.annul(opened, redeemed)
    hand.opened.delete(id)
    return []
  }
  hand.changed.set(id, card)
  return spent
}

function sameFilling(a: Card, b: Card): boolean {
  const same = (one: LotUnits, index: number) => one.lotId === b.lots[index]?.lotId && one.units === b.lots[index].units
  return a.version === b.version && a.goal === b.goal && a.lots.length === b.lots.length && a.lots.every(same)
}
