// Formats a customer and their balances for the business API.
import { actorToJson } from '../../../../contract/actor.ts'
import type { Balance, BalanceWithExpiry, Customer } from '../../../../contract/api/customers.ts'
import type { Customer as CustomerRow } from '../../../customers/store.ts'
import { formatId, type Uuid } from '../../../kernel/ids.ts'
import type { CustomerBalance, ExpiryDate } from '../../../ledger/read.ts'
import type { BusinessPrograms } from '../../../programs/store.ts'
import { formatInstant } from '../format.ts'
import { programToJson } from '../programs/programs-of.ts'

/** `balances` may contain those of other customers. */
export function customerToJson(
  customer: CustomerRow,
  programs: BusinessPrograms,
  balances: readonly CustomerBalance[],
): Customer {
  return { ...profileToJson(customer), balances: balancesToJson(customer.id, programs, balances) }
}

export function profileToJson(customer: CustomerRow): Omit<Customer, 'balances'> {
  return {
    id: formatId('customer', customer.id),
    phone: customer.phone,
    name: customer.name,
    email: customer.email,
    gender: customer.gender,
    birth_date: customer.birthDate,
    language: customer.language,
    blacklisted: customer.blacklisted,
    created_at: formatInstant(customer.createdAt),
    created_by: actorToJson(customer.createdBy),
    updated_at: formatInstant(customer.updatedAt),
    updated_by: actorToJson(customer.updatedBy),
  }
}

/** How other resources name a customer. */
export function customerRefToJson({ id, name, phone }: CustomerRow): {
  id: string
  name: string | null
  phone: string
} {
  return { id: formatId('customer', id), name, phone }
}

/**
 * One balance for every active program, 0 without an account, and for any other program with an
 * account.
 */
export function balancesToJson(
  customerId: Uuid,
  programs: BusinessPrograms,
  balances: readonly CustomerBalance[],
): Balance[] {
  const mine = new Map(balances.filter((one) => one.customerId === customerId).map((one) => [one.programId, one]))
  return [...programs.programs.values()]
    .filter(({ id, status }) => status === 'active' || mine.has(id))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id }) => {
      const { available, pending, held, debt } = mine.get(id) ?? NOTHING
      return { ...programToJson(programs, id), available, pending, held, debt }
    })
}

const NOTHING = { available: 0, pending: 0, held: 0, debt: 0 }

export function withExpiry(balances: readonly Balance[], schedule: readonly ExpiryDate[]): BalanceWithExpiry[] {
  return balances.map((balance) => ({
    ...balance,
    expiring: schedule.flatMap(({ programId, expiresAt, available, pending }) =>
      expiresAt !== null && formatId('program', programId) === balance.program_id
        ? [{ units: available + pending, expires_at: formatInstant(expiresAt) }]
        : [],
    ),
  }))
}
