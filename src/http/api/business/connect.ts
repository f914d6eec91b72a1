// POST /api/v1/connections: connects a reference of a POS, and applies the orders that are waiting
// under it.
import { Connection, NewConnection } from '../../../../contract/api/business.ts'
import { connectOwn } from '../../../businesses/connections.ts'
import { replayUnmatched } from '../../../ingest/replay.ts'
import { unreachable } from '../../../kernel/assert.ts'
import type { AppContext } from '../../../server/context.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { actorOf, writeShared } from '../../tenant.ts'
import { connectionToJson } from './list-connections.ts'

export function registerConnect(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/connections',
    {
      config: {
        scope: 'connections:write',
        problems: ['reference_unproven', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Connections'],
        operationId: 'connect',
        summary: 'Connect a POS',
        description: `Each POS reference belongs to one business. With this call a business connects references of a POS that it registered
itself (\`POST /pos-systems\`). Any other POS must prove the reference: with a connection code (\`POST /connection-codes\`), or with the
merchant's consent (\`POST /pos-accounts/{pos}/consent\`). Otherwise: 409 \`reference_unproven\`, whether the reference is free or not.
Orders received under it in the last 30 days are applied now. Connecting it again changes nothing.`,
        body: NewConnection,
        response: { 201: Connection },
      },
    },
    async (request, reply) => {
      const { pos, reference } = request.body
      const { businessId } = request.caller
      reply.code(201)
      const connection = await writeShared(ctx, request, reply, async (tx) => {
        const outcome = await connectOwn(tx, { posName: pos, reference, businessId }, ctx.clock)
        switch (outcome.kind) {
          case 'connected':
          case 'already_connected':
            return connectionToJson(outcome.connection)
          case 'bad_reference':
            throw invalid('/reference', 'must have 1 to 100 characters', 'يجب أن يتكون من 1 إلى 100 حرف')
          case 'pos_unknown':
            throw noSuchPos()
          case 'unproven':
            throw unproven()
          default:
            return unreachable(outcome)
        }
      })
      await replayUnmatched(ctx, connection.pos, connection.reference, actorOf(request))
      return connection
    },
  )
}

export function noSuchPos(): Problem {
  return invalid(
    '/pos',
    'must be the name of a registered POS, e.g. foodics',
    'يجب أن يكون اسم نظام نقاط بيع، مثل foodics',
  )
}

function unproven(): Problem {
  return new Problem('reference_unproven', {
    detail: {
      en: 'You have not proven that this reference belongs to your business. Create a connection code (POST /connection-codes) and send it from the POS, or request consent in the POS.',
      ar: 'لم يثبت أن هذا المرجع يخص منشأتك. أنشئ رمز ربط (POST /connection-codes) وأرسله من نظام نقاط البيع، أو اطلب الموافقة في النظام.',
    },
  })
}
