// POST /api/v1/customers: enrols a customer by phone, before their first order.
import { Customer, NewCustomer } from '../../../../contract/api/customers.ts'
import { createCustomer } from '../../../customers/store.ts'
import { lockBusinesses } from '../../../db/business-lock.ts'
import { queueCustomer } from '../../../installations/outbox.ts'
import { formatId } from '../../../kernel/ids.ts'
import { parseAnyPhone } from '../../../kernel/phone.ts'
import type { AppContext } from '../../../server/context.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { programsOf } from '../programs/programs-of.ts'
import { customerToJson } from './customer-to-json.ts'
import { readProfile } from './read-profile.ts'

export function registerCreateCustomer(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/customers',
    {
      config: {
        scope: 'customers:write',
        problems: ['phone_taken', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Customers'],
        operationId: 'createCustomer',
        summary: 'Create a customer',
        description: `Customers are created automatically with their first order. Use this for customers who have not bought yet. Each mobile number belongs to one customer: if it is
already known, 409 \`phone_taken\` returns its \`customer_id\`.`,
        body: NewCustomer,
        response: { 201: Customer },
      },
    },
    async (request, reply) => {
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      const phone = parseAnyPhone(request.body.phone, programs.business.country)
      if (phone === null) {
        throw invalid('/phone', ...NOT_A_PHONE)
      }
      const now = ctx.clock.now()
      const profile = readProfile(request.body, now)
      reply.code(201)
      return writeTenant(ctx, request, reply, async (tx) => {
        const lock = await lockBusinesses(tx, [businessId])
        const outcome = await createCustomer(tx, lock, { businessId, id: ctx.ids.next(), phone, profile, now })
        if (outcome.outcome === 'phone_taken')
          throw new Problem('phone_taken', { extra: { customer_id: formatId('customer', outcome.customerId) } })
        await queueCustomer(tx, businessId, outcome.customer.id, 'created', now)
        return customerToJson(outcome.customer, programs, [])
      })
    },
  )
}

export const NOT_A_PHONE = [
  'must be a mobile number in the country of the business, or include the country code, e.g. +966500000001',
  'يجب أن يكون رقم جوال في دولة المنشأة، أو مع رمز الدولة مثل +966500000001',
] as const
