// What the cases of a wave need of the ledger and beside it: locked and loaded in one round of
// statements.
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
import type { Assessment } from './assessments.ts'
import type { BatchState } from './context.ts'
import { budgetOf, budgetsUsed, type CapQuestion, capQuestions, capRoom } from './customer-facts.ts'
import { loadPlans } from './plans.ts'
import type { Slide } from './sliding-expiry.ts'

/** What the cases of a wave read, besides the orders. */
export interface WorkingSet {
  book: Book<Why>
  /** Unused stamp cards, by `accountId`. */
  hands: Map<string, OpenCards>
  slides: ReadonlyMap<Uuid, Slide>
  /** Plans that these sales touch, by `accountId`. */
  plans: Map<string, Subscription[]>
  /**
   * The room of each cap, less what this wave granted and with what it took back; below 0 when
   * there is none.
   */
  capRooms: { question: CapQuestion; units: number }[]
  /** Units that each program's budget has let out, this wave's included. */
  budgets: Map<Uuid, number>
}

export function accountOf({ businessId }: Assessment, customerId: Uuid, { programId }: PinnedVersion): AccountKey {
  return { businessId, customerId, programId }
}

/**
 * Each program that has judged the sale, judges it now, or is in force today and has its balance
 * answered, in some version.
 */
export function versionsOf({ before, family, programs }: Assessment): PinnedVersion[] {
  const terms = [
    before?.terms != null ? programs.termsNumber(before.terms) : undefined,
    family.sale ? termsAt(programs.terms, family.sale.occurredAt) : undefined,
    programs.terms.at(-1),
  ]
  return [
    ...new Map(terms.flatMap((one) => one?.members ?? []).map((version) => [version.programId, version])).values(),
  ]
}

/**
 * `slides`: of the customers of these cases. `locked`: accounts that this transaction has locked,
 * with their balances as they are now.
 */
export async function loadWorkingSet(
  tx: Transaction,
  state: BatchState,
  cases: readonly Assessment[],
  slides: ReadonlyMap<Uuid, Slide>,
  locked: ReadonlyMap<string, Account>,
): Promise<WorkingSet> {
  const plots = cases.flatMap((one) =>
    customersOf(one).flatMap((customerId) =>
      versionsOf(one).map((version) => ({ one, customerId, version, key: accountOf(one, customerId, version) })),
    ),
  )
  const held = await loadPlans(tx, cases, locked, state.now)
  const own = [
    ...plots
      .filter(({ version }) => version.type !== 'subscription')
      // What nobody knew has no lots yet.
      .map(({ one, key }) => ({ account: key, lotId: one.family.id, isNew: one.isNew })),
    ...held.own.map((lot) => ({ ...lot, isNew: false })),
  ]
  const judging = cases.flatMap((one) => judgingVersions(one).map((version) => ({ one, version })))
  const questions = judging.flatMap(({ one: { family, customer, businessId }, version }) => {
    const { sale } = family
    if (!sale || !customer) return []
    const saleId = sale.id
    return capQuestions(version, { businessId, customerId: customer.id, saleId, businessDate: sale.businessDate })
  })
  const budgeted = judging.filter(({ version }) => budgetOf(version) !== null)
  const slid = accountsSlid(slides.values(), state.now)
  const [accounts, lots, cards, rooms, budgets] = await Promise.all([
    lockAccounts(
      tx,
      plots.map((plot) => plot.key),
      state.now,
      held.accounts.size === 0 ? locked : new Map([...locked, ...held.accounts]),
      slid.map((one) => one.account),
    ),
    loadLots(tx, {
      own: own.filter((lot) => !lot.isNew),
      // A sale that was judged before may have to give back more than its own lot holds; a card is
      // filled from all lots.
      open: [
        ...plots.filter(({ one, version }) => one.before || version.type === 'stamps').map((plot) => plot.key),
        ...slid.map((one) => one.account),
        ...[...held.plans.values()].flatMap(([plan]) => plan ?? []),
      ],
      expired: slid.flatMap(({ account, after }) => (after === null ? [] : [{ account, after }])),
    }),
    loadOpenCards(
      tx,
      [...plots.map((plot) => plot.key), ...slid.map((one) => one.account)].filter(
        ({ businessId, programId }) => typeOf(state, businessId, programId) === 'stamps',
      ),
    ),
    capRoom(tx, questions),
    budgetsUsed(
      tx,
      budgeted.map(({ one: { businessId }, version: { programId } }) => ({ businessId, programId })),
    ),
  ])
  const zoneOf = (businessId: Uuid) => must(state.books.get(businessId), 'the business').business.timezone
  const reasons = ledgerReasons(zoneOf)
  const book = new Book<Why>(accounts.values(), { now: state.now, ids: state.ids, reasons })
  // Of an account that is not there, no lots were found either.
  book.admit({ ...lots, request: { ...lots.request, open: lots.request.open.filter((key) => book.has(key)) } })
  book.admit({ request: { own: own.filter((lot) => lot.isNew), open: [] }, lots: [] })
  book.admit(await freshLots(tx, cards.lots, zoneOf))
  const late = expiredSince(plots, accounts, state.now)
  if (late.length > 0) book.admit(await loadLots(tx, { own: [], open: [], expired: late }))
  return {
    book,
    hands: cards.openCards,
    slides,
    plans: held.plans,
    capRooms: questions.map((question, index) => ({ question, units: rooms[index] ?? 0 })),
    budgets,
  }
}

/**
 * The accounts of customers who have an order on another day than before, in every program that
 * ever let expiry slide. `after`: when a day of the past changed, its beginning. What has expired
 * since then may have expired wrongly.
 */
function accountsSlid(slides: Iterable<Slide>, now: EpochMs): { account: AccountKey; after: EpochMs | null }[] {
  return Array.from(slides).flatMap(({ businessId, customerId, programIds, changed: [first] }) =>
    first
      ? Array.from(programIds, (programId) => {
          return { account: { businessId, customerId, programId }, after: first.to <= now ? first.from : null }
        })
      : [],
  )
}

/**
 * The stamps that expired after the beginning of a sale of an earlier day: it may fill a card with
 * them, or have done so. Expiry falls at the end of a day, so a sale of today has none.
 */
function expiredSince(
  plots: readonly { one: Assessment; key: AccountKey; version: PinnedVersion }[],
  accounts: ReadonlyMap<string, Account>,
  now: EpochMs,
): { account: AccountKey; after: EpochMs }[] {
  return plots.flatMap(({ one: { before, family, programs }, key, version }) => {
    if (version.type !== 'stamps' || !accounts.get(accountId(key))?.balances.expired) return []
    const { timezone } = programs.business
    const times = [before?.occurredAt, family.sale?.occurredAt].filter((at) => at !== undefined)
    if (times.length === 0) return []
    const after = Math.min(...times)
    return localDate(after, timezone) < localDate(now, timezone) ? [{ account: key, after }] : []
  })
}

function typeOf({ books }: BatchState, businessId: Uuid, programId: Uuid): ProgramType | undefined {
  return books.get(businessId)?.programs.get(programId)?.type
}

/** The versions in force when the sale was paid: those whose caps and budgets bind it. */
function judgingVersions({ family, programs }: Assessment): readonly PinnedVersion[] {
  return family.sale ? (termsAt(programs.terms, family.sale.occurredAt)?.members ?? []) : []
}

function customersOf({ before, customer }: Assessment): Uuid[] {
  return [...new Set([before?.customerId, customer?.id].filter((id) => id != null))]
}
