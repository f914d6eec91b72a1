// DELETE /api/v1/customers/{id}/former-phones/{phone}: releases a former number that another person
// has now.
import { Type } from 'typebox'
import { idOf } from '../../../../contract/api/common.ts'
import { releasePhone } from '../../../customers/phones.ts'
import { lockBusinesses } from '../../../db/business-lock.ts'
import { parseAnyPhone } from '../../../kernel/phone.ts'
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404 } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { customerOr404 } from './customer-problem.ts'

export function registerReleasePhone(app: ApiServer, ctx: AppContext): void {
  app.delete(
    '/customers/:id/former-phones/:phone',
    {
      config: {
        scope: 'customers:write',
        problems: [
          'not_found',
          'customer_merged',
          'customer_erased',
          'idempotency_key_reused',
          'idempotency_in_progress',
        ],
      },
      schema: {
        tags: ['Customers'],
        operationId: 'releaseFormerPhone',
        summary: 'Release a former mobile number',
        description: `For a number that another person has now. Orders placed from now on that name it belong to that person. Orders placed before still
belong to this customer, whenever they arrive.`,
        params: Type.Object({
          id: idOf('cus', 'The customer.'),
          phone: Type.String({
            maxLength: 40,
            description: 'The number. Encode `+` as `%2B`.',
            examples: ['%2B966500000001'],
          }),
        }),
        response: { 204: Type.Null({ description: 'The number is released.' }) },
      },
    },
    async (request, reply) => {
      const customerId = idOr404('customer', request.params.id)
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      const phone = parseAnyPhone(request.params.phone, programs.business.country)
      reply.code(204)
      return writeTenant(ctx, request, reply, async (tx) => {
        const lock = await lockBusinesses(tx, [businessId])
        await customerOr404(tx, businessId, customerId)
        const released =
          phone !== null && (await releasePhone(tx, lock, { businessId, customerId, phone }, ctx.clock.now()))
        if (!released) throw unknown()
        return null
      })
    },
  )
}

function unknown(): Problem {
  return new Problem('not_found', {
    detail: {
      en: 'The customer has no such former number. See former_phones of the customer.',
      ar: 'ليس لهذا العميل رقم سابق بهذه القيمة. راجع former_phones في بيانات العميل.',
    },
  })
}
