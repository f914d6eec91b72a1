// The flags of orders, in the sequence in which they are stored.

/** Something in an order that staff should check. */
export const ORDER_FLAGS = [
  'code_unknown',
  'code_of_other_order',
  'code_not_in_force',
  'discount_differs',
  'discount_too_high',
  'discount_not_in_order',
  'order_too_small',
  'share_too_high',
  'not_combinable',
  'card_gone',
  'outside_terms',
  'redeemed_for_other',
  'codes_ignored',
  'joined_order_missing',
  'void_before_sale',
  'clock_ahead',
  'above_ceiling',
] as const
export type OrderFlag = (typeof ORDER_FLAGS)[number]
