// DELETE /api/v1/pos-systems/{pos}/tokens/{token}: revokes a token of a POS of the business.
import { Type } from 'typebox'
import { isOwnPos } from '../../../businesses/own-pos.ts'
import { revokePosTokens } from '../../../businesses/pos-tokens.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { writeShared } from '../../tenant.ts'
import { noSuchOwnPos, ownPosParams } from './create-pos-token.ts'

export function registerRevokePosToken(app: ApiServer, ctx: AppContext): void {
  app.delete(
    '/pos-systems/:pos/tokens/:token',
    {
      config: {
        scope: 'connections:write',
        problems: ['not_found', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Connections'],
        operationId: 'revokePosToken',
        summary: 'Revoke a token of a POS',
        description: 'The token stops working within 5 seconds. Revoking it again is not an error.',
        params: Type.Object({
          ...ownPosParams.properties,
          token: Type.String({ description: 'ID of the token (its `jti`).', maxLength: 100 }),
        }),
        response: { 204: Type.Null({ description: 'The token is revoked.' }) },
      },
    },
    async (request, reply) => {
      const { pos: posName, token } = request.params
      reply.code(204)
      await writeShared(ctx, request, reply, async (tx) => {
        if (!(await isOwnPos(tx, request.caller.businessId, posName))) throw noSuchOwnPos()
        await revokePosTokens(tx, posName, { jti: token }, ctx)
        return null
      })
      ctx.posKeys.forget()
      return null
    },
  )
}
