// The values of a Foodics body that identify nobody: those of the shop and its menu, which many
// orders have in common.
import { each, type NonPersonal } from '../toolkit/non-personal.ts'

/** The country of the phone, and days. */
const CUSTOMER = { dial_code: 'kept', ...each('last_order_at updated_at', 'day'), '*': 'person' } as const

const STAFF = { ...each('lang created_at updated_at', 'kept'), '*': 'person' } as const

const ENTRY = each('id name name_localized reference type created_at updated_at', 'kept')

const TAX = { ...ENTRY, rate: 'kept', pivot: each('amount rate tax_exclusive_discount_amount', 'kept') } as const

/**
 * A discount or promotion of the menu. Coupons and gift cards have codes that belong to a person.
 */
const REDUCTION = {
  ...ENTRY,
  ...each('priority qualification amount maximum_amount order_types', 'kept'),
}

const PRICES = each(
  'quantity unit_price total_price total_cost discount_amount discount_type tax_exclusive_unit_price ' +
    'tax_exclusive_total_price tax_exclusive_discount_amount',
  'kept',
)

const PRODUCT = {
  ...ENTRY,
  ...each('sku barcode description description_localized image price cost calories preparation_time', 'kept'),
  ...each('pricing_method selling_method costing_method index', 'kept'),
  category: { ...ENTRY, image: 'kept' },
} as const

const LINE = {
  ...PRICES,
  ...each('id returned_quantity status is_ingredients_wasted delay_in_seconds', 'kept'),
  ...each('added_at closed_at', 'day'),
  ...each('creator voider', STAFF),
  // Repeats the ID of the line.
  meta: { foodics: { uuid: 'kept' } },
  product: PRODUCT,
  promotion: REDUCTION,
  discount: REDUCTION,
  options: { ...PRICES, partition: 'kept', added_at: 'day', modifier_option: PRODUCT, taxes: TAX },
  taxes: TAX,
  void_reason: ENTRY,
} as const

const PAYMENT = {
  ...each('amount tendered tips', 'kept'),
  ...each('business_date added_at', 'day'),
  user: STAFF,
  payment_method: { ...ENTRY, ...each('code auto_open_drawer index', 'kept') },
} as const

const BRANCH = {
  ...ENTRY,
  ...each('latitude longitude address receipt_header receipt_footer reservation_duration', 'kept'),
  ...each('opening_from opening_to inventory_end_of_day_time', 'kept'),
}

/**
 * IDs and numbers of an order lead to its customer, so they are not listed; of its times only the
 * day is.
 */
export const NON_PERSONAL: NonPersonal = {
  event: 'kept',
  timestamp: 'day',
  business: each('name reference', 'kept'),
  order: {
    ...each('type source status delivery_status guests delay_in_seconds', 'kept'),
    ...each('subtotal_price discount_amount discount_type rounding_amount total_price', 'kept'),
    ...each('tax_exclusive_discount_amount promotion_id', 'kept'),
    ...each('business_date opened_at accepted_at due_at closed_at created_at updated_at', 'day'),
    ...each('creator closer', STAFF),
    ...each('customer_address driver', 'person'),
    customer: CUSTOMER,
    branch: BRANCH,
    promotion: REDUCTION,
    discount: REDUCTION,
    table: ENTRY,
    coupon: ENTRY,
    charges: { ...each('amount tax_exclusive_amount', 'kept'), charge: { ...ENTRY, value: 'kept' }, taxes: TAX },
    payments: PAYMENT,
    products: LINE,
    combos: { ...PRICES, combo_size: { ...ENTRY, combo: { ...ENTRY, sku: 'kept' } }, products: LINE },
    device: { ...ENTRY, code: 'kept' },
    // The receipt code contains seller, tax number, time and total, and nothing about the buyer.
    meta: { foodics: each('device_id receipt_qr', 'kept') },
  },
}
