// Holds for orders of these types; an unknown type is in no list.
import { condition, holds } from './condition.ts'

export const orderTypes = condition<'order_types'>({
  miss: (types, { basket: { orderType } }) => holds(!!orderType && types.includes(orderType)),
  explain: { en: () => 'not valid for this order type', ar: () => 'غير متاحة لهذا النوع من الطلبات' },
})
