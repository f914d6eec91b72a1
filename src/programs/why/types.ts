// Why a movement has its number: compact facts, stored with each transfer, from which the number
// and its sentence follow again.
import type { Combine, ConditionName } from '../../../contract/program.ts'
import type { IsoDate } from '../../kernel/clock.ts'
import type { RuleUse } from '../rules/table.ts'

/**
 * Told apart by `t`. Keys are short because a row of the ledger carries them. `u` units (signed for
 * an adjustment), `was` the units before, `d` the local date on which a pending time ended or the
 * last on which the units were good, `k` the number of a period counted from 1, `of` how many there
 * are, `from` and `to` its first and last local dates, `x` 1 when it waited for the end of the plan
 * before it, `n` how many cards where a sentence speaks of several, `rest` the stamps that wait
 * because no further card may be won now, `from` and `into` the id of the other customer of a merge
 * as the API shows it (the dates of a period in theirs), `s` what happened to a claim, `en` and
 * `ar` the name of what was claimed.
 */
export type Why =
  | EarnWhy
  | { t: 'return'; was: number; now: EarnWhy }
  | { t: 'change'; was: number; now: EarnWhy }
  | { t: 'undone'; by: UndoneBy; was: number }
  | { t: 'pending_release'; u: number; d: IsoDate }
  | { t: 'expiry'; u: number; d: IsoDate }
  | { t: 'extended'; u: number; d: IsoDate }
  | { t: 'adjustment'; u: number; note: string }
  | { t: 'write_off'; u: number }
  | { t: 'card_filled'; goal: number; n?: number; rest?: number }
  | { t: 'card_reopened'; goal: number; n?: number }
  | { t: 'card_in_time'; u: number }
  | { t: 'period'; k: number; of: number; u: number; from: IsoDate; to: IsoDate; x?: 1 }
  | { t: 'merge'; u: number; from?: string; into?: string; note: string }
  | { t: 'claim'; s: ClaimStep; u: number; en: string; ar: string; note?: string }

/**
 * What happened to a claim. `rest` of it was not needed; `void` and `returned` say what undid the
 * order, `code_gone` that the order names the code no more, `joined` that another order holds it,
 * `join_missing` that no order came to hold it, `again` that the order stands again, `by_hand` that
 * staff returned it, for the reason in `note`, and `after_all` that the order shows the discount
 * all the same.
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
 * What a sale earns. `return` (after goods came back) and `change` (after any other news of the
 * order) wrap it with what was posted before.
 */
export interface EarnWhy {
  t: 'earn'
  /** How several rules combine; absent means sum. */
  c?: Exclude<Combine, 'sum'>
  /** 1 when amounts are without their tax. */
  b?: 1
  /** The rules that held and count, in the program's order. */
  r: RuleUse[]
  /** What the rules and multipliers give, exactly, as a fraction. */
  x: string
  /** The fraction carried in from earlier orders, where the program carries. */
  ci?: string
  /**
   * The cap that trimmed the whole units, the room that it left, and `w` the units above a ceiling
   * that wait for staff.
   */
  cap?: { by: CapScope; room: number; w?: number }
  /** Units in the end. */
  u: number
  /** Which condition kept each of the other rules away; given when nothing was earned. */
  missed?: Miss[]
}

/**
 * `limit` is the largest number of units that LoyaPro gives for one order; `period` is any cap over
 * several orders; above a `ceiling` units wait for staff.
 */
export type CapScope = 'order' | 'day' | 'week' | 'month' | 'budget' | 'period' | 'limit' | 'ceiling'

/** The first condition `c` of rule `i` that did not hold, with the numbers that it explains. */
export interface Miss {
  i: string
  c: ConditionName
  [number: string]: string | number
}

/** What took all that a sale had earned. */
export type UndoneBy =
  | 'void'
  | 'joined'
  | 'returned'
  | 'not_paid_yet'
  | 'customer_changed'
  | 'customer_blacklisted'
  | 'date_changed'
  | 'period_moved'

/** Why a sale earned nothing. Kept with the order; `explainNothing` says it in words. */
export const NOTHING_REASONS = [
  'no_customer',
  'customer_phone_unusable',
  'not_paid_yet',
  'void',
  'joined',
  'returned',
  'customer_blacklisted',
  'no_active_program',
  'rules_not_met',
  'cap_reached',
  'amount_too_small',
  'nothing_to_earn_on',
] as const

export type NothingReason = (typeof NOTHING_REASONS)[number]
