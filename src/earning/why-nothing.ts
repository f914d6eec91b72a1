// Why a sale earned nothing in a program: what it lacked, found by assessing it again.
import type { NothingReason } from '../../contract/nothing-reasons.ts'
import type { Queryable } from '../db/database.ts'
import type { Uuid } from '../kernel/ids.ts'
import { ZERO } from '../kernel/rational.ts'
import { familyOf } from '../orders/apply-snapshot.ts'
import type { OrderRow } from '../orders/store.ts'
import { nothingReason, type RuleNames } from '../programs/nothing.ts'
import type { BusinessPrograms } from '../programs/store.ts'
import type { PinnedVersion } from '../programs/terms.ts'
import type { EarnWhy } from '../programs/why.ts'
import { assess } from './assess.ts'
import { loadStandingFacts } from './known-facts.ts'

export interface ProgramLack {
  programId: Uuid
  reason: NothingReason
  why: EarnWhy
  /** Names of the rules that assessed the sale, by rule id. */
  rules: RuleNames
}

/**
 * One entry for each program that assessed the sale and gave nothing; none where the programs did
 * not decide.
 */
export async function lacksOf(
  q: Queryable,
  sale: OrderRow,
  family: readonly OrderRow[],
  programs: BusinessPrograms,
): Promise<ProgramLack[]> {
  if (sale.terms === null || sale.customerId === null) return []
  const { entitlements } = assess({
    family: familyOf(sale.id, new Map(family.map((row) => [row.id, row]))),
    programs,
    currency: sale.currency,
    branch: sale.branchId === null ? null : { id: sale.branchId, timezone: null },
    customer: { id: sale.customerId, enteredBirthDate: null, blacklistedAt: null },
    pinned: { terms: sale.terms, facts: sale.facts },
    ceiling: sale.ceiling,
    isReleased: false,
    known: (await loadStandingFacts(q, programs, [sale])).get(sale.id) ?? {},
    // Pinned facts have these already.
    roomFor: () => null,
    carryFor: () => ZERO,
  })
  return entitlements.flatMap(({ version: { programId, definition }, why }) => {
    const reason = nothingReason(why)
    return reason === null ? [] : [{ programId, reason, why, rules: namesOf(definition) }]
  })
}

/** Names of the rules of a definition, by rule id. */
export function namesOf(definition: PinnedVersion['definition']): RuleNames {
  const rules = 'rules' in definition ? definition.rules : []
  return new Map(rules.flatMap(({ id, name }) => (name ? [[id, name] as const] : [])))
}
