// Holds an adjustment to the limit of the person who makes it.
import { isLimitedRole } from '../../../../contract/roles.ts'
import { loadUnitWorth } from '../../../backtests/unit-worth.ts'
import type { BusinessLock } from '../../../db/business-lock.ts'
import type { Queryable, WriteTransaction } from '../../../db/database.ts'
import { unreachable } from '../../../kernel/assert.ts'
import type { Clock } from '../../../kernel/clock.ts'
import type { Uuid } from '../../../kernel/ids.ts'
import { localDate } from '../../../kernel/local-date.ts'
import { currencyDigits, formatMinor, type Minor } from '../../../kernel/money.ts'
import type { BusinessPrograms } from '../../../programs/store.ts'
import { lastInForce } from '../../../programs/terms.ts'
import {
  type AdjustmentLimit,
  adjustedOn,
  adjustmentLimit,
  countAdjusted,
  decideAdjustment,
} from '../../../staff/adjustment-limits.ts'
import { Problem } from '../../problem.ts'
import type { Caller } from '../../server.ts'

/** What an adjustment counts, and what is left after it. */
export interface Counted {
  amount: Minor
  left: Minor
}

/**
 * Counts the adjustment against the limit of the caller; null for one without a limit. Under the
 * lock, so that concurrent adjustments cannot exceed it together. Throws 403 `forbidden_scope` when
 * the limit is 0, and 409 `adjustment_limit`.
 */
export async function countAdjustment(
  tx: WriteTransaction,
  lock: BusinessLock,
  caller: Caller,
  programs: BusinessPrograms,
  { programId, units }: { programId: Uuid; units: number },
  clock: Clock,
): Promise<Counted | null> {
  const limited = await limitOf(tx, caller)
  if (!limited) return null
  const now = clock.now()
  const version = lastInForce(programs.terms, programId, now)
  // Such a program cannot be adjusted by anybody, which the caller says next.
  if (!version) return null
  const { currency, timezone } = programs.business
  const person = { ...limited.person, day: localDate(now, timezone) }
  const [used, worth] = await Promise.all([adjustedOn(tx, person), loadUnitWorth(tx, programs, version, person.day)])
  const decision = decideAdjustment(limited.limit, used, units, worth)
  switch (decision.kind) {
    case 'allowed':
      await countAdjusted(tx, lock, person, decision.amount)
      return { amount: decision.amount, left: decision.left }
    case 'not_allowed':
      throw notAllowed()
    case 'value_unknown':
      throw valueUnknown()
    case 'over_adjustment':
    case 'over_day':
      throw overLimit(decision, limited.limit, currency)
    default:
      return unreachable(decision)
  }
}

/** Throws 403 `forbidden_scope` for a caller with a limit: the operation moves whole balances. */
export async function refuseLimited(q: Queryable, caller: Caller): Promise<void> {
  if ((await limitOf(q, caller)) === null) return
  throw new Problem('forbidden_scope', {
    detail: {
      en: 'You may adjust balances up to a limit only, and this moves whole balances. Ask an owner.',
      ar: 'يمكنك تعديل الأرصدة ضمن حدّ معيّن فقط، وهذه العملية تنقل أرصدة كاملة. اطلبها من مالك المنشأة.',
    },
    extra: { scope: 'ledger:adjust' },
  })
}

/** The limit of the caller, and who they are; null for a caller without a limit. */
export async function limitOf(
  q: Queryable,
  { businessId, staff }: Caller,
): Promise<{ limit: AdjustmentLimit; person: { businessId: Uuid; staffId: Uuid } } | null> {
  if (!staff || !isLimitedRole(staff.role)) return null
  const limit = await adjustmentLimit(q, businessId, staff.role)
  return limit && { limit, person: { businessId, staffId: staff.staffId } }
}

function notAllowed(): Problem {
  return new Problem('forbidden_scope', {
    detail: {
      en: 'Your role may not adjust balances: its limit is 0. An owner can raise it in Settings.',
      ar: 'لا يتيح دورك تعديل الأرصدة لأن حدّه 0. يمكن لمالك المنشأة رفعه من الإعدادات.',
    },
    extra: { scope: 'ledger:adjust', limit: 0 },
  })
}

function valueUnknown(): Problem {
  return new Problem('adjustment_limit', {
    detail: {
      en: 'You have a limit in money, and nobody knows yet what a unit of this program is worth: it was never redeemed, and no reward has a price. Ask an owner to adjust it.',
      ar: 'حدّك محسوب بالمال، ولا تُعرف بعد قيمة الوحدة في هذا البرنامج: لم يُستبدل منه شيء ولا توجد مكافأة محددة القيمة. اطلب التعديل من مالك المنشأة.',
    },
    extra: { limit: 'unit_value' },
  })
}

function overLimit(
  { kind, amount, left }: { kind: 'over_adjustment' | 'over_day'; amount: Minor; left: Minor },
  { perAdjustment, perDay }: AdjustmentLimit,
  currency: string,
): Problem {
  const money = (minor: Minor) => `${formatMinor(minor, currencyDigits(currency))} ${currency}`
  const isDay = kind === 'over_day'
  return new Problem('adjustment_limit', {
    detail: isDay
      ? {
          en: `The adjustment is worth ${money(amount)}. Of your limit of ${money(perDay)} a day, ${money(left)} are left.`,
          ar: `قيمة التعديل ${money(amount)}، والمتبقي من حدّك اليومي البالغ ${money(perDay)} هو ${money(left)}.`,
        }
      : {
          en: `The adjustment is worth ${money(amount)}. Your limit for one adjustment is ${money(perAdjustment)}; ${money(left)} are left today.`,
          ar: `قيمة التعديل ${money(amount)}، وحدّك للتعديل الواحد ${money(perAdjustment)}، والمتبقي اليوم ${money(left)}.`,
        },
    extra: {
      limit: isDay ? 'per_day' : 'per_adjustment',
      amount,
      allowed: isDay ? perDay : perAdjustment,
      left,
      currency,
    },
  })
}
