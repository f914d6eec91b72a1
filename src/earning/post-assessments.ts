// Assesses the sales of a round, posts the differences (pure, except for the book), and writes the
// results.
import type { BusinessLock } from '../db/business-lock.ts'
import type { Transaction } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'
import { parseRational, type Rational, subtract, ZERO } from '../kernel/rational.ts'
import { accountId } from '../ledger/accounts.ts'
import type { Book } from '../ledger/book.ts'
import { commit } from '../ledger/commit.ts'
import { releaseAndExpire, restoreExtended, slide } from '../ledger/time.ts'
import { type Movement, movementOf } from '../ledger/transfers.ts'
import { isReleasedAfter } from '../orders/ceiling.ts'
import type { CapRoom } from '../orders/sale-facts.ts'
import { saveAwards } from '../programs/cards/awards-store.ts'
import { cardTerms } from '../programs/cards/card-terms.ts'
import { withCards } from '../programs/cards/cards.ts'
import { saveSubscriptions } from '../programs/plans/subscription-store.ts'
import type { Subscription } from '../programs/plans/subscriptions.ts'
import type { PinnedVersion } from '../programs/terms.ts'
import type { Why } from '../programs/why.ts'
import { assess, type Decision } from './assess.ts'
import type { Assessment, SaleToAssess } from './assessments.ts'
import { addToBudgets, type BudgetChange, budgetOf } from './customer-facts.ts'
import { pinnedBy } from './pinned-facts.ts'
import { postAssessment } from './post-assessment.ts'
import { budgetedBefore, leftBy } from './post-sale.ts'
import { movedExpiry } from './sliding-expiry.ts'
import { accountOf, type SharedState, type WorkingSet } from './working-set.ts'

/** What a round decided; `writeAssessments` writes it. */
export interface PostedAssessments {
  readonly assessments: readonly Assessment[]
  readonly subscriptions: readonly Subscription[]
  readonly budgets: readonly BudgetChange[]
  readonly working: WorkingSet
}

/** Each sale sees what the previous ones took from caps, budgets and plans. */
export function postAssessments(sales: readonly SaleToAssess[], working: WorkingSet): PostedAssessments {
  const slid = slideExpiries(sales, working)
  const subscriptions = new Map<Uuid, Subscription>()
  const budgets: BudgetChange[] = []
  let { shared } = working
  const posted = sales.map((sale) => {
    const decision = decide(sale, working, shared)
    const result = postAssessment({ sale, decision, working }, shared)
    shared = result.shared
    budgets.push(...result.budgets)
    // Two sales of a customer may have moved the same plan.
    for (const one of result.subscriptions) subscriptions.set(one.id, one)
    return { sale, decision, movements: [...(slid.get(sale.family.id) ?? []), ...result.movements] }
  })
  // Balances come last: each sale may move units of other sales of its customer.
  const assessments = posted.map(({ sale, ...rest }) => ({
    ...sale,
    ...rest,
    balances: balancesOf(sale, working.book),
  }))
  return { assessments, subscriptions: [...subscriptions.values()], budgets, working }
}

export async function writeAssessments(
  tx: Transaction,
  lock: BusinessLock,
  { working: { book, openCards, shared }, subscriptions, budgets }: PostedAssessments,
): Promise<void> {
  await Promise.all([
    commit(tx, lock, book),
    saveSubscriptions(tx, lock, { before: [...shared.plans.values()].flat(), after: subscriptions }, book),
    saveAwards(tx, lock, openCards.values(), book),
    addToBudgets(tx, budgets),
  ])
}

function decide(sale: SaleToAssess, working: WorkingSet, shared: SharedState): Decision {
  const { family, programs, customer, branch, ceiling, known } = sale
  return assess({
    family,
    programs,
    currency: family.sale?.order.currency ?? programs.business.currency,
    branch,
    customer,
    pinned: pinnedBy(sale),
    ceiling,
    isReleased: isReleasedAfter(sale.before?.ceiling ?? null, ceiling),
    known,
    roomFor: (version) => roomFor(version, sale, working, shared),
    carryFor: (version) => (customer ? carryFor(version, sale, customer.id, working) : ZERO),
  })
}

/**
 * The fraction of a unit that the customer's earlier orders carry: that of the account, without
 * what this sale did to it before.
 */
function carryFor(version: PinnedVersion, sale: SaleToAssess, customerId: Uuid, { book }: WorkingSet): Rational {
  const carry = parseRational(book.account(accountOf(sale, customerId, version)).carry ?? '0')
  return sale.before?.customerId === customerId ? subtract(carry, leftBy(sale.before.facts, version.programId)) : carry
}

/**
 * The units that caps and budget leave for this sale. Units that earlier assessments gave it do not
 * count against it.
 */
function roomFor(
  version: PinnedVersion,
  sale: SaleToAssess,
  { book }: WorkingSet,
  { capRooms, budgetsUsed }: SharedState,
): CapRoom | null {
  const rooms: CapRoom[] = capRooms
    .filter(({ question }) => question.programId === version.programId && question.saleId === sale.family.id)
    .map(({ question, units }) => ({ units: Math.max(0, units), by: question.scope }))
  const budget = budgetOf(version)
  if (budget !== null) {
    const others = (budgetsUsed.get(version.programId) ?? 0) - budgetedBefore(sale, version.programId, book)
    rooms.push({ units: Math.max(0, budget - others), by: 'budget' })
  }
  return rooms.reduce<CapRoom | null>(
    (least, room) => (least === null || room.units < least.units ? room : least),
    null,
  )
}

/**
 * Updates the expiry of sliding lots to the customers' current orders, before units of this round
 * are taken from them: restores units that had expired only because an order was unknown, and
 * expires units that a removed order had extended. The lots of the sales themselves are updated when
 * they are posted. Returns the movements by sale.
 */
function slideExpiries(
  sales: readonly SaleToAssess[],
  { book, openCards, sliding }: WorkingSet,
): ReadonlyMap<Uuid, readonly Movement<Why>[]> {
  const own = new Set(sales.map((one) => one.family.id))
  const movements = new Map<Uuid, Movement<Why>[]>()
  for (const expiry of sliding.values()) {
    const { businessId, customerId } = expiry
    const sale = sales.find(({ before, customer }) => [before?.customerId, customer?.id].includes(customerId))
    if (!sale || expiry.changed.length === 0) continue
    for (const programId of expiry.programIds) {
      const key = { businessId, customerId, programId }
      if (!book.has(key) || !slide(book, key, (lot) => (own.has(lot.id) ? null : movedExpiry(expiry, lot)))) continue
      const cards = openCards.get(accountId(key))
      const transfers = cards
        ? withCards(book, cards, cardTerms(sale.programs, programId), () => restoreExtended(book, key))
        : [...restoreExtended(book, key), ...releaseAndExpire(book, key)]
      movements.set(sale.family.id, [...(movements.get(sale.family.id) ?? []), ...transfers.map(movementOf)])
    }
  }
  return movements
}

function balancesOf(sale: SaleToAssess, book: Book<Why>): Assessment['balances'] {
  const { customer, programs } = sale
  if (!customer) return []
  return (programs.terms.at(-1)?.members ?? []).map((version) => {
    const { balances } = book.account(accountOf(sale, customer.id, version))
    return { programId: version.programId, available: balances.available, pending: balances.pending }
  })
}
