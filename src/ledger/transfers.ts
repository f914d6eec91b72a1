// Transfers: units that move between two accounts, their effect on lots, and the movement that
// people see.
import { assert } from '../kernel/assert.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { AccountKey, AccountName } from './accounts.ts'
import type { Lot, LotUnits } from './lots.ts'

/**
 * README.md lists the accounts that each kind may debit and credit; a check constraint of the table
 * enforces it.
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
 * Units that move from the debit account to the credit account. `Why` is the caller's reason; the
 * ledger only stores it.
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
   * The units that left or entered each lot. A transfer that changes what is posted for a lot (earn,
   * grant, reverse, positive adjust), and a write-off, name that lot first, even with 0 units.
   * Debited units without a lot are debt; credited units without a lot repaid debt.
   */
  readonly lots: readonly LotUnits[]
  /** The available and the pending balance after this transfer. */
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
  /** Signed change of the available balance; if that does not change, of the pending or held one. */
  readonly units: number
  readonly balance: number
  readonly pending: number
  readonly why: Why
}

export function movementOf<Why>(transfer: Transfer<Why>): Movement<Why> {
  const { customerId, programId, kind, balance, pending, why } = transfer
  return { customerId, programId, kind, units: signedUnits(transfer), balance, pending, why }
}

type Route = Pick<Transfer<unknown>, 'debit' | 'credit' | 'units'>

export function signedUnits({ debit, credit, units }: Route): number {
  if (credit === 'available') return units
  if (debit === 'available') return -units
  return credit === 'pending' || credit === 'held' ? units : -units
}

type Effect = Pick<Transfer<unknown>, 'kind' | 'debit' | 'credit' | 'units' | 'lots'>

/**
 * The lot after the transfer; `place` is its index among the lots that the transfer names. Only
 * these rules determine a lot from its transfers; verify.ts has the same rules in SQL.
 */
export function applyToLot(lot: Lot, transfer: Effect, place: number): Lot {
  const { kind, debit, credit, units, lots } = transfer
  const named = lots[place]?.units ?? 0
  const next = { ...lot }
  if (kind === 'pending_release') {
    // All units leave the pending account; those that did not stay in the lot repaid debt.
    next.remaining += named - units
    next.pending = false
  } else if (credit === 'available' || credit === 'pending') next.remaining += named
  else if (debit === 'available' || debit === 'pending') next.remaining -= named
  if (credit === 'expired') next.expired += named
  // All units leave the expired account; those that did not return to the lot repaid debt.
  if (debit === 'expired') next.expired -= units
  if (place === 0 && isPosting(transfer)) next.granted += kind === 'reverse' ? -units : units
  if (place === 0 && kind === 'write_off') next.writtenOff += debit === 'written_off' ? units : -units
  for (const part of [next.granted, next.remaining, next.expired, next.writtenOff]) {
    assert(Number.isSafeInteger(part) && part >= 0, `lot ${lot.id} would hold ${part} units after ${kind} of ${units}`)
  }
  return next
}

/** Whether the transfer changes what is posted for the lot that it names first. */
function isPosting({ kind, credit }: Pick<Transfer<unknown>, 'kind' | 'credit'>): boolean {
  return kind === 'earn' || kind === 'grant' || kind === 'reverse' || (kind === 'adjust' && credit === 'available')
}
