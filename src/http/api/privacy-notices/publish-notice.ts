// POST /api/v1/privacy-notices/{id}/publish: a draft becomes the version that new customers are shown.
import { idParams } from '../../../../contract/api/common.ts'
import { PrivacyNotice } from '../../../../contract/api/privacy-notices.ts'
import { fieldError } from '../../../../contract/field-error.ts'
import { blanksOf, type NoticeTexts } from '../../../../contract/privacy-notice.ts'
import { raiseConfigVersion } from '../../../db/config-version.ts'
import { publishNotice } from '../../../privacy/notices.ts'
import type { AppContext } from '../../../server/context.ts'
import { refusal } from '../../plugins/validation.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { idOr404 } from '../format.ts'
import { draftOr409, noticeOr404, noticeToJson } from './notice-to-json.ts'

export function registerPublishNotice(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/privacy-notices/:id/publish',
    {
      config: {
        scope: 'business:write',
        problems: ['not_found', 'conflict', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Privacy'],
        operationId: 'publishPrivacyNotice',
        summary: 'Publish a draft of a privacy notice',
        description:
          'New customers are shown it from now on. Consents that customers gave to an earlier version stay as they are. Refused while a text has blanks between square brackets.',
        params: idParams('ntc', 'privacy notice'),
        response: { 200: PrivacyNotice },
      },
    },
    (request, reply) => {
      const id = idOr404('notice', request.params.id)
      const { businessId } = request.caller
      return writeTenant(ctx, request, reply, async (tx) => {
        await raiseConfigVersion(tx, businessId)
        const { texts } = await draftOr409(tx, businessId, id)
        requireNoBlanks(texts)
        await publishNotice(tx, { businessId, id }, ctx.clock.now())
        return noticeToJson(await noticeOr404(tx, businessId, id))
      })
    },
  )
}

function requireNoBlanks(texts: NoticeTexts): void {
  const errors = Object.entries(texts).flatMap(([name, both]) =>
    (['en', 'ar'] as const).flatMap((language) => {
      const blanks = blanksOf(both[language])
      if (blanks.length === 0) return []
      const list = blanks.slice(0, 5).join(' ')
      return fieldError(
        `/texts/${name}/${language}`,
        `still has blanks to fill in: ${list}`,
        `ما زالت فيه فراغات يجب تعبئتها: ${list}`,
      )
    }),
  )
  if (errors.length > 0) throw refusal(errors)
}
