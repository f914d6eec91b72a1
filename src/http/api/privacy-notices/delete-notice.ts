// DELETE /api/v1/privacy-notices/{id}: deletes a draft.
import { Type } from 'typebox'
import { idParams } from '../../../../contract/api/common.ts'
import { raiseConfigVersion } from '../../../db/config-version.ts'
import { deleteNotice } from '../../../privacy/notices.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404 } from '../format.ts'
import { draftOr409 } from './notice-to-json.ts'

export function registerDeleteNotice(app: ApiServer, ctx: AppContext): void {
  app.delete(
    '/privacy-notices/:id',
    {
      config: {
        scope: 'business:write',
        problems: ['not_found', 'conflict', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Privacy'],
        operationId: 'deletePrivacyNotice',
        summary: 'Delete a draft of a privacy notice',
        description: 'A published version stays, because customers may have agreed to it: 409.',
        params: idParams('ntc', 'privacy notice'),
        response: { 204: Type.Null({ description: 'The draft is deleted.' }) },
      },
    },
    (request, reply) => {
      const id = idOr404('notice', request.params.id)
      const { businessId } = request.caller
      reply.code(204)
      return writeTenant(ctx, request, reply, async (tx) => {
        await raiseConfigVersion(tx, businessId)
        await draftOr409(tx, businessId, id)
        await deleteNotice(tx, { businessId, id })
        return null
      })
    },
  )
}
