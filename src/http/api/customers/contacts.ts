// Masks the contact data of customers for callers who may not see it.
import type { FastifyRequest } from 'fastify'
import { maskPhone } from '../../phones.ts'

/** Whether the caller sees phone numbers and e-mail addresses masked. */
export function masksContacts({ caller }: FastifyRequest): boolean {
  return caller.masksPhones
}

/** A customer, or anything with such fields, without readable contact data. */
export function maskContacts<T extends { phone: string; email?: string | null }>(customer: T): T {
  return { ...customer, phone: maskPhone(customer.phone), ...(customer.email != null && { email: '•••' }) }
}
