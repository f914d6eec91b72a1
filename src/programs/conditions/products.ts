// Holds for orders that contain one of these products.
import { isOfProducts } from '../goods.ts'
import { condition, holds } from './condition.ts'

export const products = condition<'products'>({
  miss: (products, { paid }) => holds(paid.some((line) => isOfProducts(products, line))),
  explain: { en: () => 'the order has none of its products', ar: () => 'لا يحتوي الطلب على أي من منتجات القاعدة' },
})
