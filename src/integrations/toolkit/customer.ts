// Reads the customer of an order: a customer is a phone number, and no order is refused because of
// its customer.
import type { PosCustomer } from '../../../contract/pos-order.ts'
import { normalisePhone } from '../../kernel/phone.ts'
import type { PosContext } from '../integration.ts'
import { emailOf, flagOf, idOf, type Json, textOf } from './clean.ts'
import { isAbsent } from './problems.ts'
import { readDate } from './times.ts'

/** A customer without a usable phone is left out, and `customer_problem` states why. */
export type CustomerPart =
  | { customer: PosCustomer }
  | { customer_problem: 'no_phone' | 'bad_phone' }
  | Record<never, never>

/**
 * Reads a customer in the common format `{id, name, dial_code, phone, email, …}`; null is an order
 * without a customer. `country` applies to a phone without a dial code.
 */
export function readCustomer(
  json: Json | null,
  { country }: Pick<PosContext, 'country'>,
  gender?: 'male' | 'female',
): CustomerPart {
  if (json === null) return {}
  if (isAbsent(json.phone)) return { customer_problem: 'no_phone' }
  const phone = normalisePhone(json.dial_code, json.phone, country)
  if (phone === null) return { customer_problem: 'bad_phone' }
  const posId = idOf(json.id)
  const name = textOf(json.name)
  const email = emailOf(json.email)
  const birthDate = readDate(json.birth_date)
  return {
    customer: {
      ...(posId && { pos_id: posId }),
      phone,
      ...(name && { name }),
      ...(email && { email }),
      ...(gender && { gender }),
      ...(birthDate && { birth_date: birthDate }),
      blacklisted: flagOf(json.is_blacklisted),
    },
  }
}
