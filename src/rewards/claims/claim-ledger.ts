// What claims do to balances: loads the accounts, lots and stamp cards that they need, and holds,
// spends, releases and restores units.
import type { Actor } from '../../../contract/actor.ts'
import type { BusinessLock } from '../../db/business-lock.ts'
import type { Transaction } from '../../db/database.ts'
import { must } from '../../kernel/assert.ts'
import type { EpochMs } from '../../kernel/clock.ts'
import type { Ids, Uuid } from '../../kernel/ids.ts'
import { type AccountKey, accountId, lockAccounts } from '../../ledger/accounts.ts'
import { Book } from '../../ledger/book.ts'
import { commit } from '../../ledger/commit.ts'
import { loadLots, sumOf } from '../../ledger/lots.ts'
import { giveBack, hold, redeemHeld, release, spendAnyway } from '../../ledger/spend.ts'
import { lotTermsToday } from '../../programs/adjust.ts'
import { loadOpenCards, loadUsedAwards, saveAwards } from '../../programs/cards/awards-store.ts'
import { cardTerms } from '../../programs/cards/card-terms.ts'
import { type Award, isAtLimit, type OpenCards, withCards } from '../../programs/cards/cards.ts'
import { ledgerReasons } from '../../programs/reasons.ts'
import { freshLots } from '../../programs/sliding.ts'
import type { BusinessPrograms } from '../../programs/store.ts'
import type { ClaimStep, Why } from '../../programs/why.ts'
import { type Claim, spentAsDebt, spentUnits, splitLots } from './claim.ts'

/**
 * The working set of a transaction: the accounts of some claims. Changes stay here until
 * `commitClaims`.
 */
export interface OpenClaims {
  readonly lock: BusinessLock
  readonly book: Book<Why>
  readonly programs: BusinessPrograms
  readonly now: EpochMs
  /** Who moves the claims; null for orders, each by its POS. */
  readonly actor: Actor | null
  /** Unused stamp cards, by `accountId`. */
  readonly openCards: ReadonlyMap<string, OpenCards>
  /** Cards that claims of these accounts have used, by id. */
  readonly usedCards: ReadonlyMap<Uuid, Award>
}

/** The account of a claim that is about to be made. */
export interface NewClaimAccount {
  readonly account: AccountKey
  readonly isCard: boolean
}

/**
 * Locks the accounts of these claims of one business, and that of a new claim, and loads the lots
 * and stamp cards that may change.
 */
export async function openClaims(
  tx: Transaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  claims: readonly Claim[],
  { now, ids, actor }: { now: EpochMs; ids: Ids; actor: Actor | null },
  newClaim?: NewClaimAccount,
): Promise<OpenClaims> {
  const keys: AccountKey[] = [...claims, ...(newClaim ? [newClaim.account] : [])]
  const cards = claims.flatMap(({ businessId, cardId: id }) => (id === null ? [] : [{ businessId, id }]))
  const ofCards = claims.filter(({ cardId }) => cardId !== null)
  // What was spent as debt is restored as a lot with the id of the claim.
  const own = claims.flatMap((claim) =>
    [...claim.lots.map(({ lotId }) => lotId), claim.id].map((lotId) => ({ account: claim, lotId })),
  )
  const [accounts, lots, won, used] = await Promise.all([
    lockAccounts(tx, keys, now),
    loadLots(tx, { own, open: keys }),
    loadOpenCards(tx, newClaim?.isCard ? [...ofCards, newClaim.account] : ofCards),
    loadUsedAwards(tx, cards),
  ])
  const zoneOf = () => programs.business.timezone
  const book = new Book<Why>(accounts.values(), { now, ids, actor, reasons: ledgerReasons(zoneOf) })
  // A restored lot may have been used up, and its expiry may have moved since.
  for (const loaded of [lots, won.lots, used.lots]) book.admit(await freshLots(tx, loaded, zoneOf))
  return { lock, book, programs, now, actor, openCards: won.openCards, usedCards: used.cards }
}

export async function commitClaims(tx: Transaction, { lock, book, openCards }: OpenClaims): Promise<void> {
  await Promise.all([commit(tx, lock, book), saveAwards(tx, lock, openCards.values(), book)])
}

/**
 * Holds the units of a new claim, from this lot if one is given. `insufficient`: the balance has
 * fewer. A stamp card holds nothing: its stamps are spent already.
 */
export function holdUnits({ book, now }: OpenClaims, claim: Claim, lotId?: Uuid): Claim | 'insufficient' {
  if (claim.units === 0) return claim
  const about = { account: claim, sourceId: claim.id, occurredAt: now, why: whyOf(claim, 'held', claim.units) }
  const lots = lotId === undefined ? {} : { lots: [{ lotId, units: claim.units }] }
  const held = hold(book, { ...about, ...lots, units: claim.units })
  if (held === 'insufficient') return 'insufficient'
  return { ...claim, lots: must(held.at(-1), 'the transfer that holds').lots }
}

/** Releases the units that a claim holds. */
export function releaseUnits({ book, now, actor }: OpenClaims, claim: Claim, step: 'expired' | 'cancelled'): Claim {
  const { units, id: sourceId } = claim
  if (units > 0) {
    release(book, { account: claim, sourceId, lots: claim.lots, occurredAt: now, why: whyOf(claim, step, units) })
  }
  return { ...claim, lots: [], status: step, endedAt: now, endedBy: actor }
}

/**
 * Spends `units` of a claim for the first time. A held claim spends what it holds, and the rest is
 * released. A claim that has ended spends from the balance, which may become negative. `card_gone`:
 * its stamp card does not exist any more.
 */
export function spendUnits(open: OpenClaims, claim: Claim, units: number): Claim | 'card_gone' {
  const { book, now } = open
  if (claim.kind === 'card') return useStampCard(open, claim) ? claim : 'card_gone'
  const about = { account: claim, sourceId: claim.id, occurredAt: now }
  if (claim.status !== 'held') return spendMore(open, { ...claim, lots: [] }, units, 'redeemed')
  const { first, rest } = splitLots(claim.lots, units)
  if (first.length > 0) redeemHeld(book, { ...about, lots: first, why: whyOf(claim, 'redeemed', units) })
  if (rest.length > 0) release(book, { ...about, lots: rest, why: whyOf(claim, 'rest', sumOf(rest)) })
  return { ...claim, lots: first }
}

/**
 * Adjusts what a redeemed claim spent to `target` units: restores the units that were spent last,
 * or spends them again. A stamp card is restored, or used again, as a whole.
 */
export function adjustSpent(open: OpenClaims, claim: Claim, target: number, step: ClaimStep): Claim | 'card_gone' {
  if (claim.kind === 'card') {
    const done = claim.status === 'redeemed' ? restoreStampCard(open, claim) : useStampCard(open, claim)
    return done ? claim : 'card_gone'
  }
  const change = target - spentUnits(claim)
  if (change === 0) return claim
  if (change > 0) return spendMore(open, claim, change, step)
  const { book, now, programs } = open
  const units = -change
  const asDebt = Math.min(units, spentAsDebt(claim))
  const { first, rest } = splitLots(claim.lots, sumOf(claim.lots) - (units - asDebt))
  giveBack(book, {
    account: claim,
    sourceId: claim.id,
    lots: rest,
    occurredAt: now,
    why: whyOf(claim, step, units),
    ...(asDebt > 0 && {
      more: { units: asDebt, lotId: claim.id, terms: lotTermsToday(programs, claim.programId, now) },
    }),
  })
  return { ...claim, lots: first }
}

function spendMore({ book, now }: OpenClaims, claim: Claim, units: number, step: ClaimStep): Claim {
  if (units === 0) return claim
  const why = whyOf(claim, step, units)
  const spent = spendAnyway(book, { account: claim, sourceId: claim.id, units, occurredAt: now, why })
  return { ...claim, lots: [...claim.lots, ...must(spent.at(-1), 'the transfer that spends').lots] }
}

/** Marks a completed card as used; its stamps were spent when it was completed. */
function useStampCard({ book, openCards, programs }: OpenClaims, claim: Claim): boolean {
  const cards = must(openCards.get(accountId(claim)), 'the cards of the claim')
  const card = cards.won.find(({ id }) => id === claim.cardId)
  if (!card) return false
  const wasAtLimit = isAtLimit(cards)
  cards.won = cards.won.filter((other) => other !== card)
  cards.lastUsed = Math.max(cards.lastUsed, card.number)
  cards.changed.set(card.id, { ...card, status: 'used' })
  // Stamps above the limit of unused cards fill the next card now.
  if (wasAtLimit && book.account(claim).balances.available > 0) {
    withCards(book, cards, cardTerms(programs, claim.programId), () => undefined)
  }
  return true
}

/**
 * The card is unused again. Cards are filled again, because which are complete depends only on the
 * stamps.
 */
function restoreStampCard({ book, openCards, usedCards, programs }: OpenClaims, claim: Claim): boolean {
  const cards = must(openCards.get(accountId(claim)), 'the cards of the claim')
  const id = must(claim.cardId, 'the card of the claim')
  // It may have been used in this transaction.
  const card = cards.changed.get(id) ?? usedCards.get(id)
  if (card?.status !== 'used') return false
  cards.won = [...cards.won, { ...card, status: 'won' as const }].sort((a, b) => a.number - b.number)
  cards.known.add(card.id)
  cards.changed.set(card.id, { ...card, status: 'won' })
  withCards(book, cards, cardTerms(programs, claim.programId), () => undefined)
  return true
}

function whyOf({ name, nameAr, redemption }: Claim, step: ClaimStep, units: number): Why {
  const note = step === 'by_hand' ? redemption?.returned?.reason : undefined
  return { t: 'claim', s: step, u: units, en: name, ar: nameAr, ...(note !== undefined && { note }) }
}
