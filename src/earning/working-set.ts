// The data that the sales of a round need, in the ledger and elsewhere: locked and loaded in one
// round of statements.
import type { ProgramType } from '../../contract/program.ts'
import type { Transaction } from '../db/database.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { localDate } from '../kernel/local-date.ts'
import { type Account, type AccountKey, accountId, lockAccounts } from '../ledger/accounts.ts'
import { Book } from '../ledger/book.ts'
import { loadLots } from '../ledger/lots.ts'
import { loadOpenCards } from '../programs/cards/awards-store.ts'
import type { OpenCards } from '../programs/cards/cards.ts'
import type { Subscription } from '../programs/plans/subscriptions.ts'
import { ledgerReasons } from '../programs/reasons.ts'
import { freshLots } from '../programs/sliding.ts'
import { type PinnedVersion, termsAt } from '../programs/terms.ts'
import type { Why } from '../programs/why.ts'
import type { SaleToAssess } from './assessments.ts'
import type { EarningContext } from './context.ts'
import { budgetOf, budgetsUsed, type CapQuestion, capQuestions, capRoom } from './customer-facts.ts'
import { loadPlans } from './plans.ts'
import { loadSlidingExpiry, type SlidingExpiry } from './sliding-expiry.ts'

/**
 * The data that the sales of a round read besides the orders. Book and open cards collect what is
 * posted until it is written; the rest does not change.
 */
export interface WorkingSet {
  readonly book: Book<Why>
  /** Unused stamp cards, by `accountId`. */
  readonly openCards: ReadonlyMap<string, OpenCards>
  /** By customer. */
  readonly sliding: ReadonlyMap<Uuid, SlidingExpiry>
  /** The state for the first sale. */
  readonly shared: SharedState
}

/**
 * The state that sales of one round share: each posting returns the state for the next one.
 */
export interface SharedState {
  /** Plans that these sales affect, by `accountId`. */
  readonly plans: ReadonlyMap<string, readonly Subscription[]>
  /** The room of each cap; below 0 where more was granted than it allows. */
  readonly capRooms: readonly { question: CapQuestion; units: number }[]
  /** Units that each program's budget has granted. */
  readonly budgetsUsed: ReadonlyMap<Uuid, number>
}

/** `locked`: accounts that this transaction has locked, with their balances as they are now. */
export async function loadWorkingSet(
  tx: Transaction,
  context: EarningContext,
  sales: readonly SaleToAssess[],
  locked: ReadonlyMap<string, Account>,
): Promise<WorkingSet> {
  const { now, ids } = context
  const sliding = await loadSlidingExpiry(tx, sales)
  const needed = accountsNeeded(sales)
  const held = await loadPlans(tx, sales, locked, now)
  const own = [
    ...needed
      .filter(({ version }) => version.type !== 'subscription')
      // A new sale has no lots yet.
      .map(({ sale, key }) => ({ account: key, lotId: sale.family.id, isNew: sale.isNew })),
    ...held.own.map((lot) => ({ ...lot, isNew: false })),
  ]
  const questions = capQuestionsOf(sales)
  const moved = accountsThatSlide(sliding.values(), now)
  const keys = needed.map(({ key }) => key)
  const [accounts, lots, cards, rooms, budgets] = await Promise.all([
    lockAccounts(
      tx,
      keys,
      now,
      held.accounts.size === 0 ? locked : new Map([...locked, ...held.accounts]),
      moved.map((one) => one.account),
    ),
    loadLots(tx, {
      own: own.filter((lot) => !lot.isNew),
      open: [
        ...keysWithOpenLots(needed),
        ...moved.map((one) => one.account),
        ...[...held.plans.values()].flatMap(([plan]) => plan ?? []),
      ],
      expired: moved.flatMap(({ account, after }) => (after === null ? [] : [{ account, after }])),
    }),
    loadOpenCards(
      tx,
      [...keys, ...moved.map((one) => one.account)].filter((key) => typeOf(context, key) === 'stamps'),
    ),
    capRoom(tx, questions),
    budgetsUsed(tx, budgetsOf(sales)),
  ])
  const zoneOf = (businessId: Uuid) => must(context.programs.get(businessId), 'the business').business.timezone
  const book = new Book<Why>(accounts.values(), { now, ids, actor: context.actor, reasons: ledgerReasons(zoneOf) })
  // An account that does not exist has no lots.
  book.admit({ ...lots, request: { ...lots.request, open: lots.request.open.filter((key) => book.has(key)) } })
  book.admit({ request: { own: own.filter((lot) => lot.isNew), open: [] }, lots: [] })
  book.admit(await freshLots(tx, cards.lots, zoneOf))
  const late = expiredSince(needed, accounts, now)
  if (late.length > 0) book.admit(await loadLots(tx, { own: [], open: [], expired: late }))
  const capRooms = questions.map((question, index) => ({ question, units: rooms[index] ?? 0 }))
  return {
    book,
    openCards: cards.openCards,
    sliding,
    shared: { plans: held.plans, capRooms, budgetsUsed: budgets },
  }
}

/** An account that a sale may change, and the version for which it does. */
interface NeededAccount {
  sale: SaleToAssess
  version: PinnedVersion
  key: AccountKey
}

function accountsNeeded(sales: readonly SaleToAssess[]): NeededAccount[] {
  return sales.flatMap((sale) =>
    customersOf(sale).flatMap((customerId) =>
      versionsOf(sale).map((version) => ({ sale, version, key: accountOf(sale, customerId, version) })),
    ),
  )
}

export function accountOf(
  { businessId }: Pick<SaleToAssess, 'businessId'>,
  customerId: Uuid,
  { programId }: PinnedVersion,
): AccountKey {
  return { businessId, customerId, programId }
}

function customersOf({ before, customer }: SaleToAssess): Uuid[] {
  return [...new Set([before?.customerId, customer?.id].filter((id) => id != null))]
}

/**
 * Each program, in some version, that assessed the sale before, assesses it now, or is in force
 * today and has its balance in the answer.
 */
function versionsOf({ before, family, programs }: SaleToAssess): PinnedVersion[] {
  const terms = [
    before?.terms != null ? programs.termsNumber(before.terms) : undefined,
    family.sale ? termsAt(programs.terms, family.sale.occurredAt) : undefined,
    programs.terms.at(-1),
  ]
  return [
    ...new Map(terms.flatMap((one) => one?.members ?? []).map((version) => [version.programId, version])).values(),
  ]
}

/** The versions in force when the sale was paid: those whose caps and budgets bind it. */
function bindingVersions({ family, programs }: SaleToAssess): readonly PinnedVersion[] {
  return family.sale ? (termsAt(programs.terms, family.sale.occurredAt)?.members ?? []) : []
}

function capQuestionsOf(sales: readonly SaleToAssess[]): CapQuestion[] {
  return sales.flatMap((one) => {
    const { sale } = one.family
    const { customer, businessId } = one
    if (!sale || !customer) return []
    const about = { businessId, customerId: customer.id, saleId: sale.id, businessDate: sale.businessDate }
    return bindingVersions(one).flatMap((version) => capQuestions(version, about))
  })
}

function budgetsOf(sales: readonly SaleToAssess[]): { businessId: Uuid; programId: Uuid }[] {
  return sales.flatMap((sale) =>
    bindingVersions(sale)
      .filter((version) => budgetOf(version) !== null)
      .map(({ programId }) => ({ businessId: sale.businessId, programId })),
  )
}

/**
 * The reversal of an assessed sale may exceed its own lot, and a card is filled from all lots.
 */
function keysWithOpenLots(needed: readonly NeededAccount[]): AccountKey[] {
  return needed.filter(({ sale, version }) => sale.before || version.type === 'stamps').map(({ key }) => key)
}

/**
 * The accounts of customers who have an order on another day than before, in every program that
 * ever had sliding expiry. `after`: the beginning of the earliest past day that changed. Units that
 * expired after it may have expired wrongly.
 */
function accountsThatSlide(
  sliding: Iterable<SlidingExpiry>,
  now: EpochMs,
): { account: AccountKey; after: EpochMs | null }[] {
  return Array.from(sliding).flatMap(({ businessId, customerId, programIds, changed: [first] }) =>
    first
      ? Array.from(programIds, (programId) => {
          return { account: { businessId, customerId, programId }, after: first.to <= now ? first.from : null }
        })
      : [],
  )
}

/**
 * The accounts whose stamps expired after the beginning of a sale of an earlier day: the sale may
 * fill a card with them, or have done so. Expiry falls at the end of a day, so a sale of today has
 * none.
 */
function expiredSince(
  needed: readonly NeededAccount[],
  accounts: ReadonlyMap<string, Account>,
  now: EpochMs,
): { account: AccountKey; after: EpochMs }[] {
  return needed.flatMap(({ sale: { before, family, programs }, key, version }) => {
    if (version.type !== 'stamps' || !accounts.get(accountId(key))?.balances.expired) return []
    const { timezone } = programs.business
    const times = [before?.occurredAt, family.sale?.occurredAt].filter((at) => at !== undefined)
    if (times.length === 0) return []
    const after = Math.min(...times)
    return localDate(after, timezone) < localDate(now, timezone) ? [{ account: key, after }] : []
  })
}

function typeOf({ programs }: EarningContext, { businessId, programId }: AccountKey): ProgramType | undefined {
  return programs.get(businessId)?.programs.get(programId)?.type
}
