// POST /pos/1.0.0/{pos_name}/order: takes one snapshot of one order, and answers after the commit with what it moved.
import { Type } from 'typebox'
import { OrderAnswer } from '../../../contract/pos-answer.ts'
import type { AppContext } from '../../context.ts'
import { bareAnswer } from '../../orders/answer.ts'
import { keepUnmatched, receive } from '../../orders/receive.ts'
import type { PosBody } from '../json-body.ts'
import { Problem } from '../problem.ts'
import type { ApiServer } from '../server.ts'

export function orderRoute(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/order',
    {
      // Reading an order is most of what refusing it would cost.
      onRequest: async () => {
        if (ctx.ingest.isFull()) throw comeAgain('overloaded')
      },
      schema: {
        tags: ['POS'],
        summary: 'Send an order',
        description:
          'Send the whole order whenever it is paid, voided, returned or changed. Deliveries may repeat and come in any order. ' +
          'After 429 and 503 nothing was applied: send it again after Retry-After.',
        params: Type.Object({ pos_name: Type.String() }),
        response: { 200: OrderAnswer, 202: OrderAnswer },
      },
      config: {
        problems: ['invalid_json', 'too_large', 'unsupported_media_type', 'invalid_order', 'overloaded', 'unavailable'],
      },
    },
    async (request, reply) => {
      const received = await receive(
        ctx,
        { posName: request.pos.name, adapter: request.pos.adapter },
        request.body as PosBody,
      )
      if (received.kind === 'invalid') throw invalidOrder(received.errors, received.business?.language)
      if (received.kind === 'unmatched') {
        await keepUnmatched(ctx.db, received.unmatched)
        reply.code(202)
        return bareAnswer({
          eventId: received.unmatched.id,
          result: 'unmatched',
          reason: 'business_not_connected',
          order: null,
          customer: null,
        })
      }
      request.businessId = received.delivery.businessId
      const outcome = await ctx.ingest.submit(received.delivery)
      if (outcome === 'overloaded') throw comeAgain('overloaded', received.business.language)
      if (outcome === 'unavailable') throw comeAgain('unavailable', received.business.language)
      // Kept for repair: it is not lost, and sending it again would not help.
      if (outcome.result === 'failed') reply.code(202)
      return outcome
    },
  )
}

type OrderErrors = Extract<Awaited<ReturnType<typeof receive>>, { kind: 'invalid' }>['errors']

function invalidOrder(errors: OrderErrors, language: 'ar' | 'en' | undefined): Problem {
  const [first] = errors
  return new Problem('invalid_order', {
    ...(first && {
      detail: { en: `${first.pointer || '/'}: ${first.message}`, ar: `${first.pointer || '/'}: ${first.message_ar}` },
    }),
    errors,
    ...(language && { language }),
  })
}

/** In the language of the business, where it is known which one it is. */
function comeAgain(code: 'overloaded' | 'unavailable', language?: 'ar' | 'en'): Problem {
  return new Problem(code, { headers: { 'retry-after': '2' }, ...(language && { language }) })
}
