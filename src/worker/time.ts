// What time does to balances: pending units that are due become available, and units past their end expire.
import type { Statement } from '../db/database.ts'
import { instant } from '../db/values.ts'
import { must } from '../kernel/assert.ts'
import type { Uuid } from '../kernel/ids.ts'
import { type AccountKey, accountId, lockAccounts } from '../ledger/accounts.ts'
import { Book } from '../ledger/book.ts'
import { commit } from '../ledger/commit.ts'
import { loadLots } from '../ledger/lots.ts'
import { passTime } from '../ledger/time.ts'
import { lockOrderBooks } from '../orders/store.ts'
import { cardTerms } from '../programs/card-terms.ts'
import { withCards } from '../programs/cards.ts'
import { loadCards, saveCards } from '../programs/cards-store.ts'
import { ledgerReasons } from '../programs/reasons.ts'
import { loadPrograms } from '../programs/store.ts'
import type { Why } from '../programs/why.ts'
import { businessesWith } from './businesses.ts'
import type { JobDeps } from './deps.ts'

/** Accounts in one transaction at most: the order book is locked no longer than a batch of orders locks it. */
const ACCOUNTS_AT_ONCE = 200

/** Gives the number of transfers made. Doing it again at the same instant does nothing. */
export async function passTimeEverywhere(deps: JobDeps): Promise<number> {
  const now = deps.clock.now()
  let transfers = 0
  for await (const businessId of businessesWith(deps.db, LOTS_DUE, [instant(now)])) {
    for (;;) {
      const done = await passTimeOnce(deps, businessId, now)
      transfers += done.transfers
      if (done.accounts < ACCOUNTS_AT_ONCE) break
    }
  }
  return transfers
}

const LOTS_DUE = `
  exists (select from lots l where l.business_id = b.id and l.remaining > 0 and l.expires_at <= $1::timestamptz)
  or exists (select from lots l where l.business_id = b.id and l.pending and l.remaining > 0 and l.available_at <= $1::timestamptz)`

async function passTimeOnce(
  { db, ids, programs }: JobDeps,
  businessId: Uuid,
  now: number,
): Promise<{ accounts: number; transfers: number }> {
  return db.transaction(async (tx) => {
    const books = await lockOrderBooks(tx, [businessId])
    const due = await tx.query<AccountKey>(ACCOUNTS_DUE, [businessId, instant(now), ACCOUNTS_AT_ONCE])
    if (due.length === 0) return { accounts: 0, transfers: 0 }
    const business = must((await loadPrograms(tx, books, programs)).get(businessId), `business ${businessId}`)
    const stamps = due.filter(({ programId }) => business.programs.get(programId)?.type === 'stamps')
    const [accounts, lots, cards] = await Promise.all([
      lockAccounts(tx, due, now),
      loadLots(tx, { own: [], open: due }),
      loadCards(tx, stamps),
    ])
    const book = new Book<Why>(accounts.values(), {
      now,
      ids,
      reasons: ledgerReasons(() => business.business.timezone),
    })
    book.admit(lots)
    book.admit(cards.lots)
    for (const key of due) {
      const hand = cards.hands.get(accountId(key))
      // Stamps that become available may fill a card.
      if (hand) withCards(book, hand, cardTerms(business, key.programId), () => passTime(book, key))
      else passTime(book, key)
    }
    const { length } = book.transfers
    await Promise.all([commit(tx, book), saveCards(tx, cards.hands.values(), now)])
    return { accounts: due.length, transfers: length }
  })
}

const ACCOUNTS_DUE: Statement = {
  name: 'accounts_due',
  text: `
select l.business_id as "businessId", l.customer_id as "customerId", l.program_id as "programId"
from (
  (select business_id, customer_id, program_id from lots
   where business_id = $1 and remaining > 0 and expires_at <= $2::timestamptz order by expires_at limit $3)
  union
  (select business_id, customer_id, program_id from lots
   where business_id = $1 and pending and remaining > 0 and available_at <= $2::timestamptz order by available_at limit $3)
) l
limit $3`,
}
