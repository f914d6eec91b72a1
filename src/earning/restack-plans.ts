// Places the plans of a customer one after the other again, after a merge added those of another
// customer.
import type { BusinessLock } from '../db/business-lock.ts'
import type { WriteTransaction } from '../db/database.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Ids } from '../kernel/ids.ts'
import { type AccountKey, accountId, lockAccounts } from '../ledger/accounts.ts'
import { Book } from '../ledger/book.ts'
import { commit } from '../ledger/commit.ts'
import { loadLots } from '../ledger/lots.ts'
import { restack } from '../programs/plans/renewals.ts'
import { loadPlansHeld, saveSubscriptions } from '../programs/plans/subscription-store.ts'
import { grantDue, lotsEver } from '../programs/plans/subscriptions.ts'
import { ledgerReasons } from '../programs/reasons.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import type { Why } from '../programs/why.ts'
import { planTerms } from './plans.ts'

/**
 * A plan that was bought while another one ran begins when that ends, as if both had been one
 * customer's from the start.
 */
export async function restackPlans(
  tx: WriteTransaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  accounts: readonly AccountKey[],
  { now, ids }: { now: EpochMs; ids: Ids },
): Promise<void> {
  const keys = accounts.filter(({ programId }) => programs.programs.get(programId)?.type === 'subscription')
  if (keys.length === 0) return
  const locked = await lockAccounts(tx, keys, now)
  const plans = await loadPlansHeld(
    tx,
    keys.map((account) => ({ account, since: 0 })),
  )
  const own = plans.flatMap((plan) =>
    [...lotsEver(plan, planTerms(programs, plan), now)].map((lotId) => ({ account: plan, lotId })),
  )
  const reasons = ledgerReasons(() => programs.business.timezone)
  const book = new Book<Why>(locked.values(), { now, ids, reasons, actor: tx.actor })
  book.admit(await loadLots(tx, { own, open: keys }))
  const granted = [...Map.groupBy(plans, accountId).values()].flatMap((held) =>
    restack(held, Number.NEGATIVE_INFINITY, (plan) => planTerms(programs, plan))
      .filter((plan) => !held.includes(plan))
      .map((plan) => grantDue(book, plan, planTerms(programs, plan)).subscription),
  )
  await Promise.all([commit(tx, lock, book), saveSubscriptions(tx, lock, { before: plans, after: granted }, book)])
}
