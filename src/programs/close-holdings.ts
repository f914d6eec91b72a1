// Ends what a customer has in the programs, because the customer is erased: subscriptions, completed
// cards and balances.
import type { BusinessLock } from '../db/business-lock.ts'
import type { Statement, Transaction, WriteTransaction } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { lockAccounts } from '../ledger/accounts.ts'
import { Book } from '../ledger/book.ts'
import { closeAccount, programsOfCustomer } from '../ledger/close.ts'
import { commit } from '../ledger/commit.ts'
import { loadLots } from '../ledger/lots.ts'
import { lotTermsToday } from './adjust.ts'
import { runningSubscriptions } from './plans/holdings.ts'
import { endSubscription } from './plans/subscribe.ts'
import { ledgerReasons } from './reasons.ts'
import type { BusinessPrograms } from './store.ts'
import type { Why } from './why.ts'

export interface ClosedHoldings {
  subscriptions: number
  cards: number
  /** Units that ended, by program, below 0 for a debt; programs without any are absent. */
  units: Record<Uuid, number>
}

/** Nothing may be held for claims. `sourceId`: what the transfers belong to. */
export async function closeHoldings(
  tx: WriteTransaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  { customerId, sourceId }: { customerId: Uuid; sourceId: Uuid },
  deps: { now: EpochMs; ids: Ids },
): Promise<ClosedHoldings> {
  const subscriptions = await endSubscriptions(tx, lock, programs, customerId, deps)
  const cards = await endCards(tx, programs.businessId, customerId, deps.now)
  const units = await closeAccounts(tx, lock, programs, { customerId, sourceId }, deps)
  return { subscriptions, cards, units }
}

async function endSubscriptions(
  tx: WriteTransaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  customerId: Uuid,
  { now, ids }: { now: EpochMs; ids: Ids },
): Promise<number> {
  for (let ended = 0; ; ) {
    const running = await runningSubscriptions(tx, programs.businessId, customerId, now)
    if (running.length === 0) return ended
    for (const { id } of running) await endSubscription(tx, lock, programs, id, { ids, clock: { now: () => now } })
    ended += running.length
  }
}

/** A completed card that has expired stays as it is, and so do the stamps that filled it. */
async function endCards(tx: Transaction, businessId: Uuid, customerId: Uuid, now: EpochMs): Promise<number> {
  return (await tx.query(END_CARDS, [businessId, customerId, instant(now)])).length
}

const END_CARDS: Statement = {
  name: 'end_cards',
  text: `
update awards set expires_at = $3::timestamptz, updated_at = $3::timestamptz
where business_id = $1 and customer_id = $2 and status = 'won' and (expires_at is null or expires_at > $3::timestamptz)
returning id`,
}

async function closeAccounts(
  tx: WriteTransaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  { customerId, sourceId }: { customerId: Uuid; sourceId: Uuid },
  { now, ids }: { now: EpochMs; ids: Ids },
): Promise<Record<Uuid, number>> {
  const { businessId, business } = programs
  const keys = (await programsOfCustomer(tx, businessId, customerId)).map((programId) => {
    return { businessId, customerId, programId }
  })
  const accounts = await lockAccounts(tx, keys, now)
  const reasons = ledgerReasons(() => business.timezone)
  const book = new Book<Why>(accounts.values(), { now, ids, reasons, actor: tx.actor })
  book.admit(await loadLots(tx, { own: [], open: keys }))
  const closed = keys.map((account) => {
    const why = (u: number): Why => ({ t: 'erased', u })
    const terms = lotTermsToday(programs, account.programId, now)
    const transfers = closeAccount(book, { account, sourceId, terms, occurredAt: now, why })
    const ended = transfers.reduce((sum, { why }) => (why.t === 'erased' ? sum + why.u : sum), 0)
    return [account.programId, ended] as const
  })
  await commit(tx, lock, book)
  return Object.fromEntries(closed.filter(([, units]) => units !== 0))
}
