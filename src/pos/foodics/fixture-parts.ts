// The parts of made-up Foodics bodies that say nothing of the sale: people, places, menu entries, in the keys of real ones.
import { derivedId } from '../../kernel/ids.ts'
import type { CustomerSpec, LineSpec } from './fixture-spec.ts'

const MENU_TIMES = { created_at: '2022-11-14 15:12:29', updated_at: '2022-12-12 16:51:18', deleted_at: null }

export function customer({ number = 1, ...spec }: CustomerSpec = {}) {
  return {
    id: derivedId('customer', String(number)),
    name: `Sample Customer ${number}`,
    dial_code: 966,
    phone: `50${String(number).padStart(7, '0')}`,
    email: null,
    gender: 1,
    birth_date: null,
    is_blacklisted: false,
    is_house_account_enabled: false,
    house_account_limit: null,
    is_loyalty_enabled: false,
    order_count: 1,
    last_order_at: '2023-01-01 14:53:57',
    created_at: '2023-01-01 15:03:30',
    updated_at: '2023-01-01 15:07:05',
    deleted_at: null,
    ...spec,
  }
}

export function branch() {
  return {
    id: '97be5de5-0000-4efe-8355-000000000001',
    name: 'Sample Branch',
    name_localized: 'فرع تجريبي',
    reference: 'B01',
    type: 1,
    latitude: null,
    longitude: null,
    phone: null,
    opening_from: '04:00',
    opening_to: '04:00',
    inventory_end_of_day_time: '05:00',
    receipt_header: null,
    receipt_footer: null,
    settings: { display_background_image: null },
    ...MENU_TIMES,
    receives_online_orders: true,
    accepts_reservations: false,
    reservation_duration: 30,
    reservation_times: null,
    address: null,
  }
}

export function user() {
  return {
    pin: '*****',
    is_owner: false,
    id: '97c817bd-0000-4aa9-ad52-000000000001',
    name: 'Sample Cashier',
    number: null,
    email: null,
    phone: null,
    lang: 'ar',
    display_localized_names: false,
    email_verified: false,
    must_use_fingerprint: false,
    last_console_login_at: null,
    last_cashier_login_at: null,
    associate_to_all_branches: false,
    ...MENU_TIMES,
  }
}

export function device() {
  return { id: '97c24668-0000-4a3a-aa0a-000000000001', name: 'Sample Till', code: '10001', reference: 'C01', type: 1 }
}

export function product(spec: LineSpec) {
  const { product: id = '_7g3g8555', category = '_7ad32937', name = 'Sample Latte', nameAr = 'لاتيه تجريبي' } = spec
  return {
    category: {
      id: category,
      name: 'Hot Drinks',
      name_localized: 'مشروبات ساخنة',
      reference: null,
      image: null,
      ...MENU_TIMES,
    },
    ingredients: [],
    id,
    sku: `prd${id}`,
    barcode: null,
    name,
    name_localized: nameAr,
    description: null,
    description_localized: null,
    image: 'https://foodics.s3.eu-west-1.amazonaws.com/menu/1600000000.jpg',
    is_active: true,
    is_stock_product: false,
    is_ready: true,
    pricing_method: 1,
    selling_method: spec.weighed ? 2 : 1,
    costing_method: 2,
    preparation_time: null,
    price: spec.price ?? 0,
    cost: null,
    calories: 0,
    ...MENU_TIMES,
    meta: null,
  }
}

export function modifierOption(id: string, name: string, price: number) {
  return {
    ingredients: [],
    id,
    name,
    name_localized: 'خيار تجريبي',
    sku: 'sk-0001',
    is_active: true,
    costing_method: 2,
    price,
    cost: null,
    calories: null,
    ...MENU_TIMES,
    index: 0,
  }
}

export function vat(amount: number, rate: number) {
  return {
    pivot: { amount, rate, tax_exclusive_discount_amount: null },
    id: '_279594g7',
    name: 'VAT',
    name_localized: 'ضريبة القيمة المضافة',
    rate,
    ...MENU_TIMES,
    inactive_in_order_types: null,
  }
}

export function paymentMethod(type: number, name: string) {
  return {
    id: '_37583g17',
    name,
    name_localized: name,
    type,
    code: null,
    auto_open_drawer: type === 1,
    is_active: true,
    ...MENU_TIMES,
    index: 0,
  }
}

/** A named thing of the menu: a discount, coupon, promotion, charge or reason. */
export function named<T extends object>(id: string, name: string, rest: T) {
  return { id, name, name_localized: name, ...rest, ...MENU_TIMES }
}
