// The effects of time on balances: pending units that are due become available, and units past their
// expiry expire.

import { lockBusinesses } from '../db/business-lock.ts'
import type { Statement } from '../db/database.ts'
import { instant } from '../db/values.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { type AccountKey, accountId, lockAccounts } from '../ledger/accounts.ts'
import { Book } from '../ledger/book.ts'
import { commit } from '../ledger/commit.ts'
import { loadLots } from '../ledger/lots.ts'
import { releaseAndExpire } from '../ledger/time.ts'
import { loadOpenCards, saveAwards } from '../programs/cards/awards-store.ts'
import { cardTerms } from '../programs/cards/card-terms.ts'
import { withCards } from '../programs/cards/cards.ts'
import { ledgerReasons } from '../programs/reasons.ts'
import { freshLots } from '../programs/sliding.ts'
import { loadPrograms } from '../programs/store.ts'
import type { Why } from '../programs/why.ts'
import { eachBusiness } from './businesses.ts'
import type { JobDeps, Tally } from './deps.ts'
import { drain, LIST } from './drain.ts'

/** Counts accounts. A repetition at the same time does nothing. */
export async function releaseAndExpireAll(deps: JobDeps): Promise<Tally> {
  return eachBusiness(deps, LOTS_DUE, [instant(deps.clock.now())], (businessId) =>
    drain(deps, {
      due: (now) => deps.db.query<AccountKey>(ACCOUNTS_DUE, [businessId, instant(now), LIST]),
      batch: (accounts, now) => releaseAndExpireAccounts(deps, businessId, accounts, now),
    }),
  )
}

const LOTS_DUE = `
  exists (select from lots l where l.business_id = b.id and l.remaining > 0 and l.expires_at <= $1::timestamptz)
  or exists (select from lots l where l.business_id = b.id and l.pending and l.remaining > 0 and l.available_at <= $1::timestamptz)`

/** The inner limits bound the rows that are read; an account with several lots appears once. */
const ACCOUNTS_DUE: Statement = {
  name: 'accounts_due',
  text: `
(select business_id as "businessId", customer_id as "customerId", program_id as "programId" from lots
 where business_id = $1 and remaining > 0 and expires_at <= $2::timestamptz order by expires_at limit $3)
union
(select business_id, customer_id, program_id from lots
 where business_id = $1 and pending and remaining > 0 and available_at <= $2::timestamptz order by available_at limit $3)
order by 1, 2, 3`,
}

async function releaseAndExpireAccounts(
  { db, ids, programs }: JobDeps,
  businessId: Uuid,
  keys: readonly AccountKey[],
  now: EpochMs,
): Promise<void> {
  await db.write('job:release_and_expire', async (tx) => {
    const lock = await lockBusinesses(tx, [businessId])
    const business = must((await loadPrograms(tx, lock.businesses, programs)).get(businessId), `business ${businessId}`)
    const stamps = keys.filter(({ programId }) => business.programs.get(programId)?.type === 'stamps')
    const [accounts, lots, cards] = await Promise.all([
      lockAccounts(tx, keys, now),
      loadLots(tx, { own: [], open: keys }),
      loadOpenCards(tx, stamps),
    ])
    const reasons = ledgerReasons(() => business.business.timezone)
    const book = new Book<Why>(accounts.values(), { now, ids, reasons, actor: tx.actor })
    book.admit(lots)
    book.admit(await freshLots(tx, cards.lots, () => business.business.timezone))
    for (const key of keys) {
      const hand = cards.openCards.get(accountId(key))
      // Stamps that become available may fill a card. Units are released and expire before the stamps
      // of completed cards are taken off, and not while they are off: a completed card stays valid
      // when its stamps expire.
      if (hand) withCards(book, hand, cardTerms(business, key.programId), () => undefined)
      else releaseAndExpire(book, key)
    }
    await Promise.all([commit(tx, lock, book), saveAwards(tx, lock, cards.openCards.values(), book)])
  })
}
