// Begins the periods of subscriptions that are due: each grants the uses that the plan allows.
import type { Statement } from '../db/database.ts'
import { instant } from '../db/values.ts'
import { must } from '../kernel/assert.ts'
import type { Uuid } from '../kernel/ids.ts'
import { lockAccounts } from '../ledger/accounts.ts'
import { Book } from '../ledger/book.ts'
import { commit } from '../ledger/commit.ts'
import { loadLots } from '../ledger/lots.ts'
import { lockOrderBooks } from '../orders/store.ts'
import { ledgerReasons } from '../programs/reasons.ts'
import { type BusinessPrograms, loadPrograms } from '../programs/store.ts'
import {
  begunLots,
  loadSubscriptions,
  type Subscription,
  type SubscriptionTerms,
  saveSubscriptions,
  settleSubscription,
} from '../programs/subscriptions.ts'
import type { Why } from '../programs/why.ts'
import { businessesWith } from './businesses.ts'
import type { JobDeps } from './deps.ts'

const AT_ONCE = 200

/** Gives the number of subscriptions that went on. Doing it again at the same instant does nothing. */
export async function beginPeriods(deps: JobDeps): Promise<number> {
  const now = deps.clock.now()
  let count = 0
  for await (const businessId of businessesWith(deps.db, PERIODS_DUE, [instant(now)])) {
    for (;;) {
      const done = await beginSome(deps, businessId, now)
      count += done
      if (done < AT_ONCE) break
    }
  }
  return count
}

const PERIODS_DUE =
  'exists (select from subscriptions s where s.business_id = b.id and s.next_period_at <= $1::timestamptz)'

async function beginSome({ db, ids, programs }: JobDeps, businessId: Uuid, now: number): Promise<number> {
  return db.transaction(async (tx) => {
    const books = await lockOrderBooks(tx, [businessId])
    const due = await tx.query<{ businessId: Uuid; id: Uuid }>(DUE, [businessId, instant(now), AT_ONCE])
    if (due.length === 0) return 0
    const business = must((await loadPrograms(tx, books, programs)).get(businessId), `business ${businessId}`)
    const held = await loadSubscriptions(tx, due)
    const terms = (one: Subscription) => termsOf(business, one)
    const [accounts, lots] = await Promise.all([
      lockAccounts(tx, held, now),
      loadLots(tx, {
        own: held.flatMap((one) =>
          begunLots(one.id, one.startedAt, terms(one), now).map((lotId) => ({ account: one, lotId })),
        ),
        open: [],
      }),
    ])
    const book = new Book<Why>(accounts.values(), {
      now,
      ids,
      reasons: ledgerReasons(() => business.business.timezone),
    })
    book.admit(lots)
    const settled = held.map((one) => settleSubscription(book, one, terms(one)).subscription)
    await Promise.all([commit(tx, book), saveSubscriptions(tx, settled)])
    return held.length
  })
}

function termsOf(business: BusinessPrograms, { programId, version }: Subscription): SubscriptionTerms {
  const definition = business.version(programId, version)?.definition
  if (definition?.type !== 'subscription') throw new TypeError(`version ${version} of program ${programId} has no plan`)
  return { definition, version, timezone: business.business.timezone }
}

const DUE: Statement = {
  name: 'subscriptions_due',
  text: `
select business_id as "businessId", id from subscriptions
where business_id = $1 and next_period_at <= $2::timestamptz
order by next_period_at limit $3`,
}
