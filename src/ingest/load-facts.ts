// Loads the facts about deliveries before anything is decided: orders, customers and redemptions,
// in one round trip.
import { lockAccountsByPhone, type PhoneAccount } from '../customers/accounts.ts'
import { customerKey, findCustomers, type KnownCustomer } from '../customers/enrol.ts'
import type { RequestedLock } from '../db/business-lock.ts'
import type { Transaction } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Account } from '../ledger/accounts.ts'
import { familiesNamed, idOf, type OrderDelivery, originalIdOf } from '../orders/apply-snapshot.ts'
import type { SnapshotSource } from '../orders/snapshots.ts'
import { loadFamilies, type OrderRow, withRows } from '../orders/store.ts'
import type { ProgramCache } from '../programs/store.ts'
import { termsAt } from '../programs/terms.ts'
import type { Claim } from '../rewards/claims/claim.ts'
import { redeemedFor } from '../rewards/claims/claim-store.ts'

/** May hold more than a round needs, and nothing that an earlier round has changed. */
export interface Facts {
  rows: ReadonlyMap<Uuid, OrderRow>
  customers: ReadonlyMap<string, KnownCustomer>
  /** Claims that were redeemed for the orders and the sales of their families. */
  redeemed: Claim[]
  /** Accounts that are locked already, by `accountId`: those that are likely to be needed. */
  accounts: ReadonlyMap<string, Account>
}

/** The families that the snapshots name, and those to which the orders belonged before. */
export async function loadFacts(
  tx: Transaction,
  _lock: RequestedLock,
  deliveries: readonly OrderDelivery[],
  source: SnapshotSource & { programs: ProgramCache },
): Promise<Facts> {
  const keys = deliveries.flatMap((delivery) =>
    [idOf(delivery), originalIdOf(delivery)].flatMap((id) => (id ? [{ businessId: delivery.businessId, id }] : [])),
  )
  const phones = deliveries.flatMap(({ businessId, parsed: { order } }) =>
    order.customer ? [{ businessId, phone: order.customer.phone }] : [],
  )
  const [orders, customers, redeemed, accounts] = await Promise.all([
    keys.length > 0 ? loadFamilies(tx, keys, source) : [],
    findCustomers(tx, phones),
    redeemedFor(tx, keys),
    lockAccountsByPhone(tx, likelyAccounts(deliveries, source.programs)),
  ])
  const facts = { rows: new Map(orders.map((row) => [row.id, row])), customers, redeemed, accounts }
  return orders.length === 0 ? facts : await loadRelated(tx, facts, deliveries, { keys, phones, source })
}

/**
 * The accounts of the customers of sales, in the programs that assess them and whose balances are
 * in the answer, as far as this process has the programs in memory.
 */
function likelyAccounts(deliveries: readonly OrderDelivery[], cache: ProgramCache): PhoneAccount[] {
  return deliveries.flatMap(({ businessId, parsed: { order } }) => {
    const programs = cache.latest(businessId)
    const phone = order.customer?.phone
    if (!programs || phone === undefined || order.kind !== 'sale') return []
    const members = [termsAt(programs.terms, order.occurred_at), programs.terms.at(-1)].flatMap(
      (one) => one?.members ?? [],
    )
    return [...new Set(members.map((member) => member.programId))].map((programId) => ({
      businessId,
      phone,
      programId,
    }))
  })
}

interface Asked {
  keys: readonly { id: Uuid }[]
  phones: readonly { businessId: Uuid; phone: string }[]
  source: SnapshotSource
}

/**
 * Stored orders may lead to more: to a sale that a return named before, and to customers of sales.
 */
async function loadRelated(
  tx: Transaction,
  { rows, customers, redeemed, accounts }: Facts,
  deliveries: readonly OrderDelivery[],
  { source, ...asked }: Asked,
): Promise<Facts> {
  const askedIds = new Set(asked.keys.map((key) => key.id))
  const families = deliveries.flatMap((delivery) =>
    familiesNamed(delivery, rows).map((id) => ({ businessId: delivery.businessId, id })),
  )
  const more = families.filter(({ id }) => !askedIds.has(id))
  const [orders, claims] = await Promise.all([
    more.length > 0 ? loadFamilies(tx, more, source) : [],
    redeemedFor(tx, more),
  ])
  const all = withRows(rows, orders)
  const askedPhones = new Set(asked.phones.map(({ businessId, phone }) => customerKey(businessId, phone)))
  const others = families.flatMap(({ businessId, id }) => {
    const phone = all.get(id)?.order.customer?.phone
    return phone === undefined || askedPhones.has(customerKey(businessId, phone)) ? [] : [{ businessId, phone }]
  })
  const found = await findCustomers(tx, others)
  return { rows: all, customers: new Map([...customers, ...found]), redeemed: [...redeemed, ...claims], accounts }
}
