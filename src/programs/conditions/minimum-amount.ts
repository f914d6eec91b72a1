// Holds when the goods that the rule applies to, not the whole order, cost at least this amount.
import type { Minor } from '../../kernel/money.ts'
import { condition } from './condition.ts'

export const minimumAmount = condition<'minimum_amount', { a: Minor; m: Minor }>({
  miss: (minimum, { amount }) => (amount >= minimum ? null : { a: amount, m: minimum }),
  explain: {
    en: ({ a, m }, words) => `minimum ${words.money(m)}, the order has ${words.money(a)}`,
    ar: ({ a, m }, words) => `الحد الأدنى ${words.money(m)}، وقيمة المنتجات في الطلب ${words.money(a)}`,
  },
})
