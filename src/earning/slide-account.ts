// Brings the sliding expiry of a customer's accounts up to date with all of their orders, after a
// merge added those of another customer.
import type { BusinessLock } from '../db/business-lock.ts'
import type { WriteTransaction } from '../db/database.ts'
import { must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { accountId, lockAccounts } from '../ledger/accounts.ts'
import { Book } from '../ledger/book.ts'
import { commit } from '../ledger/commit.ts'
import { loadLots } from '../ledger/lots.ts'
import { releaseAndExpire, restoreExtended, slide } from '../ledger/time.ts'
import { loadOpenCards, saveAwards } from '../programs/cards/awards-store.ts'
import { cardTerms } from '../programs/cards/card-terms.ts'
import { withCards } from '../programs/cards/cards.ts'
import { slidingExpiry } from '../programs/expiry.ts'
import { ledgerReasons } from '../programs/reasons.ts'
import { freshLots, lastInChain, slidingOf } from '../programs/sliding.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import type { Why } from '../programs/why.ts'

/**
 * Restores what had expired although an order extends it, and expires what none extends. The orders
 * are in the table.
 */
export async function slideAccounts(
  tx: WriteTransaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  { businessId, customerId }: { businessId: Uuid; customerId: Uuid },
  { now, ids }: { now: EpochMs; ids: Ids },
): Promise<void> {
  const sliding = slidingOf(programs)
  if (!sliding) return
  const { timezone: zone } = programs.business
  const wanted = Array.from(sliding.programIds, (programId) => ({ businessId, customerId, programId }))
  const locked = await lockAccounts(tx, [], now, undefined, wanted)
  const keys = wanted.filter((key) => locked.has(accountId(key)))
  if (keys.length === 0) return
  const [lots, cards] = await Promise.all([
    loadLots(tx, { own: [], open: keys, expired: keys.map((account) => ({ account, after: 0 })) }),
    loadOpenCards(
      tx,
      keys.filter(({ programId }) => programs.programs.get(programId)?.type === 'stamps'),
    ),
  ])
  const starts = lots.lots.flatMap(({ id, occurredAt: at, slidingDays: days }) =>
    days === null ? [] : [{ id, businessId, customerId, at, days, zone }],
  )
  const last = await lastInChain(tx, starts)
  const expiry = new Map(
    starts.map(({ id, days }, index) => [id, slidingExpiry(must(last[index], 'the end of a chain'), days, zone)]),
  )
  const book = new Book<Why>(locked.values(), { now, ids, actor: tx.actor, reasons: ledgerReasons(() => zone) })
  book.admit(lots)
  book.admit(await freshLots(tx, cards.lots, () => zone))
  for (const key of keys) {
    if (!slide(book, key, (lot) => expiry.get(lot.id) ?? null)) continue
    const openCards = cards.openCards.get(accountId(key))
    if (openCards) withCards(book, openCards, cardTerms(programs, key.programId), () => restoreExtended(book, key))
    else {
      restoreExtended(book, key)
      releaseAndExpire(book, key)
    }
  }
  await Promise.all([commit(tx, lock, book), saveAwards(tx, lock, cards.openCards.values(), book)])
}
