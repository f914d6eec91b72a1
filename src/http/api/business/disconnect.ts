// DELETE /api/v1/connections/{pos}/{reference}: disconnects a reference of a POS from the business.
import { Type } from 'typebox'
import { disconnect } from '../../../businesses/connections.ts'
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeShared } from '../../tenant.ts'

export function registerDisconnect(app: ApiServer, ctx: AppContext): void {
  app.delete(
    '/connections/:pos/:reference',
    {
      config: {
        scope: 'connections:write',
        problems: ['not_found', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Connections'],
        operationId: 'disconnect',
        summary: 'Disconnect a POS',
        description: 'Existing data stays. New orders under this reference are stored unapplied for 30 days.',
        params: connectionParams,
        response: { 204: Type.Null({ description: 'It is disconnected.' }) },
      },
    },
    async (request, reply) => {
      const { pos, reference } = request.params
      const { businessId } = request.caller
      reply.code(204)
      return writeShared(ctx, request, reply, async (tx) => {
        const outcome = await disconnect(tx, { posName: pos, reference, businessId }, ctx)
        if (outcome === 'not_found') throw noSuchConnection()
        return null
      })
    },
  )
}

/** The path parameters of an operation on one connection. */
export const connectionParams = Type.Object({
  pos: Type.String({ description: 'The POS.', examples: ['foodics'] }),
  reference: Type.String({
    description: 'Reference of the business in the POS, URL-encoded.',
    examples: ['440810'],
  }),
})

export function noSuchConnection(): Problem {
  return new Problem('not_found', {
    detail: {
      en: 'The business has no connection to this POS with this reference.',
      ar: 'لا يوجد ربط للمنشأة مع نظام نقاط البيع هذا بهذا المرجع.',
    },
  })
}
