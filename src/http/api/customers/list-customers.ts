// GET /api/v1/customers: finds a customer by phone, searches by a part of name or phone, or lists
// by filters; as JSON or CSV.
import { Type } from 'typebox'
import { choice } from '../../../../contract/api/common.ts'
import { CustomerInList } from '../../../../contract/api/customers.ts'
import { type SearchPatterns, searchPatterns } from '../../../customers/search.ts'
import { type CustomerQuery, needsFigures, type CustomerPosition as Position } from '../../../figures/list.ts'
import { refreshFigures } from '../../../figures/refresh.ts'
import { loadTargets } from '../../../figures/targets.ts'
import { parseAnyPhone } from '../../../kernel/phone.ts'
import type { AppContext } from '../../../server/context.ts'
import { CSV_NOTE, CSV_PAGE, csvQuery, sendCsv, wantsCsv } from '../../csv.ts'
import { pageOf, pageQuery, readCursor, toPageAt } from '../../page.ts'
import { refusal } from '../../plugins/validation.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { CursorId, CursorInstant } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { customerColumns } from './customer-csv.ts'
import { customerFilters, customerOrder, readCustomerFilter, readCustomerOrder } from './customer-query.ts'
import { findPage, type Wanted } from './find-customers.ts'
import { customersToJson } from './list-to-json.ts'

export function registerListCustomers(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/customers',
    {
      config: { scope: 'customers:read' },
      schema: {
        tags: ['Customers'],
        operationId: 'listCustomers',
        summary: 'List or find customers',
        description: `Customers who match all filters. \`phone\` finds the customer with exactly this number; \`q\` searches names and numbers.
A search with filters can return a page with fewer than \`limit\` customers, or none, and a \`next_cursor\`: continue with it.
${CSV_NOTE}`,
        querystring: Type.Object(query, { additionalProperties: false }),
        response: { 200: pageOf(CustomerInList) },
      },
    },
    async (request, reply) => {
      const { limit, cursor, phone, q, include } = request.query
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      const csv = wantsCsv(request)
      const order = csv || q !== undefined ? JOINED : readCustomerOrder(request.query)
      const filter = readCustomerFilter(request.query, programs)
      const wanted: Wanted = {
        ...(phone !== undefined && { phone: readPhone(phone, programs.business.country) }),
        ...(q !== undefined && { patterns: readSearch(q) }),
      }
      const withFigures = csv || include === 'figures'
      const now = ctx.clock.now()
      if (filter && (withFigures || needsFigures(filter, order))) await refreshFigures(ctx.db, businessId, now)
      const read = (after: Position | null, most: number) =>
        readTenant(ctx, request, async (tx) => {
          const targets = await loadTargets(tx, programs, now)
          const list: CustomerQuery = { businessId, filter: filter ?? {}, order, targets, now }
          const page = filter ? await findPage(tx, list, wanted, after, most) : { found: [], next: null }
          const shown = { programs, targets, now, withFigures }
          return { rows: await customersToJson(tx, businessId, page.found, shown), next: page.next }
        })
      if (csv) {
        return sendCsv(request, reply, {
          name: `customers-${new Date(now).toISOString().slice(0, 10)}`,
          columns: customerColumns(programs),
          page: (after: Position | null) => read(after, CSV_PAGE),
        })
      }
      const after = readCursor(order.sort === 'last_visit' ? VisitPosition : CustomerPosition, cursor)
      const { rows, next } = await read(after && { value: null, ...after }, limit)
      return toPageAt(rows, next)
    },
  )
}

const query = {
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
  ...customerFilters,
  ...customerOrder,
  include: Type.Optional(
    choice(['figures'], {
      description:
        '`figures`: visits, spend and segments of each customer. The first request that needs them counts all orders of the business.',
    }),
  ),
  ...csvQuery,
}

const JOINED = { sort: 'joined', direction: 'desc' } as const

const CustomerPosition = Type.Object({
  value: Type.Optional(Type.Union([Type.Integer({ minimum: -1e15, maximum: 1e15 }), Type.Null()])),
  id: CursorId,
})
const VisitPosition = Type.Object({ value: Type.Union([CursorInstant, Type.Null()]), id: CursorId })

function readPhone(text: string, country: string | null): string {
  const phone = parseAnyPhone(text, country)
  if (phone !== null) return phone
  const en = 'must be a complete mobile number, e.g. 0500000001 or +966500000001; use q to search by part of a number'
  const ar = 'يجب أن يكون رقم جوال كاملًا مثل 0500000001 أو +966500000001؛ وللبحث بجزء منه استخدم q'
  throw refusal([{ in: 'query', pointer: '/phone', message: en, message_ar: ar }])
}

function readSearch(text: string): SearchPatterns {
  const patterns = searchPatterns(text)
  if (patterns === 'too_short') {
    throw refusal([
      {
        in: 'query',
        pointer: '/q',
        message: 'must contain a letter, or at least 3 digits of a mobile number',
        message_ar: 'يجب أن يحتوي على حرف، أو على 3 أرقام على الأقل من رقم الجوال',
      },
    ])
  }
  return patterns
}
