// The book: locked accounts and loaded lots in memory, between which units move. All of it is
// synchronous; commit.ts writes the result.
import type { Actor } from '../../contract/actor.ts'
import { assert, must } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Ids, Uuid } from '../kernel/ids.ts'
import { type Account, type AccountKey, accountId, type Balances } from './accounts.ts'
import { type LoadedLots, type Lot, type LotUnits, spendingOrder } from './lots.ts'
import { applyToLot, type Transfer } from './transfers.ts'

/**
 * Reasons of the transfers that the ledger makes on its own. The caller provides them, because the
 * ledger does not know what units mean.
 */
export interface OwnReasons<Why> {
  released(lot: Lot, units: number, account: AccountKey): Why
  expired(lot: Lot, units: number, account: AccountKey): Why
  writtenOff(lot: Lot, units: number, account: AccountKey): Why
  /** Restored, because the lot had expired only while an order was unknown. */
  extended(lot: Lot, units: number, account: AccountKey): Why
}

export interface BookAccount {
  /** The `accountId` of the key. */
  readonly id: string
  readonly key: AccountKey
  readonly balances: Balances
  carry: string | null
  readonly lots: Map<Uuid, Lot>
  /**
   * Its lots as stored; null where none is stored under that id. A lot that is not in the map may
   * exist.
   */
  readonly known: Map<Uuid, Lot | null>
  /** Whether every lot with remaining units is loaded. */
  allOpen: boolean
  timePassed: boolean
  /** As stored in the database. */
  readonly stored: Pick<Account, 'balances' | 'carry'>
}

export type Draft<Why> = Omit<Transfer<Why>, 'id' | 'balance' | 'pending' | keyof AccountKey>

export interface BookOptions<Why> {
  readonly now: EpochMs
  readonly ids: Ids
  readonly reasons: OwnReasons<Why>
  /** Who moves the units; null for units that orders earn and redeem: the actor is their POS. */
  readonly actor: Actor | null
}

/**
 * A book belongs to one time and one database transaction; it is discarded after the commit.
 */
export class Book<Why> {
  readonly now: EpochMs
  readonly reasons: OwnReasons<Why>
  readonly actor: Actor | null
  readonly #ids: Ids
  readonly #accounts: Map<string, BookAccount>
  #transfers: Transfer<Why>[] = []

  constructor(accounts: Iterable<Account>, options: BookOptions<Why>) {
    this.now = options.now
    this.#ids = options.ids
    this.reasons = options.reasons
    this.actor = options.actor
    this.#accounts = new Map(Array.from(accounts, open).map((account) => [account.id, account]))
  }

  /** Adds loaded lots. A lot that the book has already is kept, because the book may have changed it. */
  admit({ request, lots }: LoadedLots): void {
    for (const { businessId, customerId, programId, ...lot } of lots) {
      const account = this.account({ businessId, customerId, programId })
      if (account.known.get(lot.id)) continue
      assert(!account.lots.has(lot.id), `lot ${lot.id} was made without asking whether it exists`)
      account.lots.set(lot.id, lot)
      account.known.set(lot.id, lot)
    }
    for (const { account: key, lotId } of request.own) {
      const { known } = this.account(key)
      if (!known.has(lotId)) known.set(lotId, null)
    }
    for (const key of request.open) this.account(key).allOpen = true
  }

  account(key: AccountKey): BookAccount {
    const id = accountId(key)
    return must(this.#accounts.get(id), `the lock on account ${id}`)
  }

  /** Whether the account is locked: one that was requested only if it exists may be missing. */
  has(key: AccountKey): boolean {
    return this.#accounts.has(accountId(key))
  }

  accounts(): Iterable<BookAccount> {
    return this.#accounts.values()
  }

  /** In the order in which they were recorded. */
  get transfers(): readonly Transfer<Why>[] {
    return this.#transfers
  }

  /** A lot of the account, or undefined when it does not exist. */
  lot(account: BookAccount, lotId: Uuid): Lot | undefined {
    const lot = account.lots.get(lotId)
    assert(lot || account.known.has(lotId), `lot ${lotId} was not asked for, so it may exist`)
    return lot
  }

  /**
   * Whether `post` to this target may change lots other than its own, so that the account's open
   * lots must be loaded and admitted first. Call it for every target of a batch before the first is
   * posted. A sale that earns needs no other lots unless the account has debt.
   */
  needsOpenLots(key: AccountKey, lotId: Uuid, target: number): boolean {
    const account = this.account(key)
    const lot = this.lot(account, lotId)
    const { available, pending } = account.balances
    const drop = (lot?.granted ?? 0) - target
    if (account.allOpen || drop === 0) return false
    // With debt, units that are due for release repay it before incoming units do; and an earlier
    // post of the batch may repay it with the units that this lot has now.
    if (available < 0) return drop > 0 || pending > 0
    return lot !== undefined && drop > lot.remaining + lot.expired
  }

  /** The lots with available units, in spending order. */
  openLots(account: BookAccount): Lot[] {
    assert(account.allOpen, `the open lots of ${account.id} were not loaded`)
    return [...account.lots.values()].filter((lot) => lot.remaining > 0 && !lot.pending).sort(spendingOrder)
  }

  /** Up to `units` from the open lots, in spending order. */
  take(account: BookAccount, units: number, except?: Uuid): LotUnits[] {
    const taken: LotUnits[] = []
    let left = units
    for (const lot of this.openLots(account)) {
      if (left === 0) break
      if (lot.id === except) continue
      const part = Math.min(left, lot.remaining)
      taken.push({ lotId: lot.id, units: part })
      left -= part
    }
    return taken
  }

  /** Moves units. Balances and lots change only here. */
  record(account: BookAccount, draft: Draft<Why>): Transfer<Why> {
    const { balances } = account
    assert(Number.isSafeInteger(draft.units) && draft.units > 0, `${draft.kind} of ${draft.units} units`)
    balances[draft.debit] -= draft.units
    balances[draft.credit] += draft.units
    draft.lots.forEach(({ lotId }, place) => {
      const lot = must(account.lots.get(lotId), `lot ${lotId}`)
      account.lots.set(lotId, applyToLot(lot, draft, place))
    })
    const after = { balance: balances.available, pending: balances.pending }
    const transfer = { ...account.key, id: this.#ids.next(), ...draft, ...after }
    this.#transfers.push(transfer)
    return transfer
  }

  /** Removes two transfers that undo each other exactly, as if neither had been recorded. */
  annul(first: Transfer<Why>, second: Transfer<Why>): void {
    const from = this.#transfers.indexOf(first)
    const to = this.#transfers.indexOf(second)
    assert(from >= 0 && from < to && first.units === second.units, 'only a transfer and its opposite can be struck out')
    assert(first.credit === 'available' && second.debit === 'available' && first.debit === second.credit, 'opposites')
    const id = accountId(first)
    for (const between of this.#transfers.slice(from + 1, to)) {
      if (accountId(between) === id) between.balance -= first.units
    }
    this.#transfers = this.#transfers.filter((transfer) => transfer !== first && transfer !== second)
  }

  /**
   * Asserts the invariants that hold between any two operations. Those on lots are checked when all
   * open lots are loaded.
   */
  assertSound({ id, balances, lots, allOpen }: BookAccount): void {
    let sum = 0
    for (const units of Object.values(balances)) {
      assert(Number.isSafeInteger(units), `a balance of ${id} is beyond safe integers`)
      sum += units
    }
    assert(sum === 0, `the accounts of ${id} do not sum to 0`)
    assert(balances.pending >= 0 && balances.held >= 0, `${id} has less than nothing pending or held`)
    if (!allOpen) return
    let available = 0
    let pending = 0
    for (const lot of lots.values()) {
      if (lot.pending) pending += lot.remaining
      else available += lot.remaining
    }
    // An account with debt has no open lots, because incoming units repay debt first.
    assert(available === Math.max(0, balances.available), `the open lots of ${id} are not its balance`)
    assert(pending === balances.pending, `the pending lots of ${id} are not its pending balance`)
  }

  /** Sets the fraction of a unit that is carried over to the next order. */
  setCarry(key: AccountKey, carry: string | null): void {
    this.account(key).carry = carry
  }
}

function open(account: Account): BookAccount {
  const { businessId, customerId, programId, balances, carry } = account
  return {
    id: accountId(account),
    key: { businessId, customerId, programId },
    balances: { ...balances },
    carry,
    lots: new Map(),
    known: new Map(),
    allOpen: false,
    timePassed: false,
    stored: { balances, carry },
  }
}
