// From judged sales to the ledger: judges each case of a wave, and posts the difference.
import type { BusinessLock } from '../db/business-lock.ts'
import type { Transaction } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'
import { parseRational, type Rational, subtract, ZERO } from '../kernel/rational.ts'
import { type Account, accountId } from '../ledger/accounts.ts'
import type { Book } from '../ledger/book.ts'
import { commit } from '../ledger/commit.ts'
import { releaseAndExpire, restoreExtended, slide } from '../ledger/time.ts'
import { movementOf } from '../ledger/transfers.ts'
import { isReleasedAfter } from '../orders/ceiling.ts'
import type { CapRoom } from '../orders/sale-facts.ts'
import { saveAwards } from '../programs/cards/awards-store.ts'
import { cardTerms } from '../programs/cards/card-terms.ts'
import { withCards } from '../programs/cards/cards.ts'
import { type Subscription, saveSubscriptions } from '../programs/plans/subscriptions.ts'
import type { PinnedVersion } from '../programs/terms.ts'
import type { Why } from '../programs/why.ts'
import { assess } from './assess.ts'
import type { Assessment } from './assessments.ts'
import type { BatchState } from './context.ts'
import { addToBudgets, budgetOf } from './customer-facts.ts'
import { pinnedBy } from './pinned-facts.ts'
import { budgetedBefore, leftBy, type Posted, postAssessment } from './post-assessment.ts'
import { loadSlidingExpiry, slidTo } from './sliding-expiry.ts'
import { accountOf, loadWorkingSet, type WorkingSet } from './working-set.ts'

/** Judges and posts every case; `write` puts down what came of it. `locked`: as for loadLedgers. */
export async function postAssessments(
  tx: Transaction,
  _lock: BusinessLock,
  state: BatchState,
  cases: readonly Assessment[],
  locked: ReadonlyMap<string, Account>,
): Promise<{ write: () => Promise<unknown> }> {
  const ledgers = await loadWorkingSet(tx, state, cases, await loadSlidingExpiry(tx, cases), locked)
  slideExpiries(ledgers, cases)
  const posted = cases.map((one) => assessAndPost(one, ledgers, state))
  // Only now, as a case may have moved units of another sale of the same customer.
  for (const one of cases) if (one.customer) one.balances = balancesOf(one, one.customer.id, ledgers.book)
  const spent = posted.flatMap((result) => result.budgets)
  return {
    write: () =>
      Promise.all([
        commit(tx, ledgers.book),
        saveSubscriptions(tx, lastOfEach(posted.flatMap((result) => result.subscriptions))),
        saveAwards(tx, ledgers.hands.values(), state.now),
        addToBudgets(tx, spent),
      ]),
  }
}

/** Two sales of a customer may have moved the same plan. */
function lastOfEach(plans: readonly Subscription[]): Subscription[] {
  return [...new Map(plans.map((plan) => [plan.id, plan])).values()]
}

function assessAndPost(one: Assessment, ledgers: WorkingSet, state: BatchState): Posted {
  const { family, programs, customer, branch, ceiling, known } = one
  one.judgement = assess({
    family,
    programs,
    currency: family.sale?.order.currency ?? programs.business.currency,
    branch,
    customer,
    pinned: pinnedBy(one),
    ceiling,
    isReleased: isReleasedAfter(one.before?.ceiling ?? null, ceiling),
    known,
    roomFor: (version) => roomFor(version, one, ledgers),
    carryFor: (version) => (customer ? carryFor(version, one, customer.id, ledgers) : ZERO),
  })
  return postAssessment(one, one.judgement, ledgers, state.now)
}

/**
 * What earlier orders of the customer left of a unit: the account's fraction without what this sale
 * did to it before.
 */
function carryFor(version: PinnedVersion, one: Assessment, customerId: Uuid, { book }: WorkingSet): Rational {
  const carry = parseRational(book.account(accountOf(one, customerId, version)).carry ?? '0')
  return one.before?.customerId === customerId ? subtract(carry, leftBy(one.before.facts, version.programId)) : carry
}

/**
 * Moves the lots that slide to the expiry that the customers' orders give them now, before anything
 * of this wave is taken from them: restores what had expired only because an order was not known,
 * and expires what an order that fell away had extended. The lots of the sales themselves follow
 * when they are posted.
 */
function slideExpiries({ book, hands, slides }: WorkingSet, cases: readonly Assessment[]): void {
  const own = new Set(cases.map((one) => one.family.id))
  for (const move of slides.values()) {
    const one = cases.find(({ before, customer }) => [before?.customerId, customer?.id].includes(move.customerId))
    if (!one || move.changed.length === 0) continue
    const { businessId, customerId } = move
    for (const programId of move.programIds) {
      const key = { businessId, customerId, programId }
      if (!book.has(key) || !slide(book, key, (lot) => (own.has(lot.id) ? null : slidTo(move, lot)))) continue
      const hand = hands.get(accountId(key))
      const transfers = hand
        ? withCards(book, hand, cardTerms(one.programs, programId), () => restoreExtended(book, key))
        : [...restoreExtended(book, key), ...releaseAndExpire(book, key)]
      one.movements.push(...transfers.map(movementOf))
    }
  }
}

/**
 * What caps and budget leave to this sale. What it was given before, by whatever assessment, is not
 * in its way.
 */
function roomFor(version: PinnedVersion, one: Assessment, ledgers: WorkingSet): CapRoom | null {
  const rooms: CapRoom[] = ledgers.capRooms
    .filter(({ question }) => question.programId === version.programId && question.saleId === one.family.id)
    .map(({ question, units }) => ({ units: Math.max(0, units), by: question.scope }))
  const budget = budgetOf(version)
  if (budget !== null) {
    const others = (ledgers.budgets.get(version.programId) ?? 0) - budgetedBefore(one, version.programId, ledgers.book)
    rooms.push({ units: Math.max(0, budget - others), by: 'budget' })
  }
  return rooms.reduce<CapRoom | null>(
    (least, room) => (least === null || room.units < least.units ? room : least),
    null,
  )
}

function balancesOf(one: Assessment, customerId: Uuid, book: Book<Why>): Assessment['balances'] {
  return (one.programs.terms.at(-1)?.members ?? []).map((version) => {
    const { balances } = book.account(accountOf(one, customerId, version))
    return { programId: version.programId, available: balances.available, pending: balances.pending }
  })
}
