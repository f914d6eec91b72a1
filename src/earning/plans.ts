// Loads the plans that sales of a round buy or bought, with what posting needs to know of them.
import type { Transaction } from '../db/database.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { type Account, type AccountKey, accountId, lockAccounts } from '../ledger/accounts.ts'
import { loadPlansHeld, loadSubscriptions } from '../programs/plans/subscription-store.ts'
import {
  begunLots,
  lotsEver,
  type Subscription,
  type SubscriptionTerms,
  subscriptionId,
} from '../programs/plans/subscriptions.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import { type PinnedVersion, termsAt } from '../programs/terms.ts'
import type { SaleToAssess } from './assessments.ts'

export interface PlansHeld {
  /**
   * The customers' plans that run or begin after the sale, and those that the sales bought, by
   * `accountId`.
   */
  plans: Map<string, Subscription[]>
  /** Their lots, and those that they may have now. */
  own: { account: AccountKey; lotId: Uuid }[]
  /** The accounts that these plans are in; they are locked. */
  accounts: Map<string, Account>
}

/** Asks the database only where a sale has a product that buys a plan, or had one. */
export async function loadPlans(
  tx: Transaction,
  sales: readonly SaleToAssess[],
  locked: ReadonlyMap<string, Account>,
  now: EpochMs,
): Promise<PlansHeld> {
  const touched = sales.flatMap(touchedBy)
  if (touched.length === 0) return { plans: new Map(), own: [], accounts: new Map() }
  const asked = touched.map(({ account, one }) => ({ account, since: Math.min(...timesOf(one)) }))
  const mine = touched.map(({ account, one }) => ({ businessId: one.businessId, id: idOf(one, account) }))
  // What is read in the same round trip cannot change until the commit.
  const [accounts, held, bought] = await Promise.all([
    lockAccounts(
      tx,
      touched.map((one) => one.account),
      now,
      locked,
    ),
    loadPlansHeld(tx, asked),
    loadSubscriptions(tx, mine),
  ])
  const plans = new Map([...held, ...bought].map((plan) => [plan.id, plan]))
  const programsOf = new Map(touched.map(({ one }) => [one.businessId, one.programs]))
  const own = [
    ...[...plans.values()].flatMap((plan) => {
      const terms = planTerms(must(programsOf.get(plan.businessId), 'the business'), plan)
      return lotsEver(plan, terms, now).map((lotId) => ({ account: plan, lotId }))
    }),
    ...touched.flatMap(({ one, account, version }) =>
      timesOf(one).flatMap((at) =>
        begunLots(idOf(one, account), at, termsOfVersion(one.programs, version), now).map((lotId) => ({
          account,
          lotId,
        })),
      ),
    ),
  ]
  return { plans: Map.groupBy(plans.values(), accountId), own, accounts }
}

/** The terms of a plan that was bought: those of its version. */
export function planTerms(programs: BusinessPrograms, { programId, version }: Subscription): SubscriptionTerms {
  const pinned = must(programs.version(programId, version), `version ${version} of program ${programId}`)
  return termsOfVersion(programs, pinned)
}

function termsOfVersion({ business }: BusinessPrograms, { definition, version }: PinnedVersion): SubscriptionTerms {
  if (definition.type !== 'subscription') throw new TypeError(`version ${version} has no plan`)
  return { definition, version, timezone: business.timezone }
}

interface Touched {
  one: SaleToAssess
  account: AccountKey
  version: PinnedVersion
}

/**
 * The plans of every version that assessed the sale or assesses it now, of which it holds or held a
 * product, for whom it was or is.
 */
function touchedBy(one: SaleToAssess): Touched[] {
  const { before, family, programs, customer, businessId } = one
  const lines = [...(before?.order.lines ?? []), ...(family.sale?.order.lines ?? [])]
  const terms = [
    before?.terms != null ? programs.termsNumber(before.terms) : undefined,
    family.sale ? termsAt(programs.terms, family.sale.occurredAt) : undefined,
  ]
  const versions = [...new Set(terms.flatMap((term) => term?.members ?? []))].filter(({ definition }) => {
    if (definition.type !== 'subscription') return false
    const buys = new Set(definition.plan.products_bought)
    return lines.some((line) => buys.has(line.product_id) || (line.sku && buys.has(line.sku)))
  })
  const customers = new Set([before?.customerId, customer?.id].filter((id) => id != null))
  return versions.flatMap((version) =>
    Array.from(customers, (customerId) => {
      return { one, version, account: { businessId, customerId, programId: version.programId } }
    }),
  )
}

function timesOf({ before, family }: SaleToAssess): EpochMs[] {
  return [before?.occurredAt, family.sale?.occurredAt].filter((at) => at !== undefined)
}

function idOf({ family }: SaleToAssess, { programId, customerId }: AccountKey): Uuid {
  return subscriptionId(family.id, programId, customerId)
}
