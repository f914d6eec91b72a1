// Conditions on the order as a whole: where it was taken, how the goods went out and how it was paid.
import { showId } from '../../kernel/ids.ts'
import { type Condition, holds } from './condition.ts'

export const orderTypes: Condition = {
  miss: ({ order_types }, { basket: { orderType } }) =>
    holds(!order_types || (!!orderType && order_types.includes(orderType))),
  explain: { en: () => 'not for this type of order', ar: () => 'لا تسري على هذا النوع من الطلبات' },
}

export const channels: Condition = {
  miss: ({ channels }, { basket: { channel } }) => holds(!channels || (!!channel && channels.includes(channel))),
  explain: { en: () => 'not for orders taken this way', ar: () => 'لا تسري على قناة الطلب هذه' },
}

export const branches: Condition = {
  miss: ({ branches }, { basket: { branchId } }) =>
    holds(!branches || (branchId !== null && branches.includes(showId('branch', branchId)))),
  explain: { en: () => 'not at this branch', ar: () => 'لا تسري في هذا الفرع' },
}

/** Paid at least in part with one of the included kinds, and with none of the excluded. */
export const payments: Condition = {
  miss: ({ payments: { include, exclude } = {} }, { basket: { paymentKinds } }) =>
    holds(
      (!include || paymentKinds.some((kind) => include.includes(kind))) &&
        !(exclude && paymentKinds.some((kind) => exclude.includes(kind))),
    ),
  explain: { en: () => 'not with this way of paying', ar: () => 'لا تسري مع طريقة الدفع هذه' },
}
