// GET /api/v1/privacy-notices and /{id}: drafts and every version.
import { Type } from 'typebox'
import { idParams } from '../../../../contract/api/common.ts'
import { PrivacyNotice, PrivacyNoticeSummary } from '../../../../contract/api/privacy-notices.ts'
import { listNotices } from '../../../privacy/notices.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { idOr404 } from '../format.ts'
import { noticeOr404, noticeSummaryToJson, noticeToJson } from './notice-to-json.ts'

export function registerListNotices(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/privacy-notices',
    {
      config: { scope: 'privacy:read' },
      schema: {
        tags: ['Privacy'],
        operationId: 'listPrivacyNotices',
        summary: 'List privacy notices',
        description: 'Drafts, then all versions, newest first, on one page and without their texts.',
        response: { 200: Type.Object({ data: Type.Array(PrivacyNoticeSummary) }) },
      },
    },
    (request) =>
      readTenant(ctx, request, async (tx) => ({
        data: (await listNotices(tx, request.caller.businessId)).map(noticeSummaryToJson),
      })),
  )
}

export function registerGetNotice(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/privacy-notices/:id',
    {
      config: { scope: 'privacy:read', problems: ['not_found'] },
      schema: {
        tags: ['Privacy'],
        operationId: 'getPrivacyNotice',
        summary: 'Get a privacy notice',
        params: idParams('ntc', 'privacy notice'),
        response: { 200: PrivacyNotice },
      },
    },
    (request) =>
      readTenant(ctx, request, async (tx) => {
        const id = idOr404('notice', request.params.id)
        return noticeToJson(await noticeOr404(tx, request.caller.businessId, id))
      }),
  )
}
