// PATCH /api/v1/customers/{id}: changes the profile of a customer, or excludes them from earning.
import { idParams } from '../../../../contract/api/common.ts'
import { Customer, CustomerChanges } from '../../../../contract/api/customers.ts'
import { updateCustomer } from '../../../customers/store.ts'
import { lockBusinesses } from '../../../db/business-lock.ts'
import { queueCustomer } from '../../../installations/outbox.ts'
import { readBalances } from '../../../ledger/read.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { customerToJson } from './customer-to-json.ts'
import { readProfile } from './read-profile.ts'

export function registerUpdateCustomer(app: ApiServer, ctx: AppContext): void {
  app.patch(
    '/customers/:id',
    {
      config: {
        scope: 'customers:write',
        problems: ['not_found', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Customers'],
        operationId: 'updateCustomer',
        summary: 'Update a customer',
        description:
          'Omitted fields stay unchanged; null clears a field. The mobile number has an operation of its own.',
        params: idParams('cus', 'customer'),
        body: CustomerChanges,
        response: { 200: Customer },
      },
    },
    async (request, reply) => {
      const id = idOr404('customer', request.params.id)
      const { businessId } = request.caller
      const now = ctx.clock.now()
      const changes = readProfile(request.body, now)
      const programs = await programsOf(ctx, businessId)
      return writeTenant(ctx, request, reply, async (tx) => {
        const lock = await lockBusinesses(tx, [businessId])
        const customer = await updateCustomer(tx, lock, businessId, id, changes, now)
        if (!customer) throw notFound('customer')
        await queueCustomer(tx, businessId, id, 'changed', now)
        return customerToJson(customer, programs, await readBalances(tx, businessId, [id]))
      })
    },
  )
}
