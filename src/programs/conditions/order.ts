// Conditions on the order as a whole: where it was taken, how the goods went out and how it was
// paid.
import { formatId } from '../../kernel/ids.ts'
import { type Condition, holds } from './condition.ts'

export const orderTypes: Condition = {
  miss: ({ order_types }, { basket: { orderType } }) =>
    holds(!order_types || (!!orderType && order_types.includes(orderType))),
  explain: { en: () => 'not valid for this order type', ar: () => 'غير متاحة لهذا النوع من الطلبات' },
}

export const channels: Condition = {
  miss: ({ channels }, { basket: { channel } }) => holds(!channels || (!!channel && channels.includes(channel))),
  explain: { en: () => 'not valid for this channel', ar: () => 'غير متاحة لقناة الطلب هذه' },
}

export const branches: Condition = {
  miss: ({ branches }, { basket: { branchId } }) =>
    holds(!branches || (branchId !== null && branches.includes(formatId('branch', branchId)))),
  explain: { en: () => 'not valid at this branch', ar: () => 'غير متاحة في هذا الفرع' },
}

/** Paid at least in part with one of the included kinds, and with none of the excluded. */
export const payments: Condition = {
  miss: ({ payments: { include, exclude } = {} }, { basket: { paymentKinds } }) =>
    holds(
      (!include || paymentKinds.some((kind) => include.includes(kind))) &&
        !(exclude && paymentKinds.some((kind) => exclude.includes(kind))),
    ),
  explain: { en: () => 'not valid with this payment method', ar: () => 'غير متاحة مع طريقة الدفع هذه' },
}
