// Makes a claim: the customer picks a reward, an amount of cashback, a completed stamp card or a
// use of a plan, and gets a code.
import type { Actor } from '../../../contract/actor.ts'
import { isOfProducts } from '../../../contract/reward/kind.ts'
import type { ClaimTerms } from '../../../contract/reward.ts'
import type { BusinessLock } from '../../db/business-lock.ts'
import type { Transaction, WriteTransaction } from '../../db/database.ts'
import type { Clock, EpochMs } from '../../kernel/clock.ts'
import type { Ids, Uuid } from '../../kernel/ids.ts'
import { type AccountKey, accountId } from '../../ledger/accounts.ts'
import { sumOf } from '../../ledger/lots.ts'
import type { Award } from '../../programs/cards/cards.ts'
import type { BusinessPrograms } from '../../programs/store.ts'
import { lacksProducts } from '../catalogue/check-reward.ts'
import { type ChosenPlan, choosePlan } from './choose-plan.ts'
import { type Claim, newCode } from './claim.ts'
import { commitClaims, holdUnits, type OpenClaims, openClaims, releaseUnits } from './claim-ledger.ts'
import { findExpiredClaims } from './claim-store.ts'
import { countOpenCodes, countTakenByCustomer } from './count-claims.ts'
import { cardOffer, type Offer, type OfferRefusal, offerOf, type Pick, useTerms } from './offer.ts'
import { cardsWithOpenCode, isOpenCode } from './open-codes.ts'
import { saveClaims } from './save-claims.ts'

/** In order of precedence: what `OfferRefusal` says, then these. */
export type MakeClaimOutcome =
  | OfferRefusal
  | { kind: 'no_card' | 'no_discount' | 'no_products' }
  | { kind: 'limit_reached'; scope: 'per_customer' | 'in_all'; limit: number }
  | { kind: 'below_minimum'; minimum: number; available: number }
  | { kind: 'insufficient'; available: number; units: number }
  | { kind: 'too_many_codes'; limit: number }
  | { kind: 'too_many_lots'; limit: number; most: number }
  | { kind: 'claimed'; claim: Claim }

/** Maximum number of open codes of one customer. */
export const MAX_OPEN_CODES = 100

/** Maximum number of lots that one claim uses: its row and its transfers name each of them. */
export const MAX_LOTS = 5000

/** How long a code is valid by default. */
export const CODE_VALID_MS = 10 * 60_000

/**
 * Holds the units and gives the claim its code. Units of the customer's earlier codes that
 * have expired are released first, whether or not the job ran. The customer exists. A refusal may
 * have released such units, so commit the transaction then too.
 */
export async function makeClaim(
  tx: WriteTransaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  { customerId, pick, validMs = CODE_VALID_MS }: { customerId: Uuid; pick: Pick; validMs?: number },
  { ids, clock }: { ids: Ids; clock: Clock },
): Promise<MakeClaimOutcome> {
  const now = clock.now()
  const { businessId } = programs
  const found = await offerOf(tx, programs, pick, now)
  if (found.kind !== 'offer' && found.kind !== 'card') return found
  const key: AccountKey = { businessId, customerId, programId: found.programId }
  const overdue = await findExpiredClaims(tx, { businessId, customerId }, now)
  const open = await openClaims(
    tx,
    lock,
    programs,
    overdue,
    { now, ids, actor: tx.actor },
    {
      account: key,
      isCard: found.kind === 'card',
    },
  )
  const released = overdue.map((before) => ({ before, after: releaseUnits(open, before, 'expired') }))
  const card = found.kind === 'card' ? await findCard(tx, open, key) : null
  const plan = found.kind === 'offer' && found.claim === 'use' ? await choosePlan(tx, programs, open, key, now) : null
  const offer = found.kind === 'offer' ? withPlan(found, plan) : card && cardOffer(programs, found.programId, card)
  const { available } = open.book.account(key).balances
  const refusal =
    (await tooManyCodes(tx, key, released.length)) ??
    (await refuse(tx, key, offer, card, available, released)) ??
    tooManyLots(open, key, offer?.units ?? 0)
  const claim =
    offer && !refusal
      ? newClaim(key, offer, { card, plan }, await unusedCode(tx, businessId), now, validMs, ids, tx.actor)
      : null
  const held = claim && holdUnits(open, claim, plan?.lotId)
  const made = held === 'insufficient' ? null : held
  await Promise.all([
    commitClaims(tx, open),
    saveClaims(tx, lock, [...released, ...(made ? [{ before: null, after: made }] : [])]),
  ])
  if (made) return { kind: 'claimed', claim: made }
  return refusal ?? { kind: 'insufficient', available, units: offer?.units ?? 0 }
}

/** A use has the terms of the plan that it is taken from. */
function withPlan(offer: Offer, plan: ChosenPlan | null): Offer {
  return plan ? { ...offer, terms: useTerms(plan.definition) } : offer
}

async function refuse(
  tx: Transaction,
  { businessId, customerId }: AccountKey,
  offer: Offer | null,
  card: Award | null,
  available: number,
  released: readonly { before: Claim }[],
): Promise<MakeClaimOutcome | null> {
  if (!offer) return { kind: card ? 'no_discount' : 'no_card' }
  if (await hasNoProducts(tx, businessId, offer.terms)) return { kind: 'no_products' }
  const { reward, minimum } = offer
  const { per_customer: perCustomer, in_all: inAll } = offer.terms.limits ?? {}
  if (reward && (perCustomer !== undefined || inAll !== undefined)) {
    // Claims that were released just now are still counted.
    const justReleased = released.filter(({ before }) => before.rewardId === reward.id).length
    if (
      perCustomer !== undefined &&
      (await countTakenByCustomer(tx, businessId, customerId, reward.id)) - justReleased >= perCustomer
    ) {
      return { kind: 'limit_reached', scope: 'per_customer', limit: perCustomer }
    }
    if (inAll !== undefined && reward.taken - justReleased >= inAll) {
      return { kind: 'limit_reached', scope: 'in_all', limit: inAll }
    }
  }
  return minimum !== undefined && available < minimum ? { kind: 'below_minimum', minimum, available } : null
}

/** Whether the reward is for products and none of them exists any more. */
async function hasNoProducts(tx: Transaction, businessId: Uuid, terms: ClaimTerms): Promise<boolean> {
  const { products, categories } = terms
  if (!isOfProducts(terms) || (!products && !categories)) return false
  return lacksProducts(tx, businessId, { products: products ?? [], categories: categories ?? [] })
}

/** `released`: claims that were released just now and are still counted. */
async function tooManyCodes(
  tx: Transaction,
  { businessId, customerId }: AccountKey,
  released: number,
): Promise<MakeClaimOutcome | null> {
  const openCodes = (await countOpenCodes(tx, businessId, customerId)) - released
  return openCodes < MAX_OPEN_CODES ? null : { kind: 'too_many_codes', limit: MAX_OPEN_CODES }
}

/** `most`: the units in the maximum number of lots. */
function tooManyLots({ book }: OpenClaims, key: AccountKey, units: number): MakeClaimOutcome | null {
  const account = book.account(key)
  if (units > account.balances.available) return null
  const lots = book.take(account, units)
  return lots.length <= MAX_LOTS
    ? null
    : { kind: 'too_many_lots', limit: MAX_LOTS, most: sumOf(lots.slice(0, MAX_LOTS)) }
}

/** The oldest completed card that has no open code and whose reward has not expired. */
async function findCard(tx: Transaction, { openCards, now }: OpenClaims, key: AccountKey): Promise<Award | null> {
  const taken = await cardsWithOpenCode(tx, key)
  const won = openCards.get(accountId(key))?.won ?? []
  return won.find(({ id, expiresAt }) => !taken.has(id) && (expiresAt === null || expiresAt > now)) ?? null
}

async function unusedCode(tx: Transaction, businessId: Uuid): Promise<string> {
  for (;;) {
    const code = newCode()
    if (!(await isOpenCode(tx, businessId, code))) return code
  }
}

function newClaim(
  key: AccountKey,
  { claim: kind, reward, name, nameAr, terms, units, until }: Offer,
  { card, plan }: { card: Award | null; plan: ChosenPlan | null },
  code: string,
  now: EpochMs,
  validMs: number,
  ids: Ids,
  createdBy: Actor,
): Claim {
  return {
    ...key,
    id: ids.next(),
    kind,
    rewardId: reward?.id ?? null,
    rewardVersion: reward?.version ?? null,
    cardId: card?.id ?? null,
    subscriptionId: plan?.subscriptionId ?? null,
    name,
    nameAr,
    terms,
    units,
    lots: [],
    code,
    status: 'held',
    createdAt: now,
    createdBy,
    expiresAt: Math.min(now + validMs, ...[until, card?.expiresAt, plan?.expiresAt].filter((at) => at != null)),
    endedAt: null,
    endedBy: null,
    redemption: null,
  }
}
