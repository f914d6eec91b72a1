// The parts of a Foodics body besides the sale itself: branches, people, devices, taxes, payment
// methods.
import type { PaymentKind } from '../../../contract/pos-order.ts'
import type { Branch, Person } from '../world/types.ts'

export function menuTimes() {
  return { created_at: '2022-11-14 15:12:29', updated_at: '2022-12-12 16:51:18', deleted_at: null }
}

export function named(id: string, name: string, rest: Record<string, unknown>) {
  return { id, name, name_localized: null as unknown, ...menuTimes(), ...rest }
}

export function branchJson({ id, name, nameAr, reference }: Branch) {
  return {
    id,
    name,
    name_localized: nameAr,
    reference,
    type: 1,
    latitude: null,
    longitude: null,
    phone: null,
    opening_from: '16:00',
    opening_to: '04:00',
    inventory_end_of_day_time: '05:00',
    receipt_header: null,
    receipt_footer: null,
    settings: { display_background_image: null },
    ...menuTimes(),
    receives_online_orders: true,
    accepts_reservations: false,
    reservation_duration: 30,
    reservation_times: null,
    address: null,
  }
}

export function customerJson({ id, name, phone, birthDate, blacklisted }: Person) {
  return {
    id,
    name,
    dial_code: phone.dialCode,
    phone: phone.national,
    email: null,
    gender: null,
    birth_date: birthDate,
    is_blacklisted: blacklisted,
    is_house_account_enabled: false,
    house_account_limit: null,
    is_loyalty_enabled: 1,
    order_count: 1,
    last_order_at: null,
    ...menuTimes(),
  }
}

export function userJson({ reference }: Branch) {
  return {
    pin: '*****',
    is_owner: false,
    id: `97c817bd-0000-4aa9-ad52-0000000000${reference.slice(1)}`,
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
    ...menuTimes(),
  }
}

export function deviceJson({ reference }: Branch) {
  const number = reference.slice(1)
  return {
    id: `97c24668-0000-4a3a-aa0a-0000000000${number}`,
    name: `Sample Till ${number}`,
    code: `100${number}`,
    reference: `C${number}`,
    type: 1,
  }
}

export function taxJson(amount: number, rate: number) {
  const name = named('_279594g7', 'vat', { name_localized: 'ضريبة القيمة المضافة' })
  return { pivot: { amount, rate, tax_exclusive_discount_amount: null }, ...name, rate, inactive_in_order_types: null }
}

/**
 * LoyaPro distinguishes payment kinds by these names; Foodics has types for cash and cards only.
 */
export const METHODS: Record<PaymentKind, { name: string; type: number }> = {
  cash: { name: 'Cash', type: 1 },
  card: { name: 'mada', type: 2 },
  gift_card: { name: 'Gift Card', type: 4 },
  house_account: { name: 'House Account', type: 3 },
  loyalty: { name: 'Loyalty', type: 7 },
  other: { name: 'Talabat', type: 8 },
}

export function methodJson(kind: PaymentKind) {
  const { name, type } = METHODS[kind]
  return { ...named(`_pay-${kind}`, name, { code: null }), type, auto_open_drawer: true, is_active: true, index: 0 }
}
