// Starts a subscription without a purchase, and ends one manually.
import type { BusinessLock } from '../../db/business-lock.ts'
import type { WriteTransaction } from '../../db/database.ts'
import { assert, must } from '../../kernel/assert.ts'
import type { Clock, EpochMs } from '../../kernel/clock.ts'
import type { Ids, Uuid } from '../../kernel/ids.ts'
import { type Account, type AccountKey, lockAccounts } from '../../ledger/accounts.ts'
import { Book } from '../../ledger/book.ts'
import { commit } from '../../ledger/commit.ts'
import { loadLots } from '../../ledger/lots.ts'
import { ledgerReasons } from '../reasons.ts'
import type { BusinessPrograms } from '../store.ts'
import { type PinnedVersion, termsAt } from '../terms.ts'
import type { Why } from '../why.ts'
import { restack } from './renewals.ts'
import { loadPlansHeld, loadSubscriptions, saveSubscriptions } from './subscription-store.ts'
import { grantDue, lotsEver, newSubscription, type Subscription, type SubscriptionTerms } from './subscriptions.ts'

interface Deps {
  ids: Ids
  clock: Clock
}

export type SubscribeOutcome =
  | { kind: 'no_plan' | 'not_in_force' | 'too_far_ahead' | 'over_already' }
  | { kind: 'subscribed'; subscription: Subscription }

/** A mistyped start far in the future would wait unnoticed for years. */
const FARTHEST_AHEAD_MS = 366 * 24 * 60 * 60 * 1000

/**
 * Starts the plan that is in force now at `startsAt`, by default now, or when the plan before it
 * ends. Periods that have started are granted immediately. The customer must exist. Outcomes in
 * order of precedence: no_plan, not_in_force, too_far_ahead, over_already, subscribed.
 */
export async function subscribe(
  tx: WriteTransaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  input: { customerId: Uuid; programId: Uuid; startsAt?: EpochMs },
  { ids, clock }: Deps,
): Promise<SubscribeOutcome> {
  const now = clock.now()
  const { customerId, programId, startsAt = now } = input
  if (programs.programs.get(programId)?.type !== 'subscription') return { kind: 'no_plan' }
  const version = termsAt(programs.terms, now)?.members.find((member) => member.programId === programId)
  if (!version) return { kind: 'not_in_force' }
  if (startsAt > now + FARTHEST_AHEAD_MS) return { kind: 'too_far_ahead' }
  const key: AccountKey = { businessId: programs.businessId, customerId, programId }
  const accounts = await lockAccounts(tx, [key], now)
  const bought = {
    ...key,
    id: ids.next(),
    orderId: null,
    quantity: 1,
    boughtAt: startsAt,
    createdAt: now,
    createdBy: tx.actor,
  }
  const fresh = newSubscription(bought, termsOf(version, programs))
  const held = await loadPlansHeld(tx, [{ account: key, since: startsAt }])
  const plans = restack([...held, fresh], startsAt, (plan) => termsOfPlan(plan, programs))
  const placed = must(
    plans.find((plan) => plan.id === fresh.id),
    'the new plan',
  )
  if (placed.endsAt <= now) return { kind: 'over_already' }
  const changed = plans.filter((plan) => plan === placed || !held.includes(plan))
  const granted = await grantAndSave(tx, lock, programs, { accounts, changed, before: held }, { ids, clock })
  return { kind: 'subscribed', subscription: must(granted.get(fresh.id), 'the new plan') }
}

export type EndSubscriptionOutcome =
  | { kind: 'not_found' | 'over_already' }
  | { kind: 'ended'; subscription: Subscription }

/**
 * Ends a subscription now: no further period starts; the current period stays until it expires.
 * Outcomes in order of precedence: not_found, over_already, ended.
 */
export async function endSubscription(
  tx: WriteTransaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  id: Uuid,
  { ids, clock }: Deps,
): Promise<EndSubscriptionOutcome> {
  const now = clock.now()
  const keys = [{ businessId: programs.businessId, id }]
  const [seen] = await loadSubscriptions(tx, keys)
  if (!seen) return { kind: 'not_found' }
  // Changing a subscription requires the lock on its account, so it is read again under the lock.
  const accounts = await lockAccounts(tx, [seen], now)
  const [before] = await loadSubscriptions(tx, keys)
  assert(before, 'the subscription')
  if (isOver(before, now)) return { kind: 'over_already' }
  const others = await loadPlansHeld(tx, [{ account: seen, since: before.boughtAt }])
  const ended = { ...before, endedAt: now, endedBy: tx.actor }
  const held = others.filter((plan) => plan.id !== id)
  // Plans that wait for its end start earlier.
  const plans = restack([...held, ended], before.boughtAt, (plan) => termsOfPlan(plan, programs))
  const changed = plans.filter((plan) => plan.id === id || !held.includes(plan))
  const granted = await grantAndSave(
    tx,
    lock,
    programs,
    { accounts, changed, before: [...held, before] },
    { ids, clock },
  )
  return { kind: 'ended', subscription: must(granted.get(id), 'the ended plan') }
}

/** Whether it has expired, was returned, or was ended manually. */
export function isOver({ quantity, endsAt, endedAt }: Subscription, now: EpochMs): boolean {
  return quantity === 0 || endsAt <= now || (endedAt !== null && endedAt <= now)
}

/**
 * Grants what is due to the plans of one customer and program, whose account is locked, and returns
 * them by id. `before`: as stored.
 */
async function grantAndSave(
  tx: WriteTransaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  plans: { accounts: Map<string, Account>; changed: readonly Subscription[]; before: readonly Subscription[] },
  { ids, clock }: Deps,
): Promise<Map<Uuid, Subscription>> {
  const now = clock.now()
  const { accounts, changed, before } = plans
  const both = [...changed, ...before.filter((plan) => changed.some((other) => other.id === plan.id))]
  const own = both.flatMap((plan) =>
    lotsEver(plan, termsOfPlan(plan, programs), now).map((lotId) => ({ account: plan, lotId })),
  )
  const reasons = ledgerReasons(() => programs.business.timezone)
  const book = new Book<Why>(accounts.values(), { now, ids, reasons, actor: tx.actor })
  book.admit(await loadLots(tx, { own, open: changed.slice(0, 1) }))
  const granted = changed.map((plan) => grantDue(book, plan, termsOfPlan(plan, programs)).subscription)
  await Promise.all([commit(tx, lock, book), saveSubscriptions(tx, lock, { before, after: granted }, book)])
  return new Map(granted.map((plan) => [plan.id, plan]))
}

function termsOfPlan({ programId, version }: Subscription, programs: BusinessPrograms): SubscriptionTerms {
  return termsOf(must(programs.version(programId, version), `version ${version} of program ${programId}`), programs)
}

function termsOf({ definition, version }: PinnedVersion, { business }: BusinessPrograms): SubscriptionTerms {
  assert(definition.type === 'subscription', 'a subscription has a plan')
  return { definition, version, timezone: business.timezone }
}
