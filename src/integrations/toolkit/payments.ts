// Derives the kind of a payment: merchants name their own methods, and a POS has few types of them.
import type { PaymentKind } from '../../../contract/pos-order.ts'
import { foldText } from '../../kernel/text.ts'

/** A payment method as the POS describes it. */
export interface PaymentMethod {
  /** Its names and its code, in any language. */
  names: readonly (string | undefined)[]
  /** The meaning of the POS's own type, where it is known. */
  type?: PaymentKind | undefined
}

/**
 * In order of precedence: the kind that the business states for the method (by its folded name); a
 * name of prepaid money or rewards, because such methods are set up under any type; the type of the
 * POS; a name of cash or cards.
 */
export function paymentKind(method: PaymentMethod, stated?: ReadonlyMap<string, PaymentKind>): PaymentKind {
  const names = method.names.filter((name) => name !== undefined).map(foldText)
  for (const name of names) {
    const kind = stated?.get(name)
    if (kind) return kind
  }
  const words = names.join(' | ')
  return match(PREPAID, words) ?? method.type ?? match(ORDINARY, words) ?? 'other'
}

type Rule = readonly [kind: PaymentKind, words: RegExp]

/**
 * Words as `foldText` writes them. Short ones must stand alone, because other words contain them:
 * عاجل, مدير. "نقاط البيع" and "point of sale" are a card terminal, not points.
 */
const PREPAID: readonly Rule[] = [
  [
    'loyalty',
    /loyalty|loyapro|cash ?-?back|\brewards?\b|\bpoints\b(?! of sale)|store credit|ولاء|كاش ?باك|استرداد نقدي|مكاف[اي]|نقاط(?! (?:ال)?بيع)/u,
  ],
  ['gift_card', /\bgift|voucher|هديه|هدايا|قسيمه|قسايم/u],
  [
    'house_account',
    /house account|on account|credit account|(?<!\p{L})(?:ب?ال)?اجله?(?!\p{L})|ذمم|علي الحساب|حساب (?:ال)?عميل/u,
  ],
]

const ORDINARY: readonly Rule[] = [
  [
    'card',
    /\bcard\b|\bmada\b|\bvisa\b|master ?card|\bamex\b|apple ?pay|points? of sale|(?<!\p{L})مدي(?!\p{L})|بطاقه|شبكه|نقاط (?:ال)?بيع/u,
  ],
  ['cash', /\bcash\b|نقد|كاش/u],
]

function match(rules: readonly Rule[], words: string): PaymentKind | undefined {
  return rules.find(([, pattern]) => pattern.test(words))?.[0]
}
