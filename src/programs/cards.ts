// Stamp cards: which of a customer's stamps fill a card and which wait, whatever order the sales and returns came in.
import { assert, must } from '../kernel/assert.ts'
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
  lastUsed: number
  /** Cards that differ from their rows, by id. */
  readonly changed: Map<Uuid, Card>
}

/**
 * The most cards that a customer can have won and not used in one program, and the most stamps on them (one card may have more). Every
 * change opens and fills them all, so without a limit one order of a million pieces would make a card, a row and a movement for each goal,
 * and each later order of the customer would read them again. Further stamps stay in the balance and fill the next card when one is used.
 */
export const MOST_UNUSED_CARDS = 100
export const MOST_STAMPS_ON_CARDS = 10_000

/** Whether stamps may be waiting because of the limit. */
export function isFull({ won }: Pick<Hand, 'won'>): boolean {
  const stamps = won.reduce((sum, { goal }) => sum + goal, 0)
  return won.length >= MOST_UNUSED_CARDS || stamps + MOST_GOAL > MOST_STAMPS_ON_CARDS
}

/** The greatest goal that a program may have (contract/program/definition.ts). */
const MOST_GOAL = 1000

export function emptyHand(account: AccountKey, lastUsed = 0): Hand {
  return { account, won: [], lastUsed, changed: new Map() }
}

/** What program versions say of their cards. */
export interface CardTerms {
  goalOf(version: number): number
  expiresAt(version: number, wonAt: EpochMs): EpochMs | null
}

/**
 * Does some work on an account whose stamps fill cards, and gives all that moved, in order. The stamps of unused cards are taken
 * off again, so that the work can reach them; afterwards cards are filled anew from all stamps that are not on a used card. So
 * which cards are full depends on the stamps alone, and a card that is filled as before leaves no trace. The account's open lots
 * and the lots of its cards are loaded.
 */
export function withCards(book: Book<Why>, hand: Hand, terms: CardTerms, work: () => unknown): Transfer<Why>[] {
  const before = book.transfers.length
  const opened = openCards(book, hand)
  work()
  settleCards(book, hand, opened, terms)
  return book.transfers.slice(before)
}

/** By card, the transfer that opened it. What is past its expiry stays open: it may fill the card again. */
type Opened = Map<Uuid, Transfer<Why>>

function openCards(book: Book<Why>, { account, won }: Hand): Opened {
  passTimeOnce(book, book.account(account))
  return new Map(
    won.map(({ id, lots, goal }) => {
      const why: Why = { t: 'card_reopened', goal }
      return [id, reopen(book, { account, sourceId: id, lots, occurredAt: book.now, why })]
    }),
  )
}

/** Fills cards, oldest stamps first, as far as they and the limit go. Of the cards that were won before, the latest are cancelled first. */
function settleCards(book: Book<Why>, hand: Hand, opened: Opened, terms: CardTerms): void {
  const before = hand.won
  const numbers = cardNumbers(hand)
  const { full, waiting } = fillCards(book.openLots(book.account(hand.account)).sort(byAge), terms)
  hand.won = full.map((filling) => {
    const number = numbers.next().value
    return {
      ...filling,
      number,
      id: cardId(hand.account, number),
      expiresAt: terms.expiresAt(filling.version, filling.wonAt),
    }
  })
  hand.won.forEach((card, index) => {
    const redeemed = fill(book, hand, card, index === full.length - 1 ? waiting : 0)
    const restored = opened.get(card.id)
    const old = before[index]
    if (restored && old && sameFilling(card, old) && sumOf(restored.lots) === restored.units)
      book.annul(restored, redeemed)
    else hand.changed.set(card.id, card)
  })
  for (const card of before.slice(hand.won.length)) hand.changed.set(card.id, { ...card, status: 'cancelled' })
  // What is left over and past its expiry expires now.
  passTime(book, hand.account)
}

type Filling = Pick<Card, 'version' | 'goal' | 'lots' | 'wonAt' | 'status'>

/** `waiting`: the stamps that are left over although they would fill a card, because no further card may be won; else 0. */
function fillCards(lots: readonly Lot[], terms: CardTerms): { full: Filling[]; waiting: number } {
  const full: Filling[] = []
  let version = 0
  let goal = 0
  let filling: LotUnits[] = []
  let missing = 0
  let stamps = 0
  for (const [index, lot] of lots.entries()) {
    for (let left = lot.remaining; left > 0; ) {
      if (missing === 0) {
        version = lot.version
        goal = terms.goalOf(version)
        assert(goal > 0, `a card's goal of ${goal}`)
        if (full.length === MOST_UNUSED_CARDS || (full.length > 0 && stamps + goal > MOST_STAMPS_ON_CARDS)) {
          const rest = lots.slice(index + 1).reduce((sum, { remaining }) => sum + remaining, left)
          return { full, waiting: rest >= goal ? rest : 0 }
        }
        filling = []
        missing = goal
      }
      const units = Math.min(left, missing)
      filling.push({ lotId: lot.id, units })
      left -= units
      missing -= units
      stamps += units
      if (missing === 0) full.push({ version, goal, lots: filling, wonAt: lot.occurredAt, status: 'won' })
    }
  }
  return { full, waiting: 0 }
}

/** The numbers that the cards in the hand have, then those that are free. */
function* cardNumbers({ won, lastUsed }: Hand): Generator<number, never> {
  const taken = new Set(won.map((card) => card.number))
  yield* taken
  for (let number = lastUsed + 1; ; number++) if (!taken.has(number)) yield number
}

/** Follows from whose card it is and its number, so that it does not matter when or where it was won. */
export function cardId({ businessId, customerId, programId }: AccountKey, number: number): Uuid {
  return derivedId('card', businessId, customerId, programId, String(number))
}

function fill(book: Book<Why>, { account }: Hand, { id, goal, lots, wonAt }: Card, waiting: number): Transfer<Why> {
  const why: Why = { t: 'card_filled', goal, ...(waiting > 0 && { rest: waiting }) }
  const spent = spend(book, { account, sourceId: id, units: goal, lots, occurredAt: wonAt, why })
  assert(spent !== 'insufficient', 'a card was filled with stamps that are not there')
  return must(spent.at(-1), 'the transfer that fills a card')
}

function sameFilling(a: Card, b: Card): boolean {
  const same = (one: LotUnits, index: number) => one.lotId === b.lots[index]?.lotId && one.units === b.lots[index].units
  return a.lots.length === b.lots.length && a.lots.every(same)
}
