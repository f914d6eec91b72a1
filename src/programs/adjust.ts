// Adjusts a customer's balance manually: adds or deducts units with a reason, and fills the stamp
// cards again.
import type { BusinessLock } from '../db/business-lock.ts'
import type { WriteTransaction } from '../db/database.ts'
import { assert, must } from '../kernel/assert.ts'
import type { Clock, EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { localDate } from '../kernel/local-date.ts'
import { type AccountKey, accountId, type Balances, lockAccounts } from '../ledger/accounts.ts'
import { Book } from '../ledger/book.ts'
import { commit } from '../ledger/commit.ts'
import { type LotTerms, loadLots } from '../ledger/lots.ts'
import { adjust } from '../ledger/spend.ts'
import { releaseAndExpire } from '../ledger/time.ts'
import type { Transfer } from '../ledger/transfers.ts'
import { loadOpenCards, saveAwards } from './cards/awards-store.ts'
import { cardTerms } from './cards/card-terms.ts'
import { withCards } from './cards/cards.ts'
import { lotTerms, slidingExpiry } from './expiry.ts'
import { ledgerReasons } from './reasons.ts'
import { freshLots } from './sliding.ts'
import type { BusinessPrograms } from './store.ts'
import { lastInForce } from './terms.ts'
import type { Why } from './why.ts'

export interface AdjustInput {
  customerId: Uuid
  programId: Uuid
  /** Signed and not 0. */
  units: number
  /** The reason, as entered. */
  note: string
  /** Whether the balance may become negative. */
  allowDebt: boolean
  /** When added units expire: after now. By default as if they were earned now. */
  expiresAt?: EpochMs
}

export type AdjustOutcome =
  | { kind: 'never_in_force' }
  | { kind: 'insufficient'; available: number }
  | { kind: 'adjusted'; transfers: readonly Transfer<Why>[]; balances: Balances }

/**
 * Added units are available immediately; deducted units are the ones that expire first. The
 * customer must exist. Outcomes in order of precedence: never_in_force, insufficient, adjusted.
 */
export async function adjustBalance(
  tx: WriteTransaction,
  lock: BusinessLock,
  programs: BusinessPrograms,
  { customerId, programId, units, note, allowDebt, expiresAt }: AdjustInput,
  { ids, clock }: { ids: Ids; clock: Clock },
): Promise<AdjustOutcome> {
  const now = clock.now()
  const { businessId, business } = programs
  const version = lastInForce(programs.terms, programId, now)
  if (!version) return { kind: 'never_in_force' }
  const key: AccountKey = { businessId, customerId, programId }
  const accounts = await lockAccounts(tx, [key], now)
  const [lots, cards] = await Promise.all([
    loadLots(tx, { own: [], open: [key] }),
    loadOpenCards(tx, version.type === 'stamps' ? [key] : []),
  ])
  const book = new Book<Why>(accounts.values(), {
    now,
    ids,
    actor: tx.actor,
    reasons: ledgerReasons(() => business.timezone),
  })
  book.admit(lots)
  book.admit(await freshLots(tx, cards.lots, () => business.timezone))
  const account = book.account(key)
  releaseAndExpire(book, key)
  const { available } = account.balances
  if (!allowDebt && units < 0 && available < -units) return { kind: 'insufficient', available }
  const why: Why = { t: 'adjustment', u: units, note }
  const today = lotTermsToday(programs, programId, now)
  const terms = expiresAt === undefined ? today : { ...today, expiresAt, slidingDays: null }
  // The balance was checked before the cards were opened: the stamps on a full card are spent and
  // do not count.
  const work = () => {
    const outcome = adjust(book, { account: key, id: ids.next(), units, terms, debt: 'allow', occurredAt: now, why })
    assert(outcome !== 'insufficient', 'an adjustment that may make a debt was refused')
  }
  const openCards = cards.openCards.get(accountId(key))
  if (openCards) withCards(book, openCards, cardTerms(programs, programId), work)
  else work()
  await Promise.all([commit(tx, lock, book), saveAwards(tx, lock, openCards ? [openCards] : [], book)])
  return { kind: 'adjusted', transfers: book.transfers, balances: account.balances }
}

/**
 * The lot terms of manually added units, as if they were earned now: by the version in force, or by
 * the last version of a program that has ended.
 */
export function lotTermsToday(programs: BusinessPrograms, programId: Uuid, now: EpochMs): LotTerms {
  const { timezone } = programs.business
  const { version, definition } = must(lastInForce(programs.terms, programId, now), `a version of program ${programId}`)
  const today = localDate(now, timezone)
  const lot = { version, businessDate: today, occurredAt: now, availableAt: now }
  if (definition.type === 'subscription') return { ...lot, expiresAt: null, slidingDays: null }
  const { expiresAt, slidingDays } = lotTerms({ ...definition, pending_days: 0 }, now, today, timezone)
  return {
    ...lot,
    slidingDays,
    expiresAt: slidingDays === null ? expiresAt : slidingExpiry(now, slidingDays, timezone),
  }
}
