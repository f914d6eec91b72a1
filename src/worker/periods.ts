// Begins the periods of subscriptions that are due: each grants the uses that the plan allows.

import { lockBusinesses } from '../db/business-lock.ts'
import type { Statement } from '../db/database.ts'
import { instant } from '../db/values.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { lockAccounts } from '../ledger/accounts.ts'
import { Book } from '../ledger/book.ts'
import { commit } from '../ledger/commit.ts'
import { loadLots } from '../ledger/lots.ts'
import { loadSubscriptions, saveSubscriptions } from '../programs/plans/subscription-store.ts'
import { begunLots, grantDue, type Subscription, type SubscriptionTerms } from '../programs/plans/subscriptions.ts'
import { ledgerReasons } from '../programs/reasons.ts'
import { type BusinessPrograms, loadPrograms } from '../programs/store.ts'
import type { Why } from '../programs/why.ts'
import { eachBusiness } from './businesses.ts'
import type { JobDeps, Tally } from './deps.ts'
import { drain, LIST } from './drain.ts'

interface Due {
  businessId: Uuid
  id: Uuid
}

/** Counts subscriptions. A repetition at the same time does nothing. */
export async function beginPeriods(deps: JobDeps): Promise<Tally> {
  return eachBusiness(deps, PERIODS_DUE, [instant(deps.clock.now())], (businessId) =>
    drain(deps, {
      due: (now) => deps.db.query<Due>(SUBSCRIPTIONS_DUE, [businessId, instant(now), LIST]),
      batch: (subscriptions, now) => beginPeriodsOf(deps, businessId, subscriptions, now),
    }),
  )
}

const PERIODS_DUE =
  'exists (select from subscriptions s where s.business_id = b.id and s.next_period_at <= $1::timestamptz)'

const SUBSCRIPTIONS_DUE: Statement = {
  name: 'subscriptions_due',
  text: `
select business_id as "businessId", id from subscriptions
where business_id = $1 and next_period_at <= $2::timestamptz
order by next_period_at limit $3`,
}

async function beginPeriodsOf(
  { db, ids, programs }: JobDeps,
  businessId: Uuid,
  due: readonly Due[],
  now: EpochMs,
): Promise<void> {
  await db.write('job:begin_periods', async (tx) => {
    const lock = await lockBusinesses(tx, [businessId])
    const business = must((await loadPrograms(tx, lock.businesses, programs)).get(businessId), `business ${businessId}`)
    // Every writer of a subscription locks its account, so the rows that are read again under the
    // lock do not change.
    const accounts = await lockAccounts(tx, await loadSubscriptions(tx, due), now)
    const held = await loadSubscriptions(tx, due)
    const own = held.flatMap((one) =>
      begunLots(one.id, one.startedAt, termsOf(business, one), now).map((lotId) => ({ account: one, lotId })),
    )
    const reasons = ledgerReasons(() => business.business.timezone)
    const book = new Book<Why>(accounts.values(), { now, ids, reasons, actor: tx.actor })
    book.admit(await loadLots(tx, { own, open: held }))
    const settled = held.map((one) => grantDue(book, one, termsOf(business, one)).subscription)
    await Promise.all([commit(tx, lock, book), saveSubscriptions(tx, lock, { before: held, after: settled }, book)])
  })
}

function termsOf(business: BusinessPrograms, { programId, version }: Subscription): SubscriptionTerms {
  const definition = business.version(programId, version)?.definition
  if (definition?.type !== 'subscription') throw new TypeError(`version ${version} of program ${programId} has no plan`)
  return { definition, version, timezone: business.business.timezone }
}
