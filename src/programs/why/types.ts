// Why a movement has its number: compact data stored with each transfer, from which the number and
// its sentence can be derived again.
import type { Combine, ConditionName } from '../../../contract/program.ts'
import type { IsoDate } from '../../kernel/clock.ts'
import type { RuleUse } from '../rules/table.ts'

/**
 * `t` is the kind. Keys are short because each row of the ledger stores them. `u`: units (signed
 * for an adjustment). `was`: the units before. `d`: the local date on which pending units became
 * available, or the last date on which the units were valid. `k`: number of a period, from 1. `of`:
 * number of periods. `from`, `to`: first and last local date of a period; for a merge, the API id
 * of the other customer. `x`: 1 when the plan waited for the end of the plan before it. `n`: number
 * of cards, when more than one. `note`: what staff wrote; absent when the customer was erased. `rest`: stamps that wait because the customer has the maximum of
 * unused awards. `s`: what happened to a claim. `en`, `ar`: the name of what was claimed.
 */
export type Why =
  | EarnWhy
  | { t: 'return'; was: number; now: EarnWhy }
  | { t: 'change'; was: number; now: EarnWhy }
  | { t: 'undone'; by: UndoneBy; was: number }
  | { t: 'pending_release'; u: number; d: IsoDate }
  | { t: 'expiry'; u: number; d: IsoDate }
  | { t: 'extended'; u: number; d: IsoDate }
  | { t: 'adjustment'; u: number; note?: string }
  | { t: 'erased'; u: number }
  | { t: 'write_off'; u: number }
  | { t: 'card_filled'; goal: number; n?: number; rest?: number }
  | { t: 'card_reopened'; goal: number; n?: number }
  | { t: 'card_in_time'; u: number }
  | { t: 'period'; k: number; of: number; u: number; from: IsoDate; to: IsoDate; x?: 1 }
  | { t: 'merge'; u: number; from?: string; into?: string; note?: string }
  | { t: 'claim'; s: ClaimStep; u: number; en: string; ar: string; note?: string }

/**
 * What happened to a claim. `rest`: a part was not needed. `void`, `returned`: the order was
 * undone. `code_gone`: the order no longer contains the code. `joined`: another order contains it.
 * `join_missing`: that other order did not arrive. `again`: the order stands again. `by_hand`:
 * staff returned it, with a reason in `note`. `after_all`: the order shows the discount later.
 */
export type ClaimStep =
  | 'held'
  | 'redeemed'
  | 'rest'
  | 'expired'
  | 'cancelled'
  | 'void'
  | 'returned'
  | 'code_gone'
  | 'joined'
  | 'join_missing'
  | 'again'
  | 'by_hand'
  | 'after_all'

/**
 * What a sale earns. `return` (after goods were returned) and `change` (after any other change of
 * the order) wrap it with what was posted before.
 */
export interface EarnWhy {
  t: 'earn'
  /** How the rules combine; absent means sum. */
  c?: Exclude<Combine, 'sum'>
  /** 1 when amounts exclude tax. */
  b?: 1
  /** The rules that apply and count, in the sequence of the program. */
  r: RuleUse[]
  /** What the rules and multipliers give, exactly, as a fraction. */
  x: string
  /** The fraction carried in from earlier orders, if the program carries. */
  ci?: string
  /**
   * The cap that reduced the whole units, with the room that it left. `w`: units above a ceiling
   * that wait for staff.
   */
  cap?: { by: CapScope; room: number; w?: number }
  /** The resulting units. */
  u: number
  /** The condition of each other rule that did not hold; only when nothing was earned. */
  missed?: Miss[]
}

/**
 * `limit`: the system maximum for one order. `period`: any cap over several orders. `ceiling`:
 * units above it wait for staff.
 */
export type CapScope = 'order' | 'day' | 'week' | 'month' | 'budget' | 'period' | 'limit' | 'ceiling'

/** The first condition `c` of rule `i` that did not hold, with the numbers that it explains. */
export interface Miss {
  i: string
  c: ConditionName
  [number: string]: string | number
}

/** What undid everything that a sale had earned. */
export type UndoneBy =
  | 'void'
  | 'joined'
  | 'returned'
  | 'not_paid_yet'
  | 'customer_changed'
  | 'customer_blacklisted'
  | 'date_changed'
  | 'period_moved'
