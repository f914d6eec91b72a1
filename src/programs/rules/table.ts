// Every kind of rule there is, in one table that the compiler keeps complete.
import type { Rational } from '../../kernel/rational.ts'
import type { RuleKind, RuleUse, RuleUses } from '../why/facts.ts'
import type { Language, Words } from '../why/words.ts'
import { multiplier } from './multiplier.ts'
import { perAmount } from './per-amount.ts'
import { perItem } from './per-item.ts'
import { perOrder } from './per-order.ts'
import { percent } from './percent.ts'
import { plan } from './plan.ts'
import type { Args, Base, EarnRule } from './rule.ts'

const RULES: { readonly [K in RuleKind]: EarnRule<K> } = {
  per_amount: perAmount,
  per_item: perItem,
  per_order: perOrder,
  percent,
  multiplier,
  plan,
}

export function useRule<K extends RuleKind>(id: string, kind: K, args: Args[K], base: Base): RuleUses[K] {
  return RULES[kind].use(id, args, base)
}

/** Units, exactly; for a multiplier the factor. */
export function earnOf(use: RuleUse): Rational {
  return earn(use.k, use)
}

export function explainUse(use: RuleUse, language: Language, words: Words): string {
  return explain(use.k, use, language, words)
}

// The kind beside its own facts lets the compiler see that the two belong together.
function earn<K extends RuleKind>(kind: K, use: RuleUses[K]): Rational {
  return RULES[kind].earn(use)
}

function explain<K extends RuleKind>(kind: K, use: RuleUses[K], language: Language, words: Words): string {
  return RULES[kind].explain[language](use, words)
}
