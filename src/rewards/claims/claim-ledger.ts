// What claims do to balances: the accounts, lots and cards that they need, and how units are set
// aside, spent and given back.
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

/** What a transaction has in hand of the accounts that some claims are about. */
export interface OpenClaims {
  readonly book: Book<Why>
  readonly programs: BusinessPrograms
  readonly now: EpochMs
  /** Unused stamp cards, by `accountId`. */
  readonly openCards: ReadonlyMap<string, OpenCards>
  /** Cards that claims of these accounts have used, by id. */
  readonly usedCards: ReadonlyMap<Uuid, Award>
}

/** A claim that is about to be made, as far as its account is known. */
export interface NewClaimAccount {
  readonly account: AccountKey
  readonly isCard: boolean
}

/**
 * Locks the accounts of these claims, of one business, and of a fresh one, and loads what may be
 * moved.
 */
export async function openClaims(
  tx: Transaction,
  _lock: BusinessLock,
  programs: BusinessPrograms,
  claims: readonly Claim[],
  { now, ids }: { now: EpochMs; ids: Ids },
  fresh?: NewClaimAccount,
): Promise<OpenClaims> {
  const keys: AccountKey[] = [...claims, ...(fresh ? [fresh.account] : [])]
  const cards = claims.flatMap(({ businessId, cardId: id }) => (id === null ? [] : [{ businessId, id }]))
  const withCards = claims.filter(({ cardId }) => cardId !== null)
  // What was spent beyond all lots comes back as a lot under the claim's own id.
  const own = claims.flatMap((claim) =>
    [...claim.lots.map(({ lotId }) => lotId), claim.id].map((lotId) => ({ account: claim, lotId })),
  )
  const [accounts, lots, won, used] = await Promise.all([
    lockAccounts(tx, keys, now),
    loadLots(tx, { own, open: keys }),
    loadOpenCards(tx, fresh?.isCard ? [...withCards, fresh.account] : withCards),
    loadUsedAwards(tx, cards),
  ])
  const zoneOf = () => programs.business.timezone
  const book = new Book<Why>(accounts.values(), { now, ids, reasons: ledgerReasons(zoneOf) })
  // What a claim had taken the last of gets something back at times.
  for (const loaded of [lots, won.lots, used.lots]) book.admit(await freshLots(tx, loaded, zoneOf))
  return { book, programs, now, openCards: won.openCards, usedCards: used.cards }
}

export async function commitClaims(tx: Transaction, { book, openCards, now }: OpenClaims): Promise<void> {
  await Promise.all([commit(tx, book), saveAwards(tx, openCards.values(), now)])
}

/**
 * Sets the units of a new claim aside, out of this lot where one is given; `insufficient` when
 * there are fewer. A card sets nothing aside: its stamps are spent.
 */
export function holdUnits({ book, now }: OpenClaims, claim: Claim, lotId?: Uuid): Claim | 'insufficient' {
  if (claim.units === 0) return claim
  const about = { account: claim, sourceId: claim.id, occurredAt: now, why: whyOf(claim, 'held', claim.units) }
  const lots = lotId === undefined ? {} : { lots: [{ lotId, units: claim.units }] }
  const held = hold(book, { ...about, ...lots, units: claim.units })
  if (held === 'insufficient') return 'insufficient'
  return { ...claim, lots: must(held.at(-1), 'the transfer that holds').lots }
}

/** Gives back what a held claim had set aside. */
export function releaseUnits({ book, now }: OpenClaims, claim: Claim, step: 'expired' | 'cancelled'): Claim {
  const { units, id: sourceId } = claim
  if (units > 0) {
    release(book, { account: claim, sourceId, lots: claim.lots, occurredAt: now, why: whyOf(claim, step, units) })
  }
  return { ...claim, lots: [], status: step, endedAt: now }
}

/**
 * Spends `units` of a claim for the first time: out of what it holds, and the rest of that goes
 * back; or, when it holds nothing any more because the news of the order came late, out of the
 * balance, be it with a debt. False when its card is gone.
 */
export function spendUnits(claims: OpenClaims, claim: Claim, units: number): Claim | 'card_gone' {
  const { book, now } = claims
  if (claim.kind === 'card') return useStampCard(claims, claim) ? claim : 'card_gone'
  const about = { account: claim, sourceId: claim.id, occurredAt: now }
  if (claim.status !== 'held') return spendMore(claims, { ...claim, lots: [] }, units, 'redeemed')
  const { first, rest } = splitLots(claim.lots, units)
  if (first.length > 0) redeemHeld(book, { ...about, lots: first, why: whyOf(claim, 'redeemed', units) })
  if (rest.length > 0) release(book, { ...about, lots: rest, why: whyOf(claim, 'rest', sumOf(rest)) })
  return { ...claim, lots: first }
}

/**
 * Brings what is spent on a redeemed claim to `keep` units: gives back the last that were taken, or
 * takes them again. A card, or a reward that cost nothing, is given back as a whole when `keep` is
 * 0.
 */
export function adjustSpent(claims: OpenClaims, claim: Claim, keep: number, step: ClaimStep): Claim | 'card_gone' {
  if (claim.kind === 'card') {
    const done = claim.status === 'redeemed' ? restoreStampCard(claims, claim) : useStampCard(claims, claim)
    return done ? claim : 'card_gone'
  }
  const change = keep - spentUnits(claim)
  if (change === 0) return claim
  if (change > 0) return spendMore(claims, claim, change, step)
  const { book, now, programs } = claims
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

/**
 * The stamps of a full card are spent since it is full; to use it is to say that its reward was
 * had.
 */
function useStampCard({ book, openCards: hands, programs }: OpenClaims, claim: Claim): boolean {
  const hand = must(hands.get(accountId(claim)), 'the hand of the claim')
  const card = hand.won.find(({ id }) => id === claim.cardId)
  if (!card) return false
  const wasFull = isAtLimit(hand)
  hand.won = hand.won.filter((other) => other !== card)
  hand.lastUsed = Math.max(hand.lastUsed, card.number)
  hand.changed.set(card.id, { ...card, status: 'used' })
  // Stamps that waited for a place fill the next card now.
  if (wasFull && book.account(claim).balances.available > 0) {
    withCards(book, hand, cardTerms(programs, claim.programId), () => undefined)
  }
  return true
}

/**
 * The card lies in the hand again, and cards are filled anew: which are full depends on the stamps
 * alone.
 */
function restoreStampCard({ book, openCards: hands, usedCards: used, programs }: OpenClaims, claim: Claim): boolean {
  const hand = must(hands.get(accountId(claim)), 'the hand of the claim')
  const id = must(claim.cardId, 'the card of the claim')
  // It may have been used a moment ago.
  const card = hand.changed.get(id) ?? used.get(id)
  if (card?.status !== 'used') return false
  hand.won = [...hand.won, { ...card, status: 'won' as const }].sort((a, b) => a.number - b.number)
  hand.changed.set(card.id, { ...card, status: 'won' })
  withCards(book, hand, cardTerms(programs, claim.programId), () => undefined)
  return true
}

function whyOf({ name, nameAr, redemption }: Claim, step: ClaimStep, units: number): Why {
  const note = step === 'by_hand' ? redemption?.returned?.reason : undefined
  return { t: 'claim', s: step, u: units, en: name, ar: nameAr, ...(note !== undefined && { note }) }
}
