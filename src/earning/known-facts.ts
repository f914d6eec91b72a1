// Loads the facts that rules ask for beyond the order: pinned ones when a sale is first assessed,
// standing ones each time.
import type { Queryable } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'
import { counts } from '../orders/family.ts'
import {
  type CountedSale,
  earliestFirst,
  type FactSubject,
  type FactValue,
  type FactValues,
  type PinnedFact,
} from '../programs/fact.ts'
import { pinnedFacts, standingFacts } from '../programs/facts-asked.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import { termsAt } from '../programs/terms.ts'
import { type AssessedSale, pinnedBy } from './pinned-facts.ts'

interface Assessed extends AssessedSale {
  businessId: Uuid
  programs: BusinessPrograms
}

/**
 * The pinned facts of the sales that are assessed for the first time, by sale: one statement for
 * each fact that any of them asks for.
 */
export async function loadPinnedFacts(q: Queryable, sales: readonly Assessed[]): Promise<Map<Uuid, FactValues>> {
  const asked = new Map<PinnedFact, FactSubject[]>()
  for (const one of sales) {
    const { sale } = one.family
    if (!one.customer || !counts(sale) || pinnedBy(one)) continue
    const { businessId, customer, programs } = one
    const subject = { businessId, customerId: customer.id, saleId: sale.id, ...timesOf(sale) }
    for (const fact of pinnedFacts(termsAt(programs.terms, sale.occurredAt)?.members ?? []))
      asked.set(fact, [...(asked.get(fact) ?? []), subject])
  }
  const known = new Map<Uuid, Record<string, FactValue>>()
  await Promise.all(
    [...asked].map(async ([fact, subjects]) => {
      const values = await fact.load(q, subjects)
      subjects.forEach(({ saleId }, index) => {
        known.set(saleId, { ...known.get(saleId), [fact.name]: values[index] ?? fact.whenUnknown })
      })
    }),
  )
  return known
}

function timesOf({ occurredAt, businessDate }: Pick<FactSubject, 'occurredAt' | 'businessDate'>) {
  return { occurredAt, businessDate }
}

/** The standing facts of sales as the database has them, by sale; empty where no rule asks. */
export async function loadStandingFacts(
  q: Queryable,
  programs: BusinessPrograms,
  sales: readonly { id: Uuid; customerId: Uuid | null }[],
): Promise<Map<Uuid, FactValues>> {
  const { businessId } = programs
  const known = new Map<Uuid, Record<string, FactValue>>()
  for (const fact of standingFacts(programs)) {
    const ids = new Set(sales.flatMap(({ customerId }) => customerId ?? []))
    const loaded = Map.groupBy(
      await fact.load(
        q,
        [...ids].map((id) => ({ businessId, id })),
      ),
      (sale: CountedSale) => sale.customerId,
    )
    for (const { id, customerId } of sales) {
      const own = customerId === null ? [] : (loaded.get(customerId) ?? [])
      known.set(id, { ...known.get(id), [fact.name]: fact.valueOf(id, own.sort(earliestFirst)) })
    }
  }
  return known
}

/** The sales of these customers whose standing facts change when the customers become one. */
export async function salesChangedByMerge(
  q: Queryable,
  programs: BusinessPrograms,
  customers: readonly Uuid[],
): Promise<Uuid[]> {
  const { businessId } = programs
  const changed: Uuid[] = []
  for (const fact of standingFacts(programs)) {
    const keys = customers.map((id) => ({ businessId, id }))
    const sales = (await fact.load(q, keys)).sort(earliestFirst)
    const own = Map.groupBy(sales, (sale) => sale.customerId)
    for (const before of own.values()) changed.push(...fact.changed(before, sales))
  }
  return [...new Set(changed)]
}
