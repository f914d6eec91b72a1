// POST /api/v1/session/password-reset/complete: sets the new password.
import { Type } from 'typebox'
import { ResetPassword } from '../../../../contract/api/staff.ts'
import { wakeJob } from '../../../db/wake-job.ts'
import type { AppContext } from '../../../server/context.ts'
import { resetPassword } from '../../../staff/reset-password.ts'
import { originOf } from '../../auth/person.ts'
import { invalid, Problem } from '../../problem.ts'
import { recordInBusinessesOf } from '../../record-write.ts'
import type { ApiServer } from '../../server.ts'

export function registerResetPassword(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/session/password-reset/complete',
    {
      config: { isPublic: true, problems: ['link_invalid'] },
      schema: {
        tags: ['Session'],
        operationId: 'resetPassword',
        summary: 'Set a new password',
        description: `Uses the link of the mail up, and ends all sessions of the person, who then signs in. A password that is refused leaves the link
good.`,
        body: ResetPassword,
        response: { 204: Type.Null({ description: 'The password is set.' }) },
      },
    },
    async (request, reply) => {
      const outcome = await resetPassword(ctx, { ...request.body, origin: originOf(request) }, (tx, staffId) =>
        recordInBusinessesOf(ctx, tx, request, staffId),
      )
      if (outcome.kind === 'invalid') throw new Problem('link_invalid', { detail: INVALID })
      if (outcome.kind === 'refused') throw invalid('/password', outcome.problem.en, outcome.problem.ar)
      await wakeJob(ctx, 'send_mails')
      reply.code(204)
      return null
    },
  )
}

const INVALID = {
  en: 'The link was used, or its hour is over. Ask for a new one on the sign-in page.',
  ar: 'استُخدم الرابط أو انتهت مدته (ساعة واحدة). اطلب رابطًا جديدًا من صفحة تسجيل الدخول.',
}
