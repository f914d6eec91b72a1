// How the business API says why an order earned nothing.

import type { Text } from '../../../../contract/api/common.ts'
import type { OrderInFull } from '../../../../contract/api/orders.ts'
import { NOTHING_REASONS } from '../../../../contract/nothing-reasons.ts'
import type { Queryable } from '../../../db/database.ts'
import { lacksOf, type ProgramLack } from '../../../earning/why-nothing.ts'
import type { OrderRow } from '../../../orders/store.ts'
import { explainNothing } from '../../../programs/nothing.ts'
import type { BusinessPrograms } from '../../../programs/store.ts'
import { programToJson } from '../programs/programs-of.ts'

/**
 * Null for a sale that earned, and for a return whose sale is known: what it took back stands among
 * the movements.
 */
export async function whyNothingToJson(
  q: Queryable,
  order: OrderRow,
  family: readonly OrderRow[],
  programs: BusinessPrograms,
): Promise<OrderInFull['why_not']> {
  if (order.parked) return { code: 'original_order_unknown', ...PARKED, programs: [] }
  const code = NOTHING_REASONS.find((reason) => reason === order.reason)
  if (code === undefined) return null
  const lacks = await lacksOf(q, order, family, programs)
  return {
    code,
    ...inBoth((language) => explainNothing(code, language)),
    programs: lacks.map((lack) => lackToJson(lack, programs)),
  }
}

/**
 * The programs in which a sale that earned in others earned nothing. A plan is bought, not earned,
 * so it is not among them.
 */
export async function notEarnedToJson(
  q: Queryable,
  order: OrderRow,
  family: readonly OrderRow[],
  programs: BusinessPrograms,
): Promise<OrderInFull['not_earned']> {
  if (order.kind !== 'sale' || order.reason !== null) return []
  const lacks = await lacksOf(q, order, family, programs)
  return lacks
    .filter(({ programId }) => programs.programs.get(programId)?.type !== 'subscription')
    .map((lack) => lackToJson(lack, programs))
}

function lackToJson({ programId, reason, why, rules }: ProgramLack, programs: BusinessPrograms) {
  const { program_id, program_type: type } = programToJson(programs, programId)
  const setting = { type, currency: programs.business.currency }
  return {
    program_id,
    code: reason,
    ...inBoth((language) => explainNothing(reason, language, { why, setting, rules })),
  }
}

const PARKED: Text = {
  en: 'The original sale of this return was not received yet. The return is applied when the sale is received',
  ar: 'لم يصل بعد الطلب الأصلي لهذا المرتجع، وسيُحتسب المرتجع عند وصوله',
}

function inBoth(say: (language: 'en' | 'ar') => string): Text {
  return { en: say('en'), ar: say('ar') }
}
