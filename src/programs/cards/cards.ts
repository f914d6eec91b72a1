// Turns stamps into awards: whenever stamps come or go, the cards are filled again, whatever the
// sequence in which sales and returns arrive. fill-cards.ts decides which stamps fill which card.
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

/** A full stamp card whose reward can be redeemed once: a row of `awards`. */
export interface Award {
  readonly id: Uuid
  /** 1 for the customer's first card. The number and id of a cancelled award are used again. */
  readonly number: number
  /**
   * The program version of its first stamp, and the goal of that version: a card keeps the goal
   * with which it started.
   */
  readonly version: number
  readonly goal: number
  readonly status: 'won' | 'used' | 'cancelled'
  /** The lots of its stamps, oldest first. */
  readonly lots: readonly LotUnits[]
  /** When its last stamp was earned. */
  readonly wonAt: EpochMs
  /** When the award expires; null if never. */
  readonly expiresAt: EpochMs | null
}

/** The stamp cards of one customer and program that can still change: all that are not used. */
export interface OpenCards {
  readonly account: AccountKey
  won: Award[]
  /** The number of the last used award; 0 without one. New awards have greater numbers. */
  lastUsed: number
  /** Ids of the awards that were complete before. */
  readonly known: Set<Uuid>
  /** Awards that differ from their rows, by id. */
  readonly changed: Map<Uuid, Award>
}

/** Whether stamps may wait because the customer has the maximum of unused awards. */
export function isAtLimit({ won }: Pick<OpenCards, 'won'>): boolean {
  const stamps = won.reduce((sum, { goal }) => sum + goal, 0)
  return won.length >= MOST_UNUSED_CARDS || stamps + MOST_GOAL > MOST_STAMPS_ON_CARDS
}

/** The maximum goal of a program (contract/program/definition.ts). */
const MOST_GOAL = 1000

export function noOpenCards(account: AccountKey, lastUsed = 0): OpenCards {
  return { account, won: [], lastUsed, known: new Set(), changed: new Map() }
}

/** What program versions say about their cards. */
export interface CardTerms {
  goalOf(version: number): number
  expiresAt(version: number, wonAt: EpochMs): EpochMs | null
}

/**
 * Runs `work` on an account whose stamps fill cards, and returns all its movements in sequence. The
 * stamps of unused awards are taken off the cards first, so that `work` can use them; afterwards
 * cards are filled again from all stamps that are not on a used award. So the awards depend on the
 * stamps alone, and an award that is filled as before leaves no movement. The account's open lots
 * and the lots of its awards must be loaded; if a change lies in the past, also the lots that
 * expired after it.
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
 * By award, the transfer that reopened it. Stamps past their expiry stay open: they may fill the
 * card again.
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
 * Fills cards up to the available stamps and the limit. If fewer cards are full than before, the
 * latest awards are cancelled.
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
  // Remaining stamps past their expiry expire now.
  releaseAndExpire(book, openCards.account)
}

/**
 * The stamps that are on no used award. Expired stamps count too, because they may fill a card of
 * the time before they expired; a debt takes precedence over them.
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
 * Restores the expired stamps on these cards: they had expired only because an order was not known.
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

/** The numbers of the existing awards, then free numbers. */
function* awardNumbers({ won, lastUsed }: OpenCards): Generator<number, never> {
  const taken = new Set(won.map((card) => card.number))
  yield* taken
  for (let number = lastUsed + 1; ; number++) if (!taken.has(number)) yield number
}

/**
 * Derived from the account and the number, so that it does not depend on when or where the card
 * became full.
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
  assert(spent !== 'insufficient', 'a card was filled with missing stamps')
  return must(spent.at(-1), 'the transfer that fills a card')
}

function sameFilling(a: Award, b: Award): boolean {
  const same = (one: LotUnits, index: number) => one.lotId === b.lots[index]?.lotId && one.units === b.lots[index].units
  return a.lots.length === b.lots.length && a.lots.every(same)
}
