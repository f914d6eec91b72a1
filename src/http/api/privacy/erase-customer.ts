// DELETE /api/v1/customers/{id}: erases a customer.
import { idParams } from '../../../../contract/api/common.ts'
import { Erasure } from '../../../../contract/api/privacy.ts'
import { lockBusinesses } from '../../../db/business-lock.ts'
import { eraseCustomer } from '../../../privacy/erase-customer.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { writeShared } from '../../tenant.ts'
import { customerOr404 } from '../customers/customer-problem.ts'
import { idOr404 } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { erasureToJson } from './erasure-to-json.ts'

export function registerEraseCustomer(app: ApiServer, ctx: AppContext): void {
  app.delete(
    '/customers/:id',
    {
      config: {
        scope: 'privacy:erase',
        fresh: true,
        problems: ['not_found', 'customer_merged', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Privacy'],
        operationId: 'eraseCustomer',
        summary: 'Erase a customer',
        description: `Cannot be undone; \`GET /customers/{id}/erasure\` tells what will end. Profile, mobile numbers and cards are deleted at once, balances end with a movement that says
so, open codes are cancelled, and subscriptions end. Orders stay without their customer. Stored deliveries are then searched for the customer; follow \`status\`.
A later order with the same number enrols a new customer, and orders that are sent again bring nobody back. The POS keeps its own data: delete the customer
there as well. Repeating the request returns the same erasure.`,
        params: idParams('cus', 'customer'),
        response: { 202: Erasure },
      },
    },
    async (request, reply) => {
      const customerId = idOr404('customer', request.params.id)
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      reply.code(202)
      return writeShared(ctx, request, reply, async (tx) => {
        const lock = await lockBusinesses(tx, [businessId])
        const { clock, ids } = ctx
        const erasure = await eraseCustomer(tx, lock, programs, customerId, { now: clock.now(), ids })
        if (erasure) return erasureToJson(erasure, programs)
        await customerOr404(tx, businessId, customerId)
        throw new Error('a customer who exists was not erased')
      })
    },
  )
}
