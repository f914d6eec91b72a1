// Conditions on the goods: the order must hold some of the products or categories meant, and enough
// of them.
import { isOfProducts } from '../goods.ts'
import { type Condition, holds } from './condition.ts'

export const products: Condition = {
  miss: ({ products }, { paid }) => holds(paid.some((line) => isOfProducts(products, line))),
  explain: { en: () => 'the order has none of its products', ar: () => 'لا يحتوي الطلب على أي من منتجات القاعدة' },
}

/** Judged after the products, so what is still missing is the category. */
export const categories: Condition = {
  miss: (_when, { seen }) => holds(seen.length > 0),
  explain: {
    en: () => 'the order has no products from its categories',
    ar: () => 'لا يحتوي الطلب على منتجات من تصنيفات القاعدة',
  },
}

/** Measured on the goods that the rule sees, not on the whole order. */
export const minimumAmount: Condition = {
  miss: ({ minimum_amount: m = 0 }, { amount: a }) => (a >= m ? null : { a, m }),
  explain: {
    en: ({ a = 0, m = 0 }, words) => `minimum ${words.money(m)}, the order has ${words.money(a)}`,
    ar: ({ a = 0, m = 0 }, words) => `الحد الأدنى ${words.money(m)}، وقيمة المنتجات في الطلب ${words.money(a)}`,
  },
}
