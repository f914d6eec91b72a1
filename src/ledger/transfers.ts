// Transfers: what moves between two accounts, what it does to the lots that it names, and how it
// reads to people.
import { assert } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { AccountKey, AccountName } from './accounts.ts'
import type { Lot, LotUnits } from './lots.ts'

/**
 * README.md tells which accounts each kind may join; a check constraint of the table holds every
 * row to it.
 */
export type TransferKind =
  | 'earn'
  | 'grant'
  | 'reverse'
  | 'pending_release'
  | 'expire'
  | 'redeem'
  | 'restore'
  | 'hold'
  | 'release'
  | 'adjust'
  | 'write_off'
  | 'merge'

/**
 * Units on their way from the debit account to the credit account. `Why` is whatever explains it;
 * the ledger only keeps it.
 */
export interface Transfer<Why> extends AccountKey {
  readonly id: Uuid
  readonly kind: TransferKind
  readonly debit: AccountName
  readonly credit: AccountName
  /** At least 1. */
  readonly units: number
  /** The sale, subscription, card, claim, adjustment or lot that it belongs to. */
  readonly sourceId: Uuid
  /**
   * What left or reached which lots. A transfer that changes what is posted for a lot (earn, grant,
   * reverse, adjust up), and a write-off, name that lot first, be it with 0 units. What no lot gave
   * is debt; what no lot got has repaid debt.
   */
  readonly lots: readonly LotUnits[]
  /** Of the available and the pending account, after this transfer. */
  balance: number
  pending: number
  readonly why: Why
  readonly occurredAt: EpochMs
}

/** A transfer as the customer sees it. */
export interface Movement<Why> {
  readonly customerId: Uuid
  readonly programId: Uuid
  readonly kind: TransferKind
  /** Signed. Of the available balance where that took part, else of the pending or the held one. */
  readonly units: number
  readonly balance: number
  readonly pending: number
  readonly why: Why
}

export function movementOf<Why>(transfer: Transfer<Why>): Movement<Why> {
  const { customerId, programId, kind, balance, pending, why } = transfer
  return { customerId, programId, kind, units: signedUnits(transfer), balance, pending, why }
}

type Course = Pick<Transfer<unknown>, 'debit' | 'credit' | 'units'>

export function signedUnits({ debit, credit, units }: Course): number {
  if (credit === 'available') return units
  if (debit === 'available') return -units
  return credit === 'pending' || credit === 'held' ? units : -units
}

type Effect = Pick<Transfer<unknown>, 'kind' | 'debit' | 'credit' | 'units' | 'lots'>

/**
 * The lot as it is after the transfer; `place` is its place among the lots that the transfer names.
 * What a lot is follows from its transfers by this alone, and verify.ts derives it by the same
 * rules in SQL.
 */
export function applyToLot(lot: Lot, transfer: Effect, place: number): Lot {
  const { kind, debit, credit, units, lots } = transfer
  const named = lots[place]?.units ?? 0
  const next = { ...lot }
  if (kind === 'pending_release') {
    // The whole of it leaves the pending account; what did not stay in the lot has repaid debt.
    next.remaining += named - units
    next.pending = false
  } else if (credit === 'available' || credit === 'pending') next.remaining += named
  else if (debit === 'available' || debit === 'pending') next.remaining -= named
  if (credit === 'expired') next.expired += named
  // All of it is expired no longer; what did not come back to the lot has repaid debt.
  if (debit === 'expired') next.expired -= units
  if (place === 0 && isPosting(transfer)) next.granted += kind === 'reverse' ? -units : units
  if (place === 0 && kind === 'write_off') next.writtenOff += debit === 'written_off' ? units : -units
  for (const part of [next.granted, next.remaining, next.expired, next.writtenOff]) {
    assert(Number.isSafeInteger(part) && part >= 0, `lot ${lot.id} would hold ${part} units after ${kind} of ${units}`)
  }
  return next
}

/** Whether it changes what is posted for the lot that it names first. */
function isPosting({ kind, credit }: Pick<Transfer<unknown>, 'kind' | 'credit'>): boolean {
  return kind === 'earn' || kind === 'grant' || kind === 'reverse' || (kind === 'adjust' && credit === 'available')
}
