// Mobile numbers and email addresses of customers for people who see them masked: in every answer,
// whatever its format.
import type { FastifyRequest } from 'fastify'
import { latinDigits } from '../kernel/text.ts'
import { Problem } from './problem.ts'
import type { ApiServer } from './server.ts'

/** Masks the JSON answers of routes in this scope. What is sent otherwise goes through `shownTo`. */
export function maskPhonesIn(scope: ApiServer): void {
  scope.addHook('preSerialization', async (request, _reply, payload) => shownTo(request, payload))
}

/**
 * The value as the caller may see it: wherever a mobile number or an email address stands in it, it
 * is masked for a person whose role must not read it.
 */
export function shownTo<T>(request: FastifyRequest, value: T): T {
  return request.caller?.masksPhones ? (masked(value) as T) : value
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

function masked(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return maskText(name, value)
  if (Array.isArray(value)) return value.map((one) => masked(one, name))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, masked(member, key)]))
}

function maskText(name: string, text: string): string {
  if (/phone|mobile/.test(name)) return maskPhone(text)
  if (name === 'email') return maskEmail(text)
  // People write numbers in any form; an id or a reference has digits of its own.
  const isInWords = /\s/.test(text) || /name|text|reason/.test(name)
  return text.replace(isInWords ? NUMBER_IN_WORDS : E164, maskPhone)
}

const E164 = /\+\d{8,15}/g

/** Nine digits or more, in either script, also in groups. */
const NUMBER_IN_WORDS = /\+?[\d٠-٩](?:[ ()-]{0,2}[\d٠-٩]){8,14}/g

/** `+966500000001` → `•••••••••0001`: the last four digits tell two customers apart. */
function maskPhone(phone: string): string {
  return phone.slice(0, -4).replace(/./gu, '•') + phone.slice(-4)
}

/** `sara@example.com` → `s•••@example.com`. */
function maskEmail(email: string): string {
  return email.replace(/^(.).*(?=@)/u, '$1•••')
}
