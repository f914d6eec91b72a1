// For tests: accounts and lots with plain names, and a memory that keeps them between books as the database would.
import type { EpochMs } from '../kernel/clock.ts'
import { derivedId, type Ids, type Uuid } from '../kernel/ids.ts'
import { type Account, type AccountKey, accountId } from './accounts.ts'
import { Book, type BookAccount, type OwnReasons } from './book.ts'
import type { Lot, LotsRequest, LotTerms } from './lots.ts'
import type { Posting } from './post.ts'
import { passTime } from './time.ts'
import type { Transfer } from './transfers.ts'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR
export const NOON = Date.parse('2026-03-01T12:00:00Z')

/** The account of a sample customer, by name. */
export function accountOf(customer = 'sample customer 1', program = 'points'): AccountKey {
  return { businessId: id('business'), customerId: id(customer), programId: id(program) }
}

/** The id of anything that has a name. */
export function id(name: string): Uuid {
  return derivedId('fixture', name)
}

/** Ids in ascending order that are the same in every run. */
export function countingIds(start = 0): Ids {
  let count = start
  return { next: () => `00000000-0000-7000-8000-${(++count).toString(16).padStart(12, '0')}` }
}

export const REASONS: OwnReasons<string> = {
  released: () => 'released',
  expired: () => 'expired',
  writtenOff: () => 'written off',
  extended: () => 'extended',
}

/** Earned at noon, available at once, good for ever. */
export function terms(change: Partial<LotTerms> = {}): LotTerms {
  const occurredAt = change.occurredAt ?? NOON
  return {
    ...{
      version: 1,
      businessDate: '2026-03-01',
      occurredAt,
      availableAt: occurredAt,
      expiresAt: null,
      slidingDays: null,
    },
    ...change,
  }
}

/** Brings the sale of this name to `target` units. */
export function sale(name: string, target: number, change: Partial<Posting<string>> = {}): Posting<string> {
  const lot = id(name)
  const account = accountOf()
  return {
    account,
    lotId: lot,
    sourceId: lot,
    target,
    terms: terms(),
    debt: 'allow',
    occurredAt: NOON,
    why: name,
    ...change,
  }
}

export class Memory<Why> {
  now: EpochMs
  readonly journal: Transfer<Why>[] = []
  readonly #reasons: OwnReasons<Why>
  readonly #ids: Ids
  readonly #accounts = new Map<string, Account>()
  readonly #lots = new Map<string, Map<Uuid, Lot>>()

  constructor(now: EpochMs, reasons: OwnReasons<Why>, ids: Ids = countingIds()) {
    this.now = now
    this.#reasons = reasons
    this.#ids = ids
  }

  /** A book of the accounts and lots asked for. */
  open({ own, open }: LotsRequest): Book<Why> {
    const keys = [...own.map((one) => one.account), ...open]
    const accounts = new Map(keys.map((key) => [accountId(key), this.#accounts.get(accountId(key)) ?? newAccount(key)]))
    const book = new Book<Why>(accounts.values(), { now: this.now, ids: this.#ids, reasons: this.#reasons })
    book.admit({ request: { own, open }, lots: this.#find({ own, open }) })
    return book
  }

  admit(book: Book<Why>, request: LotsRequest): void {
    book.admit({ request, lots: this.#find(request) })
  }

  keep(book: Book<Why>): void {
    for (const { key, balances, carry, lots } of book.accounts()) {
      const known = this.lots(key)
      for (const [lotId, lot] of lots) known.set(lotId, lot)
      this.#lots.set(accountId(key), known)
      this.#accounts.set(accountId(key), { ...key, balances: { ...balances }, carry })
    }
    this.journal.push(...book.transfers)
  }

  /** Does some work on one account of which everything is loaded. */
  do<T>(key: AccountKey, names: readonly string[], work: (book: Book<Why>) => T): T {
    const book = this.open({ own: names.map((name) => ({ account: key, lotId: id(name) })), open: [key] })
    const result = work(book)
    this.keep(book)
    return result
  }

  /** The account as it would be if time passed now; nothing is kept. */
  probe(key: AccountKey, names: readonly string[]): BookAccount {
    const book = this.open({ own: names.map((name) => ({ account: key, lotId: id(name) })), open: [key] })
    passTime(book, key)
    return book.account(key)
  }

  lots(key: AccountKey): Map<Uuid, Lot> {
    return this.#lots.get(accountId(key)) ?? new Map()
  }

  balances(key: AccountKey): Account['balances'] {
    return (this.#accounts.get(accountId(key)) ?? newAccount(key)).balances
  }

  #find({ own, open }: LotsRequest): (AccountKey & Lot)[] {
    const asked = own.flatMap(({ account, lotId }) => {
      const lot = this.lots(account).get(lotId)
      return lot ? [{ ...account, ...lot }] : []
    })
    const all = open.flatMap((key) => [...this.lots(key).values()].map((lot) => ({ ...key, ...lot })))
    return [...asked, ...all.filter((lot) => lot.remaining > 0)]
  }
}

function newAccount(key: AccountKey): Account {
  const zero = { available: 0, pending: 0, held: 0, issued: 0, redeemed: 0, expired: 0, adjusted: 0, written_off: 0 }
  return { ...key, balances: zero, carry: null }
}
