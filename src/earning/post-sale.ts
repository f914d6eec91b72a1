// Brings the units of one sale in one program to their target: points, stamps and cashback.
import type { EarningDefinition } from '../../contract/program.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { add, formatRational, parseRational, type Rational, subtract, ZERO } from '../kernel/rational.ts'
import { type AccountKey, accountId } from '../ledger/accounts.ts'
import type { Book } from '../ledger/book.ts'
import type { Lot, LotTerms } from '../ledger/lots.ts'
import { type Posting, post } from '../ledger/post.ts'
import { retime } from '../ledger/time.ts'
import { movementOf, type Transfer } from '../ledger/transfers.ts'
import { givesBack, type KnownOrder } from '../orders/family.ts'
import type { SaleFacts } from '../orders/sale-facts.ts'
import { cardTerms } from '../programs/cards/card-terms.ts'
import { withCards } from '../programs/cards/cards.ts'
import { lotTerms } from '../programs/expiry.ts'
import type { EarnWhy, UndoneBy, Why } from '../programs/why.ts'
import type { SaleToAssess } from './assessments.ts'
import { budgetOf, type CapQuestion } from './customer-facts.ts'
import type { Posted, PostingContext, Target } from './posting.ts'
import type { SharedState, WorkingSet } from './working-set.ts'

export function postSale(
  context: PostingContext,
  target: Target,
  definition: EarningDefinition,
  shared: SharedState,
): Posted {
  const { sale: one, working } = context
  const { key, version, entitlement, by } = target
  const { family, programs } = one
  const { book } = working
  const sale = must<KnownOrder>(family.sale ?? one.before, 'the sale')
  const lot = book.lot(book.account(key), family.id)
  const was = lot?.granted ?? 0
  const units = entitlement?.units ?? 0
  carryOn(context, key)
  if (units === 0 && was === 0) return { movements: [], subscriptions: [], budgets: [], shared }
  // A valid sale gets units; a sale that is no longer valid has a lot already, and units are reversed.
  const terms = units > 0 || !lot ? termsOfLot(one, target, definition, sale, working) : lot
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
  // Before the lot changes, because it has the units that the budget counts so far.
  const counted = key.customerId === one.before?.customerId ? budgetedBefore(one, key.programId, book) : 0
  const budgeted = (budgetOf(version) === null ? 0 : units) - counted
  const work = () => postAt(book, posting, lot)
  const cards = working.openCards.get(accountId(key))
  // Cards are filled again only if stamps change.
  const same = units === was && lot?.occurredAt === terms.occurredAt && lot.expiresAt === terms.expiresAt
  const transfers = cards && !same ? withCards(book, cards, cardTerms(programs, key.programId), work) : work()
  return {
    movements: transfers.map(movementOf),
    subscriptions: [],
    budgets: budgeted === 0 ? [] : [{ businessId: key.businessId, programId: key.programId, units: budgeted }],
    shared: {
      ...shared,
      budgetsUsed: budgeted === 0 ? shared.budgetsUsed : plus(shared.budgetsUsed, key.programId, budgeted),
      capRooms: shared.capRooms.map((room) => {
        const freed = lot && countsTowards(room.question, key, family.id, lot.businessDate) ? was : 0
        const used = countsTowards(room.question, key, family.id, sale.businessDate) ? units : 0
        return freed === used ? room : { ...room, units: room.units + freed - used }
      }),
    },
  }
}

/**
 * Posts to a lot that moves with its sale. If available units would be pending at the new time of
 * the sale, or vice versa, they are reversed first and earned again.
 */
function postAt(book: Book<Why>, posting: Posting<Why>, lot: Lot | undefined): Transfer<Why>[] {
  const { account, lotId, target, terms, why } = posting
  const move = () => retime(book, account, lotId, terms)
  const waits = terms.availableAt > book.now
  if (!lot || target === 0 || lot.granted === 0 || lot.pending === waits || lot.availableAt === terms.availableAt) {
    return [...move(), ...post(book, posting)]
  }
  const emptied = post(book, { ...posting, target: 0, why: { t: 'undone', by: 'date_changed', was: lot.granted } })
  return [...emptied, ...move(), ...post(book, { ...posting, why: earnedWhy(why) })]
}

/** An emptied lot gets everything that the sale earns. */
function earnedWhy(why: Why): Why {
  return why.t === 'change' || why.t === 'return' ? why.now : why
}

/**
 * The units of this sale that the program's budget counts so far: those that a version with a
 * budget gave.
 */
export function budgetedBefore(
  { before, businessId, family, programs }: SaleToAssess,
  programId: Uuid,
  book: Book<Why>,
): number {
  if (before?.customerId == null || before.terms === null) return 0
  const version = programs.termsNumber(before.terms)?.members.find((member) => member.programId === programId)
  if (!version || budgetOf(version) === null) return 0
  const account = book.account({ businessId, customerId: before.customerId, programId })
  return book.lot(account, family.id)?.granted ?? 0
}

function plus(units: ReadonlyMap<Uuid, number>, programId: Uuid, more: number): ReadonlyMap<Uuid, number> {
  return new Map(units).set(programId, (units.get(programId) ?? 0) + more)
}

/** The terms of a lot are derived from the current sale: a corrected time changes them. */
function termsOfLot(
  { programs }: SaleToAssess,
  { key: { customerId }, version: { version } }: Target,
  definition: EarningDefinition,
  { occurredAt, businessDate }: KnownOrder,
  { sliding, book }: WorkingSet,
): LotTerms {
  const terms = lotTerms(definition, occurredAt, businessDate, programs.business.timezone)
  const { slidingDays } = terms
  return {
    version,
    businessDate,
    occurredAt,
    slidingDays,
    // A POS clock that is ahead does not delay the release.
    availableAt: definition.pending_days === 0 ? Math.min(terms.availableAt, book.now) : terms.availableAt,
    expiresAt:
      slidingDays === null
        ? terms.expiresAt
        : must(sliding.get(customerId), 'the orders of a customer').expiryAt(occurredAt, slidingDays),
  }
}

/** Whether the units of this sale use the room that another sale of the round needs. */
function countsTowards(question: CapQuestion, key: AccountKey, saleId: Uuid, businessDate: IsoDate): boolean {
  const { customerId, programId, from, to } = question
  const sameAccount = customerId === key.customerId && programId === key.programId
  return sameAccount && question.saleId !== saleId && from <= businessDate && businessDate <= to
}

/** When the units were reversed: at the latest return, otherwise at the time of the snapshot. */
function changedAt({ family }: SaleToAssess, sale: KnownOrder): EpochMs {
  const returned = family.returns.filter(givesBack).map((one) => one.occurredAt)
  return returned.length > 0 ? Math.max(...returned) : sale.order.version.updated_at
}

function wordWhy({ family }: SaleToAssess, now: EarnWhy | null, by: UndoneBy | null, was: number): Why {
  if (now && was === 0) return now
  if (by && !now) return { t: 'undone', by, was }
  const earn = now ?? { t: 'earn', r: [], x: '0', u: 0 }
  return earn.u < was && family.returns.some(givesBack)
    ? { t: 'return', was, now: earn }
    : { t: 'change', was, now: earn }
}

/**
 * Sets the fraction that the account carries: what this sale leaves of it now, in place of what it
 * left before. So the whole units of all sales and the fraction carried are together what all sales
 * give exactly, whatever was returned.
 */
function carryOn({ sale: { before, customer }, decision, working: { book } }: PostingContext, key: AccountKey): void {
  const mine = key.customerId === customer?.id ? decision.facts : null
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
