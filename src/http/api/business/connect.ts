// POST /api/v1/connections: says under which reference a POS knows the business, and applies what came before.
import { Connection, NewConnection } from '../../../../contract/api/business.ts'
import { connect } from '../../../businesses/connections.ts'
import type { AppContext } from '../../../context.ts'
import { unreachable } from '../../../kernel/assert.ts'
import { replayUnmatched } from '../../../orders/replay.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeShared } from '../../tenant.ts'
import { showConnection } from './list-connections.ts'

export function registerConnect(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/connections',
    {
      config: {
        scope: 'connections:write',
        problems: ['reference_taken', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Connections'],
        operationId: 'connect',
        summary: 'Connect a POS',
        description: `Each POS reference belongs to one business. Orders received under it in the last 30 days are applied now.
Connecting it again changes nothing.`,
        body: NewConnection,
        response: { 201: Connection },
      },
    },
    async (request, reply) => {
      const { pos, reference } = request.body
      const { businessId } = request.caller
      reply.code(201)
      const connection = await writeShared(ctx, request, reply, async (tx) => {
        const outcome = await connect(tx, { posName: pos, reference, businessId }, ctx.clock)
        switch (outcome.kind) {
          case 'connected':
          case 'already_connected':
            return showConnection(outcome.connection)
          case 'bad_reference':
            throw invalid('/reference', 'must have 1 to 100 characters', 'يجب أن يتكون من 1 إلى 100 حرف')
          case 'pos_unknown':
            throw invalid(
              '/pos',
              'must be the name of a registered POS, e.g. foodics',
              'يجب أن يكون اسم نظام نقاط بيع، مثل foodics',
            )
          case 'reference_taken':
            throw new Problem('reference_taken')
          case 'business_unknown':
            throw new Error('the calling business does not exist')
          default:
            return unreachable(outcome)
        }
      })
      await replayUnmatched(ctx, connection.pos, connection.reference)
      return connection
    },
  )
}
