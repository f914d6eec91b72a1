// POST /pos/1.0.0/{pos_name}/order: takes one snapshot of one order, and answers after the commit
// with what it moved.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { OrderAnswer } from '../../../contract/pos-answer.ts'
import type { Connected } from '../../businesses/connection-cache.ts'
import { useConnectionCode } from '../../businesses/connection-codes.ts'
import type { RefusalReason } from '../../businesses/refused-deliveries.ts'
import { bareAnswer } from '../../ingest/answer.ts'
import { type Applied, inJson, type SubmitOutcome } from '../../ingest/ingest.ts'
import { receive, storeUnmatched, type Unmatched } from '../../ingest/receive.ts'
import type { Uuid } from '../../kernel/ids.ts'
import type { AppContext } from '../../server/context.ts'
import { refuseOveruse } from '../auth/usage.ts'
import type { PosBody } from '../plugins/json-body.ts'
import { Problem } from '../problem.ts'
import type { ApiServer } from '../server.ts'
import { requireSecret } from './connection-secret.ts'

export function orderRoute(app: ApiServer, ctx: AppContext): void {
  const options = {
    // Reading an order is most of what refusing it would cost.
    onRequest: (_request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void) =>
      done(ctx.ingest.isFull() ? retryLater('overloaded') : undefined),
    schema: {
      tags: ['POS'],
      summary: 'Send an order',
      description:
        'Send the complete order whenever it is paid, voided, returned or changed. You can send it more than once and in any sequence. ' +
        'After 429 or 503 nothing was applied. Send it again after the time in Retry-After.',
      params: Type.Object({ pos_name: Type.String() }),
      response: { 200: OrderAnswer, 202: OrderAnswer },
    },
    config: { problems: [...PROBLEMS] },
  }
  const handle = async (request: FastifyRequest, reply: FastifyReply) => {
    const { outcome, language } = await submitOrder(ctx, request)
    const answer = await outcome
    if (typeof answer === 'string') throw retryLater(answer, language)
    return send(ctx, reply, answer)
  }
  app.post('/order', options, handle)
  const params = Type.Object({ pos_name: Type.String(), path_token: Type.String() })
  app.post(
    '/order/:path_token',
    { ...options, schema: { ...options.schema, params, hide: true } },
    (request, reply) => {
      const { authentication } = ctx.integrations.get(request.pos.adapter)
      if (authentication.kind !== 'path_token') throw new Problem('not_found')
      return handle(request, reply)
    },
  )
}

const PROBLEMS = [
  ...(['invalid_json', 'too_large', 'unsupported_media_type'] as const),
  ...(['invalid_order', 'overloaded', 'unavailable'] as const),
]

/** Submits the order, and releases the body that was read: it is not needed until the response. */
async function submitOrder(
  ctx: AppContext,
  request: FastifyRequest,
  body = { ...(request.body as PosBody), headers: request.headers },
): Promise<{ outcome: Promise<SubmitOutcome>; language?: 'ar' | 'en' }> {
  const { name: posName, adapter, credentialId } = request.pos
  const received = await receive(ctx, { posName, adapter, ...(credentialId !== null && { token: credentialId }) }, body)
  request.body = undefined
  const note = (reason: RefusalReason, business: Connected | null, reference: string, errors: OrderErrors = []) =>
    ctx.refusals.record({ posName, businessId: business?.businessId ?? null, reason, reference, errors })
  if (received.kind !== 'unmatched' && received.business?.secretHash) {
    const { business, reference } = received
    await requireSecret(ctx, request, reference, business).catch((error: unknown) => {
      note('wrong_secret', business, reference)
      throw error
    })
  }
  if (received.kind === 'invalid') {
    note('invalid_order', received.business, received.reference, received.errors)
    throw invalidOrder(received.errors, received.business?.language)
  }
  if (received.kind === 'unmatched') {
    await storeUnmatched(ctx.db, received.unmatched)
    if (await connectByCode(ctx, received.unmatched)) return submitOrder(ctx, request, body)
    note('not_connected', null, received.unmatched.reference)
    return { outcome: Promise.resolve(inJson(unmatched(received.unmatched.id))) }
  }
  const { delivery } = received
  request.businessId = delivery.businessId
  refuseOveruse(ctx.limits.posBusiness(delivery.businessId, delivery.body.length))
  return { outcome: ctx.ingest.submit(delivery), language: received.business.language }
}

/**
 * Whether the delivery carried the connection code of a business, which is connected now. What
 * waited under the reference is applied by the next run of `apply_unmatched`: the POS does not wait
 * for it.
 */
async function connectByCode(
  ctx: AppContext,
  { posName, reference, connectionCodes: codes }: Unmatched,
): Promise<boolean> {
  if (codes.length === 0) return false
  const outcome = await ctx.db.write(`pos:${posName}`, (tx) =>
    useConnectionCode(tx, { posName, reference, codes }, ctx.clock),
  )
  return outcome.kind === 'connected'
}

/**
 * What is kept until somebody connects its business, or repairs it, is not lost: sending it again
 * would not help.
 */
const KEPT: ReadonlySet<string> = new Set(['unmatched', 'failed'])

function send(ctx: AppContext, reply: FastifyReply, { result, json }: Applied): FastifyReply {
  ctx.metrics.deliveries.inc({ pos: reply.request.pos.name, result })
  return reply
    .code(KEPT.has(result) ? 202 : 200)
    .type('application/json; charset=utf-8')
    .send(json)
}

function unmatched(eventId: Uuid): OrderAnswer {
  return bareAnswer({ eventId, result: 'unmatched', reason: 'business_not_connected', order: null, customer: null })
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
function retryLater(code: 'overloaded' | 'unavailable', language?: 'ar' | 'en'): Problem {
  return new Problem(code, { headers: { 'retry-after': '2' }, ...(language && { language }) })
}
