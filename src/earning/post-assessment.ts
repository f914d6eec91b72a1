// Posts one judged sale: every program it was or is entitled in is brought to its target, the same
// step for whatever happened.
import type { EarningDefinition, SubscriptionDefinition } from '../../contract/program.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { add, formatRational, parseRational, type Rational, subtract, ZERO } from '../kernel/rational.ts'
import { type AccountKey, accountId } from '../ledger/accounts.ts'
import type { Lot, LotTerms } from '../ledger/lots.ts'
import { type Posting, post } from '../ledger/post.ts'
import { retime } from '../ledger/time.ts'
import { movementOf, type Transfer } from '../ledger/transfers.ts'
import { givesBack, type KnownOrder } from '../orders/family.ts'
import type { SaleFacts } from '../orders/sale-facts.ts'
import { cardTerms } from '../programs/cards/card-terms.ts'
import { withCards } from '../programs/cards/cards.ts'
import { lotTerms } from '../programs/expiry.ts'
import { restack } from '../programs/plans/renewals.ts'
import { grantDue, newSubscription, type Subscription, subscriptionId } from '../programs/plans/subscriptions.ts'
import type { PinnedVersion } from '../programs/terms.ts'
import type { EarnWhy, UndoneBy, Why } from '../programs/why.ts'
import type { Decision, Entitlement } from './assess.ts'
import type { Assessment } from './assessments.ts'
import { budgetOf, type CapQuestion } from './customer-facts.ts'
import { planTerms } from './plans.ts'
import type { WorkingSet } from './working-set.ts'

/** Rows beside the ledger that a posting changed. */
export interface Posted {
  subscriptions: Subscription[]
  budgets: { businessId: Uuid; programId: Uuid; units: number }[]
}

export function postAssessment(one: Assessment, judgement: Decision, ledgers: WorkingSet, now: EpochMs): Posted {
  const posted: Posted = { subscriptions: [], budgets: [] }
  for (const target of targetsOf(one, judgement)) {
    const { definition } = target.version
    const transfers =
      definition.type === 'subscription'
        ? postPlan(one, target, definition, ledgers, posted, now)
        : postSale(one, target, definition, ledgers, posted, now)
    one.movements.push(...transfers.map(movementOf))
  }
  return posted
}

/** One customer in one program, and what the sale entitles them to there. */
interface Target {
  key: AccountKey
  version: PinnedVersion
  /** Null when nothing is owed any more, and `by` says why. */
  entitlement: Entitlement | null
  by: UndoneBy | null
}

/**
 * Whoever the sale was credited to before is owed nothing, unless it is the same customer and the
 * judgement says so.
 */
function targetsOf({ before, customer, programs, businessId }: Assessment, judgement: Decision): Target[] {
  const judgedBefore = before?.terms != null ? must(programs.termsNumber(before.terms), 'the pinned terms').members : []
  const targets = new Map<string, Target>()
  const aim = (customerId: Uuid, version: PinnedVersion, rest: Pick<Target, 'entitlement' | 'by'>) => {
    const key = { businessId, customerId, programId: version.programId }
    targets.set(accountId(key), { key, version, ...rest })
  }
  if (before?.customerId) {
    const by = before.customerId === customer?.id ? undoneBy(judgement) : 'customer_changed'
    for (const version of judgedBefore) aim(before.customerId, version, { entitlement: null, by })
  }
  if (customer) {
    for (const entitlement of judgement.entitlements) {
      aim(customer.id, entitlement.version, { entitlement, by: null })
    }
  }
  return [...targets.values()]
}

function undoneBy({ reason }: Decision): UndoneBy | null {
  return reason === 'void' ||
    reason === 'joined' ||
    reason === 'returned' ||
    reason === 'not_paid_yet' ||
    reason === 'customer_blacklisted'
    ? reason
    : null
}

function postSale(
  one: Assessment,
  { key, version, entitlement, by }: Target,
  definition: EarningDefinition,
  ledgers: WorkingSet,
  posted: Posted,
  now: EpochMs,
): Transfer<Why>[] {
  const { family, programs } = one
  const { book, hands, budgets, capRooms } = ledgers
  const sale = must<KnownOrder>(family.sale ?? one.before, 'the sale')
  const lot = book.lot(book.account(key), family.id)
  const was = lot?.granted ?? 0
  const units = entitlement?.units ?? 0
  carryOn(one, key, book)
  if (units === 0 && was === 0) return []
  // Units are owed to a sale that stands; one that does not has a lot already, and takes from it.
  const terms = units > 0 || !lot ? termsOfLot(one, key, version, definition, sale, ledgers, now) : lot
  const posting = {
    account: key,
    lotId: family.id,
    sourceId: family.id,
    target: units,
    debt: definition.debt,
    occurredAt: units < was ? changedAt(one, sale) : sale.occurredAt,
    terms,
    why: wordWhy(one, entitlement?.why ?? null, by, was),
  }
  const counted = key.customerId === one.before?.customerId ? budgetedBefore(one, key.programId, book) : 0
  const budgeted = (budgetOf(version) === null ? 0 : units) - counted
  if (budgeted !== 0) {
    posted.budgets.push({ businessId: key.businessId, programId: key.programId, units: budgeted })
    budgets.set(key.programId, (budgets.get(key.programId) ?? 0) + budgeted)
  }
  for (const room of capRooms) {
    if (lot && countsTowards(room.question, key, family.id, lot.businessDate)) room.units += was
    if (countsTowards(room.question, key, family.id, sale.businessDate)) room.units -= units
  }
  const work = () => postAt(book, posting, lot)
  const hand = hands.get(accountId(key))
  if (!hand) return work()
  // Cards are filled anew only where stamps come or go.
  const same = units === was && lot?.occurredAt === terms.occurredAt && lot.expiresAt === terms.expiresAt
  return same ? work() : withCards(book, hand, cardTerms(programs, key.programId), work)
}

/**
 * Posts to a lot that moves with its sale. What is available and would be pending had the sale
 * always been of this time, or the other way round, is taken back first and earned anew.
 */
function postAt(book: WorkingSet['book'], posting: Posting<Why>, lot: Lot | undefined): Transfer<Why>[] {
  const { account, lotId, target, terms, why } = posting
  const move = () => retime(book, account, lotId, terms)
  const waits = terms.availableAt > book.now
  if (!lot || target === 0 || lot.granted === 0 || lot.pending === waits || lot.availableAt === terms.availableAt) {
    return [...move(), ...post(book, posting)]
  }
  const emptied = post(book, { ...posting, target: 0, why: { t: 'undone', by: 'date_changed', was: lot.granted } })
  return [...emptied, ...move(), ...post(book, { ...posting, why: earnedWhy(why) })]
}

/** Of a lot that was emptied, what comes in is all that the sale earns. */
function earnedWhy(why: Why): Why {
  return why.t === 'change' || why.t === 'return' ? why.now : why
}

/**
 * The units of this sale that the program's budget counts so far: those that a version with a
 * budget gave.
 */
export function budgetedBefore(
  { before, businessId, family, programs }: Assessment,
  programId: Uuid,
  book: WorkingSet['book'],
) {
  if (before?.customerId == null || before.terms === null) return 0
  const version = programs.termsNumber(before.terms)?.members.find((member) => member.programId === programId)
  if (!version || budgetOf(version) === null) return 0
  const account = book.account({ businessId, customerId: before.customerId, programId })
  return book.lot(account, family.id)?.granted ?? 0
}

/** The lot of a sale follows from the sale as it is now: a time that is corrected moves it. */
function termsOfLot(
  { programs }: Assessment,
  { customerId }: AccountKey,
  { version }: PinnedVersion,
  definition: EarningDefinition,
  { occurredAt, businessDate }: KnownOrder,
  { slides }: WorkingSet,
  now: EpochMs,
): LotTerms {
  const terms = lotTerms(definition, occurredAt, businessDate, programs.business.timezone)
  const { slidingDays } = terms
  return {
    version,
    businessDate,
    occurredAt,
    slidingDays,
    // A till whose clock runs ahead does not keep its customers waiting.
    availableAt: definition.pending_days === 0 ? Math.min(terms.availableAt, now) : terms.availableAt,
    expiresAt:
      slidingDays === null
        ? terms.expiresAt
        : must(slides.get(customerId), 'the orders of a customer').expiryAt(occurredAt, slidingDays),
  }
}

/** Whether the units of this sale use up the room that another sale of the wave asks for. */
function countsTowards(question: CapQuestion, key: AccountKey, saleId: Uuid, businessDate: IsoDate): boolean {
  const { customerId, programId, from, to } = question
  const sameAccount = customerId === key.customerId && programId === key.programId
  return sameAccount && question.saleId !== saleId && from <= businessDate && businessDate <= to
}

/** When the news came that took units away: the latest return, else the snapshot that says so. */
function changedAt({ family }: Assessment, sale: KnownOrder): EpochMs {
  const returned = family.returns.filter(givesBack).map((one) => one.occurredAt)
  return returned.length > 0 ? Math.max(...returned) : sale.order.version.updated_at
}

function wordWhy({ family }: Assessment, now: EarnWhy | null, by: UndoneBy | null, was: number): Why {
  if (now && was === 0) return now
  if (by && !now) return { t: 'undone', by, was }
  const earn = now ?? { t: 'earn', r: [], x: '0', u: 0 }
  return earn.u < was && family.returns.some(givesBack)
    ? { t: 'return', was, now: earn }
    : { t: 'change', was, now: earn }
}

/**
 * Keeps the fraction that the account carries: what this sale leaves of it now, in place of what it
 * left before. So the whole units of all sales and the fraction carried are together what all sales
 * give exactly, whatever was returned.
 */
function carryOn({ before, customer, judgement }: Assessment, key: AccountKey, book: WorkingSet['book']): void {
  const mine = key.customerId === customer?.id ? judgement?.facts : null
  const earlier = key.customerId === before?.customerId ? before.facts : null
  const change = subtract(leftBy(mine, key.programId), leftBy(earlier, key.programId))
  if (change.num === 0n) return
  const carried = add(parseRational(book.account(key).carry ?? '0'), change)
  book.setCarry(key, carried.num === 0n ? null : formatRational(carried))
}

export function leftBy(facts: SaleFacts | null | undefined, programId: Uuid): Rational {
  const carry = facts?.carry?.[programId]
  return carry ? subtract(parseRational(carry.out), parseRational(carry.in)) : ZERO
}

/**
 * The plan that the sale bought: under the id that follows from whose the sale is, or under that of
 * a customer who was merged into this one since. Of two, the one that stands.
 */
function boughtPlan(held: readonly Subscription[], saleId: Uuid, id: Uuid): Subscription | undefined {
  const bought = held.filter((plan) => plan.id === id || plan.orderId === saleId)
  return bought.find((plan) => plan.quantity > 0) ?? bought.find((plan) => plan.id === id) ?? bought[0]
}

/**
 * Places the plan among the customer's others, and settles those that begin at another time than
 * before.
 */
function postPlan(
  one: Assessment,
  { key, version, entitlement }: Target,
  definition: SubscriptionDefinition,
  { book, plans }: WorkingSet,
  posted: Posted,
  now: EpochMs,
): Transfer<Why>[] {
  const { family, programs } = one
  const sale = must<KnownOrder>(family.sale ?? one.before, 'the sale')
  const held = plans.get(accountId(key)) ?? []
  const known = boughtPlan(held, family.id, subscriptionId(family.id, key.programId, key.customerId))
  const id = known?.id ?? subscriptionId(family.id, key.programId, key.customerId)
  const quantity = entitlement?.units ?? 0
  if (!known && quantity === 0) return []
  const terms = { definition, version: version.version, timezone: programs.business.timezone }
  const boughtAt = sale.occurredAt
  const fresh = newSubscription({ ...key, id, orderId: family.id, quantity, boughtAt, createdAt: now }, terms)
  const own = { ...fresh, endedAt: known?.endedAt ?? null, createdAt: known?.createdAt ?? now }
  const others = held.filter((plan) => plan !== known)
  const since = Math.min(boughtAt, known?.boughtAt ?? boughtAt)
  const placed = restack([...others, own], since, (plan) => (plan.id === id ? terms : planTerms(programs, plan)))
  const settled = placed
    .filter((plan) => !others.includes(plan))
    .map((plan) => grantDue(book, plan, plan.id === id ? terms : planTerms(programs, plan)))
  const changed = new Map(settled.map(({ subscription }) => [subscription.id, subscription]))
  plans.set(
    accountId(key),
    placed.map((plan) => changed.get(plan.id) ?? plan),
  )
  posted.subscriptions.push(...changed.values())
  return settled.flatMap(({ transfers }) => transfers)
}
