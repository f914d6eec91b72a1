// Gives a plan to a customer without a purchase, and ends a subscription by hand.
import type { Transaction } from '../db/database.ts'
import { assert } from '../kernel/assert.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { type AccountKey, lockAccounts } from '../ledger/accounts.ts'
import { Book } from '../ledger/book.ts'
import { commit } from '../ledger/commit.ts'
import { loadLots } from '../ledger/lots.ts'
import { ledgerReasons } from './reasons.ts'
import type { BusinessPrograms } from './store.ts'
import {
  begunLots,
  loadSubscriptions,
  newSubscription,
  type Subscription,
  type SubscriptionTerms,
  saveSubscriptions,
  settleSubscription,
} from './subscriptions.ts'
import { type PinnedVersion, termsAt } from './terms.ts'
import type { Why } from './why.ts'

interface Deps {
  ids: Ids
  clock: Clock
}

export type SubscribeOutcome =
  | { kind: 'no_plan' | 'not_in_force' | 'too_far_ahead' | 'over_already' }
  | { kind: 'subscribed'; subscription: Subscription }

/** A start that was mistyped far ahead would wait unseen for years. */
const FARTHEST_AHEAD_MS = 366 * 24 * 60 * 60 * 1000

/**
 * Starts the plan that is in force now at `startsAt`, by default now; the periods that have begun since are granted at once. The
 * customer must exist. In order of precedence: no_plan, not_in_force, too_far_ahead, over_already, subscribed.
 */
export async function subscribe(
  tx: Transaction,
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
  const held = { ...key, id: ids.next(), orderId: null, quantity: 1, startedAt: startsAt, createdAt: now }
  const fresh = newSubscription(held, termsOf(version, programs))
  if (fresh.endsAt <= now) return { kind: 'over_already' }
  return { kind: 'subscribed', subscription: await settleAndSave(tx, programs, fresh, { ids, clock }) }
}

export type EndSubscriptionOutcome =
  | { kind: 'not_found' | 'over_already' }
  | { kind: 'ended'; subscription: Subscription }

/**
 * Ends a subscription now: no further period begins, and what the present one granted stays until it expires. In order of
 * precedence: not_found, over_already, ended.
 */
export async function endSubscription(
  tx: Transaction,
  programs: BusinessPrograms,
  id: Uuid,
  { ids, clock }: Deps,
): Promise<EndSubscriptionOutcome> {
  const now = clock.now()
  const keys = [{ businessId: programs.businessId, id }]
  const [seen] = await loadSubscriptions(tx, keys)
  if (!seen) return { kind: 'not_found' }
  // Whoever changes a subscription holds its account: what is read again under the lock holds still.
  await lockAccounts(tx, [seen], now)
  const [held] = await loadSubscriptions(tx, keys)
  assert(held, 'a subscription vanished')
  if (isOver(held, now)) return { kind: 'over_already' }
  const subscription = await settleAndSave(tx, programs, { ...held, endedAt: now }, { ids, clock })
  return { kind: 'ended', subscription }
}

/** Whether it has run out, was given back, or was ended by hand. */
export function isOver({ quantity, endsAt, endedAt }: Subscription, now: EpochMs): boolean {
  return quantity === 0 || endsAt <= now || (endedAt !== null && endedAt <= now)
}

async function settleAndSave(
  tx: Transaction,
  programs: BusinessPrograms,
  subscription: Subscription,
  { ids, clock }: Deps,
): Promise<Subscription> {
  const now = clock.now()
  const { businessId, customerId, programId, id, startedAt } = subscription
  const key: AccountKey = { businessId, customerId, programId }
  const version = programs.version(programId, subscription.version)
  assert(version, `version ${subscription.version} of program ${programId} is missing`)
  const terms = termsOf(version, programs)
  const accounts = await lockAccounts(tx, [key], now)
  const own = begunLots(id, startedAt, terms, now).map((lotId) => ({ account: key, lotId }))
  const reasons = ledgerReasons(() => programs.business.timezone)
  const book = new Book<Why>(accounts.values(), { now, ids, reasons })
  book.admit(await loadLots(tx, { own, open: [key] }))
  const settled = settleSubscription(book, subscription, terms)
  await Promise.all([commit(tx, book), saveSubscriptions(tx, [settled.subscription])])
  return settled.subscription
}

function termsOf({ definition, version }: PinnedVersion, { business }: BusinessPrograms): SubscriptionTerms {
  assert(definition.type === 'subscription', 'a subscription has a plan')
  return { definition, version, timezone: business.timezone }
}
