// From judged sales to the ledger: loads and locks what the cases of a wave touch, judges each, and posts the difference.
import type { Transaction } from '../db/database.ts'
import { must } from '../kernel/assert.ts'
import type { Uuid } from '../kernel/ids.ts'
import { parseRational, ZERO } from '../kernel/rational.ts'
import { type AccountKey, lockAccounts } from '../ledger/accounts.ts'
import { Book } from '../ledger/book.ts'
import { commit } from '../ledger/commit.ts'
import { loadLots } from '../ledger/lots.ts'
import { slide } from '../ledger/time.ts'
import type { Hand } from '../programs/cards.ts'
import { loadCards, saveCards } from '../programs/cards-store.ts'
import { slidingExpiry } from '../programs/expiry.ts'
import { ledgerReasons } from '../programs/reasons.ts'
import {
  begunLots,
  loadSubscriptions,
  type Subscription,
  saveSubscriptions,
  subscriptionId,
} from '../programs/subscriptions.ts'
import { type PinnedVersion, termsAt } from '../programs/terms.ts'
import type { Why } from '../programs/why.ts'
import type { BatchState } from './batch.ts'
import type { Case } from './cases.ts'
import { addToBudgets, budgetOf, budgetsUsed, type CapQuestion, capQuestions, capRoom, slides } from './cross-facts.ts'
import { type CapRoom, judge } from './judge.ts'
import { type Posted, postCase } from './post-case.ts'

/** What the cases of a wave read, besides the orders. */
export interface Ledgers {
  book: Book<Why>
  /** Unused stamp cards, by `accountId`. */
  hands: Map<string, Hand>
  subscriptions: Map<Uuid, Subscription>
  capRooms: { question: CapQuestion; units: number }[]
  /** Units that each program's budget has let out, this wave's included. */
  budgets: Map<Uuid, number>
}

/** Judges and posts every case; `write` puts down what came of it. */
export async function settleCases(
  tx: Transaction,
  state: BatchState,
  cases: readonly Case[],
): Promise<{ write: () => Promise<unknown> }> {
  const ledgers = await loadLedgers(tx, state, cases)
  slideExpiries(ledgers.book, cases)
  const posted = cases.map((one) => settleCase(one, ledgers, state))
  // Only now, as a case may have moved units of another sale of the same customer.
  for (const one of cases) if (one.customer) one.balances = balancesOf(one, one.customer.id, ledgers.book)
  const spent = posted.flatMap((result) => result.budgets)
  return {
    write: () =>
      Promise.all([
        commit(tx, ledgers.book),
        saveSubscriptions(
          tx,
          posted.flatMap((result) => result.subscriptions),
        ),
        saveCards(tx, ledgers.hands.values(), state.now),
        addToBudgets(tx, spent),
      ]),
  }
}

function settleCase(one: Case, ledgers: Ledgers, state: BatchState): Posted {
  const { family, programs, customer, branch, firstOrder } = one
  one.judgement = judge({
    family,
    programs,
    currency: family.sale?.order.currency ?? programs.business.currency,
    branch,
    customer,
    pinned: pinnedBy(one),
    firstOrder,
    roomFor: (version) => roomFor(version, one, ledgers),
    carryFor: (version) => {
      const carry = customer && ledgers.book.account(accountOf(one, customer.id, version)).carry
      return carry ? parseRational(carry) : ZERO
    },
  })
  return postCase(one, one.judgement, ledgers, state.now)
}

/** A sale judged before, for the same customer and at the same time, keeps its terms and facts for ever. */
export function pinnedBy({ before, customer, family }: Pick<Case, 'before' | 'customer' | 'family'>) {
  const same = before?.customerId === customer?.id && before?.occurredAt === family.sale?.occurredAt
  return same && before && before.terms !== null ? { terms: before.terms, facts: before.facts } : null
}

function accountOf({ businessId }: Case, customerId: Uuid, { programId }: PinnedVersion): AccountKey {
  return { businessId, customerId, programId }
}

/** The versions that have judged the sale, those that judge it now, and those in force today, whose balances are answered. */
function versionsOf({ before, family, programs }: Case): PinnedVersion[] {
  const terms = [
    before?.terms != null ? programs.termsNumber(before.terms) : undefined,
    family.sale ? termsAt(programs.terms, family.sale.occurredAt) : undefined,
    programs.terms.at(-1),
  ]
  return [
    ...new Map(terms.flatMap((one) => one?.members ?? []).map((version) => [version.programId, version])).values(),
  ]
}

async function loadLedgers(tx: Transaction, state: BatchState, cases: readonly Case[]): Promise<Ledgers> {
  const plots = cases.flatMap((one) =>
    customersOf(one).flatMap((customerId) =>
      versionsOf(one).map((version) => ({ one, customerId, version, key: accountOf(one, customerId, version) })),
    ),
  )
  const questions = plots.flatMap(({ one, customerId, version }) => {
    const { sale } = one.family
    if (!sale || customerId !== one.customer?.id) return []
    const { businessId } = one
    return capQuestions(version, { businessId, customerId, saleId: sale.id, businessDate: sale.order.business_date })
  })
  const budgeted = plots.filter(({ version }) => budgetOf(version) !== null)
  const [accounts, lots, cards, subscriptions, rooms, budgets] = await Promise.all([
    lockAccounts(
      tx,
      plots.map((plot) => plot.key),
      state.now,
    ),
    loadLots(tx, {
      own: plots.flatMap(({ one, customerId, version, key }) =>
        lotsOf(one, customerId, version, state.now).map((lotId) => ({ account: key, lotId })),
      ),
      // A sale that was judged before may have to give back more than its own lot holds; a card is filled from all lots.
      open: plots
        .filter(({ one, version }) => one.before || version.type === 'stamps' || slides(version))
        .map((p) => p.key),
    }),
    loadCards(
      tx,
      plots.filter(({ version }) => version.type === 'stamps').map((plot) => plot.key),
    ),
    loadSubscriptions(
      tx,
      plots.flatMap(({ one, customerId, version }) =>
        version.type === 'subscription' && one.before
          ? [{ businessId: one.businessId, id: subscriptionId(one.family.id, version.programId, customerId) }]
          : [],
      ),
    ),
    capRoom(tx, questions),
    budgetsUsed(
      tx,
      budgeted.map((plot) => plot.key),
    ),
  ])
  const reasons = ledgerReasons((businessId) => must(state.books.get(businessId), 'the business').business.timezone)
  const book = new Book<Why>(accounts.values(), { now: state.now, ids: state.ids, reasons })
  book.admit(lots)
  book.admit(cards.lots)
  return {
    book,
    hands: cards.hands,
    subscriptions: new Map(subscriptions.map((row) => [row.id, row])),
    capRooms: questions.map((question, index) => ({ question, units: rooms[index] ?? 0 })),
    budgets,
  }
}

function customersOf({ before, customer }: Case): Uuid[] {
  return [...new Set([before?.customerId, customer?.id].filter((id) => id != null))]
}

/** The lots of this sale in one program: its own, or those of the periods of the plan that it bought. */
function lotsOf({ family, before, programs }: Case, customerId: Uuid, version: PinnedVersion, now: number): Uuid[] {
  const { definition, programId } = version
  if (definition.type !== 'subscription') return [family.id]
  const id = subscriptionId(family.id, programId, customerId)
  const bought = new Set(definition.plan.products_bought)
  const buys = family.sale?.order.lines.some(
    (line) => bought.has(line.product_id) || (line.sku && bought.has(line.sku)),
  )
  if (!buys && !before) return []
  const terms = { definition, version: version.version, timezone: programs.business.timezone }
  const starts = new Set([family.sale?.occurredAt, before?.occurredAt].filter((at) => at !== undefined))
  return [...new Set([...starts].flatMap((at) => begunLots(id, at, terms, now)))]
}

/** Sliding lots move with the customer's last order, before anything of this wave is taken from them. */
function slideExpiries(book: Book<Why>, cases: readonly Case[]): void {
  for (const one of cases) {
    for (const [customerId, lastOrderAt] of one.lastOrders) {
      if (lastOrderAt === null) continue
      for (const version of versionsOf(one).filter(slides)) {
        const zone = one.programs.business.timezone
        slide(book, accountOf(one, customerId, version), (days) => slidingExpiry(lastOrderAt, days, zone))
      }
    }
  }
}

function roomFor(version: PinnedVersion, one: Case, { capRooms, budgets }: Ledgers): CapRoom | null {
  const rooms: CapRoom[] = capRooms
    .filter(({ question }) => question.programId === version.programId && question.saleId === one.family.id)
    .map(({ question, units }) => ({ units, by: question.scope }))
  const budget = budgetOf(version)
  if (budget !== null) rooms.push({ units: Math.max(0, budget - (budgets.get(version.programId) ?? 0)), by: 'budget' })
  return rooms.reduce<CapRoom | null>(
    (least, room) => (least === null || room.units < least.units ? room : least),
    null,
  )
}

function balancesOf(one: Case, customerId: Uuid, book: Book<Why>): Case['balances'] {
  return (one.programs.terms.at(-1)?.members ?? []).map((version) => {
    const { balances } = book.account(accountOf(one, customerId, version))
    return { programId: version.programId, available: balances.available, pending: balances.pending }
  })
}
