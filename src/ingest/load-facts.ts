// What is known of the deliveries of a wave before anything of it is decided: orders, customers and
// redemptions, in one round trip.
import { lockAccountsByPhone, type PhoneAccount } from '../customers/accounts.ts'
import { customerKey, findCustomers, type KnownCustomer } from '../customers/enrol.ts'
import type { RequestedLock } from '../db/business-lock.ts'
import type { Transaction } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Account } from '../ledger/accounts.ts'
import { familiesNamed, idOf, type OrderDelivery, originalIdOf } from '../orders/apply-snapshot.ts'
import type { SnapshotSource } from '../orders/snapshots.ts'
import { loadFamilies, type OrderRow } from '../orders/store.ts'
import type { ProgramCache } from '../programs/store.ts'
import { termsAt } from '../programs/terms.ts'
import type { Claim } from '../rewards/claims/claim.ts'
import { redeemedFor } from '../rewards/claims/claim-store.ts'

/** It may hold more than a wave needs, and nothing that a wave before has changed. */
export interface Facts {
  rows: Map<Uuid, OrderRow>
  customers: Map<string, KnownCustomer>
  /** Claims that were redeemed for the orders and the sales of their families. */
  redeemed: Claim[]
  /** Accounts that are locked already, by `accountId`: those that are likely to be needed. */
  accounts: Map<string, Account>
}

/**
 * The families of all deliveries: those that the snapshots name, and those in which the orders were
 * before.
 */
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
  const ground = { rows: new Map(orders.map((row) => [row.id, row])), customers, redeemed, accounts }
  return orders.length === 0 ? ground : await widen(tx, ground, deliveries, { keys, phones, source })
}

/**
 * Of the customers of sales, in the programs that judge them and whose balances are answered, as
 * far as this process remembers those.
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
 * Orders that are known may lead to more: to a sale that a return named before, and to the
 * customers of sales.
 */
async function widen(
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
  for (const row of orders) rows.set(row.id, row)
  const askedPhones = new Set(asked.phones.map(({ businessId, phone }) => customerKey(businessId, phone)))
  const others = families.flatMap(({ businessId, id }) => {
    const phone = rows.get(id)?.order.customer?.phone
    return phone === undefined || askedPhones.has(customerKey(businessId, phone)) ? [] : [{ businessId, phone }]
  })
  const found = await findCustomers(tx, others)
  return { rows, customers: new Map([...customers, ...found]), redeemed: [...redeemed, ...claims], accounts }
}
