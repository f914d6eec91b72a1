// Mobile numbers and email addresses of customers for people who see them masked.
import type { FastifyRequest } from 'fastify'
import { latinDigits } from '../kernel/text.ts'
import { Problem } from './problem.ts'
import type { ApiServer } from './server.ts'

/** `+966500000001` → `•••••••••0001`: the last four digits tell two customers apart. */
export function maskPhone(phone: string): string {
  return phone.slice(0, -4).replace(/./gu, '•') + phone.slice(-4)
}

/** `sara@example.com` → `s•••@example.com`. */
function maskEmail(email: string): string {
  return email.replace(/^(.).*(?=@)/u, '$1•••')
}

/** Masks the answers of routes in this scope, wherever a number stands in them. */
export function maskPhonesIn(scope: ApiServer): void {
  scope.addHook('preSerialization', async (request, _reply, payload) =>
    request.caller?.masksPhones ? masked(payload) : payload,
  )
}

/**
 * Refuses a search for a number by a caller who may not see it: the answer would tell what is
 * masked.
 */
export function refusePhoneSearch(request: FastifyRequest): void {
  const { phone, q } = request.query as Record<string, unknown>
  const digits = latinDigits(typeof q === 'string' ? q : '').replace(/\D/g, '')
  if (phone === undefined && digits.length < 3) return
  throw new Problem('forbidden_scope', {
    detail: {
      en: 'Your role cannot search by mobile number. Search by name.',
      ar: 'لا يتيح دورك البحث برقم الجوال. ابحث بالاسم.',
    },
  })
}

function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (typeof member !== 'string') return [name, masked(member)]
      if (member.includes('•')) return [name, member]
      if (/phone|mobile/.test(name)) return [name, maskPhone(member)]
      return [name, name === 'email' ? maskEmail(member) : member]
    }),
  )
}
