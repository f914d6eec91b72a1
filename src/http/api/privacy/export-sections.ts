// The sections of an export: each is read in pages of short transactions, so that a slow reader
// holds no connection.
import { actorToJson } from '../../../../contract/actor.ts'
import { createDictionaryCache, readBodies } from '../../../archive/dictionaries.ts'
import { listNotes } from '../../../customers/notes.ts'
import { formerPhones } from '../../../customers/phones.ts'
import type { Customer } from '../../../customers/store.ts'
import type { Transaction } from '../../../db/database.ts'
import { formatId, type Uuid } from '../../../kernel/ids.ts'
import { readBalances, readExpirySchedule, readLedgerPage } from '../../../ledger/read.ts'
import { listOrders, type OrderHead, salesBehind } from '../../../orders/read.ts'
import { loadFamilies } from '../../../orders/store.ts'
import * as store from '../../../privacy/export-store.ts'
import type { BusinessPrograms } from '../../../programs/store.ts'
import type { Why } from '../../../programs/why.ts'
import { listClaims } from '../../../rewards/claims/claim-store.ts'
import { claimToJson } from '../claims/claim-to-json.ts'
import { balancesToJson, profileToJson, withExpiry } from '../customers/customer-to-json.ts'
import { entryToJson } from '../customers/entry-to-json.ts'
import { formatInstant, formatOptionalId } from '../format.ts'
import { contentsToJson, orderSummaryToJson } from '../orders/order-to-json.ts'

/** Whom the export is about. */
export interface Exported {
  businessId: Uuid
  customerId: Uuid
  /** Those who were merged into the customer: their movements are the customer's. */
  merged: readonly Uuid[]
  programs: BusinessPrograms
}

/** A page of a section: its entries, and where the next page begins; null at the end. */
export interface SectionPage {
  entries: object[]
  next: unknown
}

/** `at`: what the page before returned as `next`; null for the first page. */
export type Section = (tx: Transaction, of: Exported, at: never) => Promise<SectionPage>

/** Entries of a page, and orders, whose bodies are large. */
const PAGE = 100
const ORDERS_PAGE = 20

/** In the order of the export. */
export const SECTIONS: Readonly<Record<string, Section>> = {
  subscriptions: byId(store.plansOf, (plan) => ({
    id: formatId('subscription', plan.id),
    program_id: formatId('program', plan.programId),
    order_id: formatOptionalId('order', plan.orderId),
    quantity: plan.quantity,
    bought_at: formatInstant(plan.boughtAt),
    started_at: formatInstant(plan.startedAt),
    ends_at: formatInstant(plan.endsAt),
    ended_at: formatInstant(plan.endedAt),
  })),
  stamp_cards: byId(store.cardsOf, (card) => ({
    id: formatId('card', card.id),
    program_id: formatId('program', card.programId),
    number: card.number,
    status: card.status,
    goal: card.goal,
    completed_at: formatInstant(card.wonAt),
    expires_at: formatInstant(card.expiresAt),
  })),
  claims: async (tx, { businessId, customerId, programs }, before: Uuid | null) => {
    const rows = await listClaims(tx, { businessId, customerId }, { before, limit: PAGE })
    return pageOf(rows, PAGE, (claim) => claimToJson(claim, programs))
  },
  movements: async (tx, { businessId, customerId, merged, programs }, before: Uuid | null) => {
    const rows = await readLedgerPage<Why>(tx, {
      businessId,
      customerId,
      merged,
      before: before ?? undefined,
      limit: PAGE,
    })
    const sales = await salesBehind(
      tx,
      businessId,
      rows.map((row) => row.sourceId),
    )
    return pageOf(rows, PAGE, (row) => entryToJson(row, programs, sales))
  },
  orders: exportOrders,
}

/** The parts of the export that are one value each. */
export async function exportProfile(
  tx: Transaction,
  of: Exported,
  customer: Customer,
): Promise<Record<string, object>> {
  const { businessId, customerId, programs } = of
  const [sources, former, merged, links, balances, schedule, notes] = await Promise.all([
    store.profileSources(tx, businessId, customerId),
    formerPhones(tx, businessId, customerId),
    store.mergedCustomersOf(tx, businessId, customerId),
    store.posLinksOf(tx, businessId, customerId),
    readBalances(tx, businessId, [customerId]),
    readExpirySchedule(tx, businessId, customerId),
    listNotes(tx, businessId, customerId),
  ])
  const entered = Object.entries(sources?.entered ?? {})
  return {
    customer: {
      ...profileToJson(customer),
      excluded_at: formatInstant(sources?.excludedAt ?? null),
      entered: Object.fromEntries(
        entered.map(([field, { value, at }]) => [field, { value, entered_at: formatInstant(at) }]),
      ),
      stated_by_pos: sources?.posProfile ?? {},
      former_phones: former.map(({ phone, since, replacedBy }) => {
        return { phone, until: formatInstant(since), replaced_by: actorToJson(replacedBy) }
      }),
      pos_customers: links.map(({ pos, id }) => ({ pos, id })),
    },
    merged_customers: merged.map((one) => ({
      id: formatId('customer', one.id),
      phone: one.phone,
      name: one.name,
      reason: one.reason,
      created_at: formatInstant(one.createdAt),
      merged_at: formatInstant(one.mergedAt),
    })),
    notes: notes.map(({ text, createdAt, createdBy }) => {
      return { text, created_at: formatInstant(createdAt), created_by: actorToJson(createdBy) }
    }),
    balances: withExpiry(balancesToJson(customerId, programs, balances), schedule),
  }
}

/** Each with what the POS said of the customer, and what it sent. */
async function exportOrders(
  tx: Transaction,
  { businessId, customerId }: Exported,
  before: { at: number; id: Uuid } | null,
): Promise<SectionPage> {
  const heads = await listOrders(tx, businessId, { customerId }, before, ORDERS_PAGE)
  const keys = heads.map(({ id }) => ({ businessId, id }))
  const rows = keys.length === 0 ? [] : await loadFamilies(tx, keys, { dictionaries: createDictionaryCache(64) })
  const byOrder = new Map(rows.map((row) => [row.id, row]))
  const stored = await store.deliveriesOf(
    tx,
    businessId,
    heads.flatMap(({ id }) => byOrder.get(id)?.deliveries ?? []),
  )
  const bodies = await readBodies(tx, stored)
  const entries = heads.map((head) => {
    const order = byOrder.get(head.id)?.order
    const deliveries = stored.flatMap(({ id, orderId, event, result, receivedAt }, index) =>
      orderId === head.id
        ? [
            {
              id: formatId('delivery', id),
              event,
              result,
              received_at: formatInstant(receivedAt),
              body: JSON.parse(String(bodies[index])),
            },
          ]
        : [],
    )
    return {
      ...orderSummaryToJson(head),
      customer: order?.customer ?? null,
      ...(order && contentsToJson(order)),
      deliveries,
    }
  })
  return { entries, next: heads.length < ORDERS_PAGE ? null : positionOf(heads.at(-1)) }
}

function positionOf(head: OrderHead | undefined): { at: number; id: Uuid } | null {
  return head ? { at: head.occurred_at, id: head.id } : null
}

type PageById<Row> = (
  tx: Transaction,
  page: { businessId: Uuid; customerId: Uuid; after: Uuid | null; limit: number },
) => Promise<Row[]>

function byId<Row extends { id: Uuid }>(read: PageById<Row>, toJson: (row: Row) => object): Section {
  return async (tx, { businessId, customerId }, after: Uuid | null) =>
    pageOf(await read(tx, { businessId, customerId, after, limit: PAGE }), PAGE, toJson)
}

function pageOf<Row extends { id: Uuid }>(
  rows: readonly Row[],
  limit: number,
  toJson: (row: Row) => object,
): SectionPage {
  return { entries: rows.map(toJson), next: rows.length < limit ? null : (rows.at(-1)?.id ?? null) }
}
