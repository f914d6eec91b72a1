// POST /api/v1/customers/{id}/phone: changes the mobile number of a customer.
import { idParams } from '../../../../contract/api/common.ts'
import { Customer, PhoneChange } from '../../../../contract/api/customers.ts'
import { changePhone } from '../../../customers/phones.ts'
import { lockBusinesses } from '../../../db/business-lock.ts'
import { queueCustomer } from '../../../installations/outbox.ts'
import { unreachable } from '../../../kernel/assert.ts'
import { formatId } from '../../../kernel/ids.ts'
import { parseAnyPhone } from '../../../kernel/phone.ts'
import { readBalances } from '../../../ledger/read.ts'
import type { AppContext } from '../../../server/context.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404 } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { NOT_A_PHONE } from './create-customer.ts'
import { customerOr404 } from './customer-problem.ts'
import { customerToJson } from './customer-to-json.ts'
import { readReason } from './read-reason.ts'

export function registerChangePhone(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/customers/:id/phone',
    {
      config: {
        scope: 'customers:write',
        problems: [
          ...(['not_found', 'customer_merged', 'customer_erased', 'phone_taken', 'conflict'] as const),
          ...(['idempotency_key_reused', 'idempotency_in_progress'] as const),
        ],
      },
      schema: {
        tags: ['Customers'],
        operationId: 'changeCustomerPhone',
        summary: "Change a customer's mobile number",
        description: `Balances, codes and orders stay with the customer. Orders that name the former number, whenever they arrive, still belong to the customer
until the number is released. If another customer has the number, 409 \`phone_taken\` returns its \`customer_id\`: merge the two.`,
        params: idParams('cus', 'customer'),
        body: PhoneChange,
        response: { 200: Customer },
      },
    },
    async (request, reply) => {
      const customerId = idOr404('customer', request.params.id)
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      const phone = parseAnyPhone(request.body.phone, programs.business.country)
      if (phone === null) {
        throw invalid('/phone', ...NOT_A_PHONE)
      }
      const reason = readReason(request.body.reason)
      const now = ctx.clock.now()
      return writeTenant(ctx, request, reply, async (tx) => {
        const lock = await lockBusinesses(tx, [businessId])
        const outcome = await changePhone(tx, lock, { businessId, customerId, phone, reason }, now)
        switch (outcome.kind) {
          case 'changed':
            await queueCustomer(tx, businessId, customerId, 'changed', now)
            break
          case 'same':
          case 'not_found':
            break
          case 'too_many':
            throw tooMany()
          case 'phone_taken':
            throw taken(formatId('customer', outcome.customerId))
          default:
            return unreachable(outcome)
        }
        const customer = await customerOr404(tx, businessId, customerId)
        return customerToJson(customer, programs, await readBalances(tx, businessId, [customerId]))
      })
    },
  )
}

function taken(customerId: string): Problem {
  return new Problem('phone_taken', {
    detail: {
      en: `Customer ${customerId} has this number or had it before. If they are the same person, merge the two customers; otherwise release the number there first.`,
      ar: `هذا الرقم مسجّل حاليًا أو سابقًا للعميل ${customerId}. إذا كانا الشخص نفسه فادمج العميلين، وإلا فحرّر الرقم لديه أولًا.`,
    },
    extra: { customer_id: customerId },
  })
}

function tooMany(): Problem {
  return new Problem('conflict', {
    detail: {
      en: 'The customer has 20 former numbers, which is the maximum. Release one first.',
      ar: 'لدى العميل 20 رقمًا سابقًا، وهو الحد الأقصى. حرّر أحدها أولًا.',
    },
  })
}
