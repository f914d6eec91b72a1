// All kinds of rule. The compiler requires one for each row of contract/program/rules/table.ts.
import type { Rational } from '../../kernel/rational.ts'
import type { Fact } from '../fact.ts'
import type { Language, Words } from '../why/words.ts'
import { multiplier } from './multiplier.ts'
import { perAmount } from './per-amount.ts'
import { perItem } from './per-item.ts'
import { perOrder } from './per-order.ts'
import { percent } from './percent.ts'
import { plan } from './plan.ts'
import type { Args, Base, EarnRule, LargeOrder, RuleKind } from './rule.ts'

const RULES = {
  per_amount: perAmount,
  per_item: perItem,
  per_order: perOrder,
  percent,
  multiplier,
  plan,
}

/** The stored numbers of each kind. */
export type RuleUses = { [K in RuleKind]: ReturnType<(typeof RULES)[K]['use']> }
export type RuleUse = RuleUses[RuleKind]

const BY_KIND: { readonly [K in RuleKind]: EarnRule<K, RuleUses[K]> } = RULES

export function useRule<K extends RuleKind>(id: string, kind: K, args: Args[K], base: Base): RuleUses[K] {
  return BY_KIND[kind].use(id, args, base)
}

/** Units, exactly; for a multiplier the factor. */
export function earnOf(use: RuleUse): Rational {
  return earn(use.k, use)
}

export function explainUse(use: RuleUse, language: Language, words: Words): string {
  return explain(use.k, use, language, words)
}

/** The facts that a kind of rule asks for. */
export function factsOfRule(kind: RuleKind): readonly Fact[] {
  return BY_KIND[kind].facts ?? []
}

/** About how many units it gives for a large order; 0 for a multiplier. */
export function unitsFor<K extends RuleKind>(kind: K, args: Args[K], order: LargeOrder): number {
  return BY_KIND[kind].unitsFor(args, order)
}

// The kind beside its own numbers lets the compiler see that the two belong together.
function earn<K extends RuleKind>(kind: K, use: RuleUses[K]): Rational {
  return BY_KIND[kind].earn(use)
}

function explain<K extends RuleKind>(kind: K, use: RuleUses[K], language: Language, words: Words): string {
  return BY_KIND[kind].explain[language](use, words)
}
