// POST /api/v1/test-orders and POST /api/v1/test-orders/{id}/void: sends a sample order through the
// same processing as orders of a POS, and takes it back.
import type { FastifyRequest } from 'fastify'
import { idParams } from '../../../../contract/api/common.ts'
import { NewTestOrder } from '../../../../contract/api/onboarding.ts'
import { OrderAnswer } from '../../../../contract/pos-answer.ts'
import { registerPos } from '../../../businesses/pos-systems.ts'
import { findCustomer } from '../../../customers/store.ts'
import { TEST_POS, testSale, testVoid } from '../../../ingest/test-order.ts'
import { examplePhone, parseAnyPhone } from '../../../kernel/phone.ts'
import type { Delivery } from '../../../orders/delivery.ts'
import type { AppContext } from '../../../server/context.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { actorOf, readTenant, writeTenant } from '../../tenant.ts'
import { idOr404 } from '../format.ts'
import { orderOr404 } from '../orders/order-or-404.ts'
import { programsOf } from '../programs/programs-of.ts'

export function registerSendTestOrder(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/test-orders',
    {
      config: {
        scope: 'connections:write',
        problems: ['overloaded', 'unavailable', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Connections'],
        operationId: 'sendTestOrder',
        summary: 'Send a test order',
        description: `A sale of 24.00 in the currency of the business, processed as any other order, from the POS \`${TEST_POS.name}\`: it earns, and shows what
customers get. Its number begins with \`TEST\`. Void it to take everything back.`,
        body: NewTestOrder,
        response: { 201: OrderAnswer },
      },
    },
    async (request, reply) => {
      const programs = await programsOf(ctx, request.caller.businessId)
      const phone = readPhone(request.body.phone, programs.business.country)
      await registerPos(ctx.db.by(actorOf(request)), TEST_POS, ctx)
      const key = keyOf(request) ?? ctx.ids.next()
      reply.code(201)
      return writeTenant(ctx, request, reply, async () =>
        submit(ctx, testSale({ key, phone, at: ctx.clock.now() }, programs, ctx.integrations)),
      )
    },
  )
}

export function registerVoidTestOrder(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/test-orders/:id/void',
    {
      config: {
        scope: 'connections:write',
        problems: [
          ...(['not_found', 'conflict', 'overloaded', 'unavailable'] as const),
          ...(['idempotency_key_reused', 'idempotency_in_progress'] as const),
        ],
      },
      schema: {
        tags: ['Connections'],
        operationId: 'voidTestOrder',
        summary: 'Void a test order',
        description:
          'What it earned is deducted again. 409 `conflict` for an order of a POS: only the POS can void it.',
        params: idParams('ord', 'order'),
        response: { 200: OrderAnswer },
      },
    },
    async (request, reply) => {
      const id = idOr404('order', request.params.id)
      const { businessId } = request.caller
      const programs = await programsOf(ctx, businessId)
      const { order, phone } = await readTenant(ctx, request, async (tx) => {
        const { order, head } = await orderOr404(tx, request.caller, id)
        if (head.pos_name !== TEST_POS.name) throw noTestOrder()
        const customer = head.customer_id && (await findCustomer(tx, businessId, head.customer_id))
        return { order, phone: customer ? customer.phone : examplePhone(programs.business.country) }
      })
      return writeTenant(ctx, request, reply, async () =>
        submit(ctx, testVoid(order.order, phone, ctx.clock.now(), programs, ctx.integrations)),
      )
    },
  )
}

function keyOf({ headers, caller }: FastifyRequest): string | null {
  const key = headers['idempotency-key']
  return typeof key === 'string' ? `${caller.businessId} ${key}` : null
}

function readPhone(text: string | undefined, country: string | null): string {
  if (text === undefined) return examplePhone(country)
  const phone = parseAnyPhone(text, country)
  if (phone === null)
    throw invalid('/phone', 'must be a mobile number, e.g. +966500000001', 'يجب أن يكون رقم جوال مثل ‎+966500000001')
  return phone
}

async function submit(ctx: AppContext, delivery: Delivery): Promise<OrderAnswer> {
  const outcome = await ctx.ingest.submit(delivery)
  if (typeof outcome === 'string') throw new Problem(outcome, { headers: { 'retry-after': '2' } })
  return JSON.parse(outcome.json)
}

function noTestOrder(): Problem {
  return new Problem('conflict', {
    detail: {
      en: 'This order came from a POS. Void it in the POS, which then tells LoyaPro.',
      ar: 'هذا الطلب وارد من نظام نقاط البيع. ألغه في النظام، وسيُبلَّغ لويا برو بذلك.',
    },
  })
}
