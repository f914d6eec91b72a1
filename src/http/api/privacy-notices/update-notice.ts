// PATCH /api/v1/privacy-notices/{id}: changes the texts of a draft.
import { idParams } from '../../../../contract/api/common.ts'
import { PrivacyNotice, PrivacyNoticeChanges } from '../../../../contract/api/privacy-notices.ts'
import { raiseConfigVersion } from '../../../db/config-version.ts'
import { changeNotice } from '../../../privacy/notices.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404 } from '../format.ts'
import { draftOr409, noticeOr404, noticeToJson, trimmed } from './notice-to-json.ts'

export function registerUpdateNotice(app: ApiServer, ctx: AppContext): void {
  app.patch(
    '/privacy-notices/:id',
    {
      config: {
        scope: 'business:write',
        problems: ['not_found', 'conflict', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Privacy'],
        operationId: 'updatePrivacyNotice',
        summary: 'Change a draft of a privacy notice',
        description: 'A published version never changes: 409.',
        params: idParams('ntc', 'privacy notice'),
        body: PrivacyNoticeChanges,
        response: { 200: PrivacyNotice },
      },
    },
    (request, reply) => {
      const id = idOr404('notice', request.params.id)
      const { businessId } = request.caller
      const texts = trimmed(request.body.texts)
      return writeTenant(ctx, request, reply, async (tx) => {
        await raiseConfigVersion(tx, businessId)
        await draftOr409(tx, businessId, id)
        await changeNotice(tx, { businessId, id, texts }, ctx.clock.now())
        return noticeToJson(await noticeOr404(tx, businessId, id))
      })
    },
  )
}
