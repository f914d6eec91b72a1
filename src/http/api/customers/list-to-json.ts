// Formats a page of customers for the business API, with balances and, when asked for, figures.
import type { Figures as FiguresJson } from '../../../../contract/api/customer-figures.ts'
import type { CustomerInList } from '../../../../contract/api/customers.ts'
import { segmentsOf } from '../../../../contract/segments.ts'
import type { Customer } from '../../../customers/store.ts'
import type { Queryable } from '../../../db/database.ts'
import { type Figures, noFigures, readFigures } from '../../../figures/read.ts'
import { standingOf, type Targets, withCards } from '../../../figures/targets.ts'
import type { EpochMs } from '../../../kernel/clock.ts'
import type { Uuid } from '../../../kernel/ids.ts'
import { type CustomerBalance, readBalances } from '../../../ledger/read.ts'
import type { BusinessPrograms } from '../../../programs/store.ts'
import { formatInstant } from '../format.ts'
import { customerToJson } from './customer-to-json.ts'

export interface ShownList {
  programs: BusinessPrograms
  targets: Targets
  now: EpochMs
  withFigures: boolean
}

export async function customersToJson(
  q: Queryable,
  businessId: Uuid,
  customers: readonly Customer[],
  { programs, targets, now, withFigures }: ShownList,
): Promise<CustomerInList[]> {
  const ids = customers.map(({ id }) => id)
  const [balances, figures, cards] = await Promise.all([
    readBalances(q, businessId, ids),
    withFigures ? readFigures(q, businessId, ids) : new Map<Uuid, Figures>(),
    withFigures ? withCards(q, businessId, ids, targets, now) : new Set<Uuid>(),
  ])
  const byCustomer = Map.groupBy(balances, ({ customerId }) => customerId)
  return customers.map((customer) => {
    const own = byCustomer.get(customer.id) ?? []
    const json = customerToJson(customer, programs, own)
    if (!withFigures) return json
    const counted = figures.get(customer.id) ?? noFigures(customer.id)
    return {
      ...json,
      figures: figuresToJson(counted, { targets, now, balances: own, hasCard: cards.has(customer.id) }),
    }
  })
}

export function figuresToJson(
  { visits, spend, firstVisitAt, lastVisitAt }: Figures,
  {
    targets,
    now,
    balances,
    hasCard,
  }: { targets: Targets; now: EpochMs; balances: readonly CustomerBalance[]; hasCard: boolean },
): FiguresJson {
  const reward = standingOf(targets, balances, hasCard)
  return {
    visits,
    spend,
    first_visit_at: formatInstant(firstVisitAt),
    last_visit_at: formatInstant(lastVisitAt),
    segments: segmentsOf({ now, visits, firstVisitAt, lastVisitAt, reward }),
  }
}
