// POST /api/v1/session/password-reset: mails a link that sets a new password.
import { Type } from 'typebox'
import { RequestPasswordReset } from '../../../../contract/api/staff.ts'
import { wakeJob } from '../../../db/wake-job.ts'
import type { AppContext } from '../../../server/context.ts'
import { requestReset } from '../../../staff/reset-password.ts'
import { appUrl } from '../../app-url.ts'
import { originOf } from '../../auth/person.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'

export function registerRequestPasswordReset(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/session/password-reset',
    {
      config: { isPublic: true, problems: ['too_many_attempts'] },
      schema: {
        tags: ['Session'],
        operationId: 'requestPasswordReset',
        summary: 'Ask for a new password',
        description:
          'Sends a mail with a link that is valid once, for one hour. The answer is the same for an unknown address. Requests are limited by account and by address.',
        body: RequestPasswordReset,
        response: { 204: Type.Null({ description: 'If the address has an account, a mail is on its way.' }) },
      },
    },
    async (request, reply) => {
      const { email, language } = request.body
      const page = `${appUrl(ctx, request)}/app/reset`
      const outcome = await requestReset(ctx, { email, language, page, origin: originOf(request) })
      if (outcome.kind === 'too_many_attempts') throw tooManyRequests(outcome.waitMs)
      await wakeJob(ctx, 'send_mails')
      reply.code(204)
      return null
    },
  )
}

function tooManyRequests(waitMs: number): Problem {
  const seconds = Math.ceil(waitMs / 1000)
  return new Problem('too_many_attempts', {
    detail: {
      en: `A new password was asked for several times. Look for the mail, also among unwanted ones, or try again in ${seconds} s.`,
      ar: `طُلبت كلمة مرور جديدة عدة مرات. ابحث عن الرسالة في بريدك وفي البريد غير المرغوب. الثواني المتبقية قبل المحاولة التالية: ${seconds}.`,
    },
    headers: { 'retry-after': String(seconds) },
  })
}
