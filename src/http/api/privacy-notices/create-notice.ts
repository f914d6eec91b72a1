// POST /api/v1/privacy-notices: creates a draft.
import { NewPrivacyNotice, PrivacyNotice } from '../../../../contract/api/privacy-notices.ts'
import { defaultNotice } from '../../../../contract/privacy-notice.ts'
import { findBusiness } from '../../../businesses/businesses.ts'
import { raiseConfigVersion } from '../../../db/config-version.ts'
import { must } from '../../../kernel/assert.ts'
import { createNotice, MAX_NOTICES, noticeInForce } from '../../../privacy/notices.ts'
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { noticeToJson, trimmed } from './notice-to-json.ts'

export function registerCreateNotice(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/privacy-notices',
    {
      config: {
        scope: 'business:write',
        problems: ['quota_reached', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Privacy'],
        operationId: 'createPrivacyNotice',
        summary: 'Create a draft of a privacy notice',
        description: 'Customers are shown nothing of it until it is published.',
        body: NewPrivacyNotice,
        response: { 201: PrivacyNotice },
      },
    },
    async (request, reply) => {
      const { businessId } = request.caller
      const given = request.body.texts && trimmed(request.body.texts)
      const { name, name_ar } = must(await findBusiness(ctx.db, businessId), 'the business')
      reply.code(201)
      return writeTenant(ctx, request, reply, async (tx) => {
        // Locks the business, so that the maximum holds.
        await raiseConfigVersion(tx, businessId)
        const texts = given ?? (await noticeInForce(tx, businessId))?.texts ?? defaultNotice({ en: name, ar: name_ar })
        const notice = await createNotice(tx, { businessId, id: ctx.ids.next(), texts }, ctx.clock.now())
        if (notice === null) throw tooMany()
        return noticeToJson(notice)
      })
    },
  )
}

function tooMany(): Problem {
  return new Problem('quota_reached', {
    detail: {
      en: `The business has ${MAX_NOTICES} privacy notices, which is the maximum. Delete a draft first.`,
      ar: `بلغ عدد إشعارات الخصوصية الحد الأقصى وهو ${MAX_NOTICES}. احذف مسودة أولًا.`,
    },
  })
}
