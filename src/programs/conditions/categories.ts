// Holds for orders that contain goods of these categories. Evaluated after the products: when no
// goods are left, the category is what is missing.
import { condition, holds } from './condition.ts'

export const categories = condition<'categories'>({
  miss: (_categories, { seen }) => holds(seen.length > 0),
  explain: {
    en: () => 'the order has no products from its categories',
    ar: () => 'لا يحتوي الطلب على منتجات من تصنيفات القاعدة',
  },
})
