// Conditions on the goods: the order must hold some of the products or categories meant, and enough of them.
import { isOfProducts } from '../goods.ts'
import { type Condition, holds } from './condition.ts'

export const products: Condition = {
  miss: ({ products }, { paid }) => holds(paid.some((line) => isOfProducts(products, line))),
  explain: { en: () => 'none of its products are in the order', ar: () => 'لا يوجد في الطلب منتج من منتجاتها' },
}

/** Judged after the products, so what is still missing is the category. */
export const categories: Condition = {
  miss: (_when, { seen }) => holds(seen.length > 0),
  explain: { en: () => 'nothing of its categories is in the order', ar: () => 'لا يوجد في الطلب شيء من تصنيفاتها' },
}

/** Measured on the goods that the rule sees, not on the whole order. */
export const minimumAmount: Condition = {
  miss: ({ minimum_amount: m = 0 }, { amount: a }) => (a >= m ? null : { a, m }),
  explain: {
    en: ({ a = 0, m = 0 }, words) => `needs goods for ${words.money(m)}, there were ${words.money(a)}`,
    ar: ({ a = 0, m = 0 }, words) => `تتطلب مشتريات بقيمة ${words.money(m)} والموجود ${words.money(a)}`,
  },
}
