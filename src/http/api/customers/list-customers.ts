// GET /api/v1/customers: finds a customer by phone, searches by a part of name or phone, or lists
// all.
import { Type } from 'typebox'
import { Customer } from '../../../../contract/api/customers.ts'
import { type SearchPatterns, searchCustomers, searchPatterns } from '../../../customers/search.ts'
import { findCustomerByPhone, findCustomers, listCustomers } from '../../../customers/store.ts'
import type { Queryable } from '../../../db/database.ts'
import type { Uuid } from '../../../kernel/ids.ts'
import { parseAnyPhone } from '../../../kernel/phone.ts'
import { readBalances } from '../../../ledger/read.ts'
import type { AppContext } from '../../../server/context.ts'
import { pageOf, pageQuery, readCursor, toPage } from '../../page.ts'
import { refusal } from '../../plugins/validation.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { IdPosition } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { customerToJson } from './customer-to-json.ts'

export function registerListCustomers(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/customers',
    {
      config: { scope: 'customers:read' },
      schema: {
        tags: ['Customers'],
        operationId: 'listCustomers',
        summary: 'List or find customers',
        description:
          'Newest first. `phone` finds the customer with exactly this number; `q` searches names and numbers.',
        querystring: Type.Object(
          {
            ...pageQuery,
            phone: Type.Optional(
              Type.String({
                minLength: 1,
                maxLength: 40,
                description:
                  'Any format: `+966500000001` (encode `+` as `%2B`), `0500000001`, `٠٥٠٠٠٠٠٠٠١`. Without a country code, the country of the business is used.',
                examples: ['0500000001'],
              }),
            ),
            q: Type.Optional(
              Type.String({
                minLength: 1,
                maxLength: 100,
                description: `Part of the name; hamza and vowel signs are ignored in Arabic. One or two letters match only the beginning of the name.
Or at least 3 digits of the phone.`,
                examples: ['sara'],
              }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: pageOf(Customer) },
      },
    },
    async (request) => {
      const { limit, cursor, phone, q } = request.query
      const before = readCursor(IdPosition, cursor)?.id ?? null
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      const wanted: Wanted = {
        ...(phone !== undefined && { phone: readPhone(phone, programs.business.country) }),
        ...(q !== undefined && { patterns: readSearch(q) }),
      }
      return readTenant(ctx, request, async (tx) => {
        const customers = await find(tx, businessId, wanted, before, limit + 1)
        const shown = customers.slice(0, limit).map((customer) => customer.id)
        const balances = await readBalances(tx, businessId, shown)
        return toPage(
          customers,
          limit,
          ({ id }) => ({ id }),
          (customer) => customerToJson(customer, programs, balances),
        )
      })
    },
  )
}

interface Wanted {
  phone?: string
  patterns?: SearchPatterns
}

async function find(q: Queryable, businessId: Uuid, { phone, patterns }: Wanted, before: Uuid | null, limit: number) {
  if (phone !== undefined) {
    const customer = await findCustomerByPhone(q, businessId, phone)
    return customer && (before === null || customer.id < before) ? [customer] : []
  }
  if (patterns) return findCustomers(q, businessId, await searchCustomers(q, patterns, before, limit))
  return listCustomers(q, businessId, before, limit)
}

function readPhone(text: string, country: string | null): string {
  const phone = parseAnyPhone(text, country)
  if (phone !== null) return phone
  const en = 'must be a complete mobile number, e.g. 0500000001 or +966500000001; use q to search by part of a number'
  const ar = 'يجب أن يكون رقم جوال كاملًا مثل 0500000001 أو +966500000001؛ وللبحث بجزء منه استخدم q'
  throw refusal([{ in: 'query', pointer: '/phone', message: en, message_ar: ar }])
}

function readSearch(text: string): SearchPatterns {
  const patterns = searchPatterns(text)
  if (patterns !== 'too_short') return patterns
  throw refusal([
    {
      in: 'query',
      pointer: '/q',
      message: 'must contain a letter, or at least 3 digits of a mobile number',
      message_ar: 'يجب أن يحتوي على حرف، أو على 3 أرقام على الأقل من رقم الجوال',
    },
  ])
}
