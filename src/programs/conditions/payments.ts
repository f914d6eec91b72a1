// Holds for orders that are paid at least in part by an included method, and by no excluded one.
import { condition, holds } from './condition.ts'

export const payments = condition<'payments'>({
  miss: ({ include, exclude }, { basket: { paymentKinds } }) =>
    holds(
      (!include || paymentKinds.some((kind) => include.includes(kind))) &&
        !(exclude && paymentKinds.some((kind) => exclude.includes(kind))),
    ),
  explain: { en: () => 'not valid with this payment method', ar: () => 'غير متاحة مع طريقة الدفع هذه' },
})
