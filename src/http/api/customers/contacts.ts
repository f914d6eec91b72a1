// Masks the contact data of customers for callers who may not see it.
import type { FastifyRequest } from 'fastify'

/** Whether the caller sees phone numbers and e-mail addresses masked. */
export function masksContacts({ caller }: FastifyRequest): boolean {
  return caller.masksPhones
}

/** `+966500000014` → `+966•••••••14`. */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 4)}${'•'.repeat(Math.max(0, phone.length - 6))}${phone.slice(-2)}`
}

/** A customer, or anything with such fields, without readable contact data. */
export function maskContacts<T extends { phone: string; email?: string | null }>(customer: T): T {
  return { ...customer, phone: maskPhone(customer.phone), ...(customer.email != null && { email: '•••' }) }
}
