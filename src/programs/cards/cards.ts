// Stamp cards: which of a customer's stamps fill a card and which wait, whatever order the sales
// and returns came in. Which do is in fill-cards.ts.
import { assert, must } from '../../kernel/assert.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import { derivedId, type Uuid } from '../../kernel/ids.ts'
import { type AccountKey, debtOf } from '../../ledger/accounts.ts'
import type { Book } from '../../ledger/book.ts'
import { type LotUnits, sumOf } from '../../ledger/lots.ts'
import { reopen, spend } from '../../ledger/spend.ts'
import { releaseAndExpire, releaseAndExpireOnce, restoreExpired } from '../../ledger/time.ts'
import type { Transfer } from '../../ledger/transfers.ts'
import type { Why } from '../why.ts'
import { type Filling, fillCards, MOST_STAMPS_ON_CARDS, MOST_UNUSED_CARDS, type Stamps } from './fill-cards.ts'

/** A full card: a row of `awards`. */
export interface Award {
  readonly id: Uuid
  /**
   * 1 for the customer's first card. The number of a cancelled card is given again, and its id with
   * it.
   */
  readonly number: number
  /**
   * The program version of the first stamp on it, and that version's goal: a card keeps the goal
   * that it was begun under.
   */
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
export interface OpenCards {
  readonly account: AccountKey
  won: Award[]
  /** The number of the last card that was used; 0 when none was. New cards have greater ones. */
  lastUsed: number
  /** Cards that differ from their rows, by id. */
  readonly changed: Map<Uuid, Award>
}

/** Whether stamps may be waiting because of the limit. */
export function isAtLimit({ won }: Pick<OpenCards, 'won'>): boolean {
  const stamps = won.reduce((sum, { goal }) => sum + goal, 0)
  return won.length >= MOST_UNUSED_CARDS || stamps + MOST_GOAL > MOST_STAMPS_ON_CARDS
}

/** The greatest goal that a program may have (contract/program/definition.ts). */
const MOST_GOAL = 1000

export function noOpenCards(account: AccountKey, lastUsed = 0): OpenCards {
  return { account, won: [], lastUsed, changed: new Map() }
}

/** What program versions say of their cards. */
export interface CardTerms {
  goalOf(version: number): number
  expiresAt(version: number, wonAt: EpochMs): EpochMs | null
}

/**
 * Does some work on an account whose stamps fill cards, and gives all that moved, in order. The
 * stamps of unused cards are taken off again, so that the work can reach them; afterwards cards are
 * filled anew from all stamps that are not on a used card, as they would have been in time. So
 * which cards are full depends on the stamps alone, and a card that is filled as before leaves no
 * trace. The account's open lots and the lots of its cards are loaded; where a change lies in the
 * past, also those that expired after it.
 */
export function withCards(
  book: Book<Why>,
  openCards: OpenCards,
  terms: CardTerms,
  work: () => unknown,
): Transfer<Why>[] {
  const before = book.transfers.length
  const opened = takeOffCards(book, openCards)
  work()
  refill(book, openCards, opened, terms)
  return book.transfers.slice(before)
}

/**
 * By card, the transfer that opened it. What is past its expiry stays open: it may fill the card
 * again.
 */
type Reopened = Map<Uuid, Transfer<Why>>

function takeOffCards(book: Book<Why>, { account, won }: OpenCards): Reopened {
  releaseAndExpireOnce(book, book.account(account))
  return new Map(
    won.map(({ id, lots, goal }) => {
      const why: Why = { t: 'card_reopened', goal }
      return [id, reopen(book, { account, sourceId: id, lots, occurredAt: book.now, why })]
    }),
  )
}

/**
 * Fills cards as far as the stamps and the limit go. Of the cards that were won before, the latest
 * are cancelled first.
 */
function refill(book: Book<Why>, openCards: OpenCards, opened: Reopened, terms: CardTerms): void {
  const before = openCards.won
  const numbers = awardNumbers(openCards)
  const { full, waiting } = fillCards(stampsOf(book, openCards.account), terms, book.now)
  restoreOnCards(book, openCards.account, full)
  openCards.won = full.map((filling) => {
    const number = numbers.next().value
    return {
      ...filling,
      number,
      id: awardId(openCards.account, number),
      expiresAt: terms.expiresAt(filling.version, filling.wonAt),
    }
  })
  openCards.won.forEach((card, index) => {
    const redeemed = fill(book, openCards, card, index === full.length - 1 ? waiting : 0)
    const restored = opened.get(card.id)
    const old = before[index]
    const isSame = restored && old && sameFilling(card, old) && sumOf(restored.lots) === restored.units
    if (isSame) book.annul(restored, redeemed)
    // The time of a sale may have been corrected.
    if (!isSame || old.wonAt !== card.wonAt || old.version !== card.version) openCards.changed.set(card.id, card)
  })
  for (const card of before.slice(openCards.won.length))
    openCards.changed.set(card.id, { ...card, status: 'cancelled' })
  // What is left over and past its expiry expires now.
  releaseAndExpire(book, openCards.account)
}

/**
 * The stamps that are on no used card. Those that have expired by now count as well, as they may
 * fill a card of the time before; a debt comes first.
 */
function stampsOf(book: Book<Why>, key: AccountKey): Stamps[] {
  const account = book.account(key)
  const open = new Set(book.openLots(account).map((lot) => lot.id))
  const owed = debtOf(account.balances) > 0
  return [...account.lots.values()].flatMap((lot) => {
    const units = (open.has(lot.id) ? lot.remaining : 0) + (owed || lot.pending ? 0 : lot.expired)
    return units > 0 ? [{ lot, units }] : []
  })
}

/**
 * Restores the expired stamps that are on these cards: they had expired only because an order was
 * not known.
 */
function restoreOnCards(book: Book<Why>, key: AccountKey, full: readonly Filling[]): void {
  const account = book.account(key)
  const needed = new Map<Uuid, number>()
  for (const { lotId, units } of full.flatMap(({ lots }) => lots)) {
    needed.set(lotId, (needed.get(lotId) ?? 0) + units)
  }
  for (const [lotId, units] of needed) {
    const missing = units - (book.lot(account, lotId)?.remaining ?? 0)
    if (missing > 0) restoreExpired(book, account, lotId, missing, { t: 'card_in_time', u: missing })
  }
}

/** The numbers that the unused awards have, then those that are free. */
function* awardNumbers({ won, lastUsed }: OpenCards): Generator<number, never> {
  const taken = new Set(won.map((card) => card.number))
  yield* taken
  for (let number = lastUsed + 1; ; number++) if (!taken.has(number)) yield number
}

/**
 * Follows from whose card it is and its number, so that it does not matter when or where it was
 * won.
 */
export function awardId({ businessId, customerId, programId }: AccountKey, number: number): Uuid {
  return derivedId('card', businessId, customerId, programId, String(number))
}

function fill(
  book: Book<Why>,
  { account }: OpenCards,
  { id, goal, lots, wonAt }: Award,
  waiting: number,
): Transfer<Why> {
  const why: Why = { t: 'card_filled', goal, ...(waiting > 0 && { rest: waiting }) }
  const spent = spend(book, { account, sourceId: id, units: goal, lots, occurredAt: wonAt, why })
  assert(spent !== 'insufficient', 'a card was filled with stamps that are not there')
  return must(spent.at(-1), 'the transfer that fills a card')
}

function sameFilling(a: Award, b: Award): boolean {
  const same = (one: LotUnits, index: number) => one.lotId === b.lots[index]?.lotId && one.units === b.lots[index].units
  return a.lots.length === b.lots.length && a.lots.every(same)
}
