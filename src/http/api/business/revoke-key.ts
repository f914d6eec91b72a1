// DELETE /api/v1/keys/{id}: revokes an API key.
import { Type } from 'typebox'
import { idParams } from '../../../../contract/api/common.ts'
import { revokeApiKey } from '../../../businesses/api-keys.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { writeShared } from '../../tenant.ts'
import { idOr404, notFound } from '../format.ts'

export function registerRevokeKey(app: ApiServer, ctx: AppContext): void {
  app.delete(
    '/keys/:id',
    {
      config: {
        scope: 'keys:write',
        fresh: true,
        problems: ['not_found', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['API keys'],
        operationId: 'revokeKey',
        summary: 'Revoke an API key',
        description:
          'The key stops working within seconds, and so do the keys that were created with it. Revoking it again is not an error.',
        params: idParams('key', 'key'),
        response: { 204: Type.Null({ description: 'The key is revoked.' }) },
      },
    },
    async (request, reply) => {
      const id = idOr404('apiKey', request.params.id)
      reply.code(204)
      await writeShared(ctx, request, reply, async (tx) => {
        const outcome = await revokeApiKey(tx, request.caller.businessId, id, ctx.clock.now())
        if (outcome === 'not_found') throw notFound('apiKey')
        return null
      })
      ctx.apiKeys.forget()
      return null
    },
  )
}
