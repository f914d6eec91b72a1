// POST /api/v1/account/email-change: mails a link to the new email address of the person who is signed in.
import { Type } from 'typebox'
import { RequestEmailChange } from '../../../../contract/api/account.ts'
import { wakeJob } from '../../../db/wake-job.ts'
import { must } from '../../../kernel/assert.ts'
import type { AppContext } from '../../../server/context.ts'
import { mailEmailChange } from '../../../staff/change-email.ts'
import { normaliseEmail } from '../../../staff/email.ts'
import { findPerson } from '../../../staff/people.ts'
import { appUrl } from '../../app-url.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeAccount } from '../../write-account.ts'

export function registerRequestEmailChange(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/account/email-change',
    {
      config: { fresh: true, problems: ['too_many_attempts'] },
      schema: {
        tags: ['Session'],
        operationId: 'requestEmailChange',
        summary: 'Ask for another email address',
        description: `Sends a link to the new address that is valid once, for one hour, and as long as this session; a former link ends. The
address of the account stays until the link is confirmed. The answer is the same for an address that another account has. Requests are limited by person and by
address.`,
        body: RequestEmailChange,
        response: { 204: Type.Null({ description: 'A mail is on its way to the new address.' }) },
      },
    },
    async (request, reply) => {
      const person = must(await findPerson(ctx.db, request.person.staffId), 'the person of the session')
      const email = normaliseEmail(request.body.email)
      if (email === null) throw invalid('/email', 'must be an email address', 'يجب أن يكون بريدًا إلكترونيًا صحيحًا')
      if (email === person.email) throw invalid('/email', SAME.en, SAME.ar)
      const page = `${appUrl(ctx, request)}/app/email-change`
      await writeAccount(ctx, request, async (tx) => {
        const waitMs = await mailEmailChange(tx, { session: request.person, person, email, page }, ctx)
        if (waitMs > 0) throw tooManyRequests(waitMs)
        return { answer: null }
      })
      await wakeJob(ctx, 'send_mails')
      reply.code(204)
      return null
    },
  )
}

const SAME = {
  en: 'is the address that you have; enter another one',
  ar: 'هو بريدك الحالي، أدخل بريدًا آخر',
}

function tooManyRequests(waitMs: number): Problem {
  const seconds = Math.ceil(waitMs / 1000)
  return new Problem('too_many_attempts', {
    detail: {
      en: `Links were asked for several times. Look for the mail, also among unwanted ones, or try again in ${seconds} s.`,
      ar: `طُلب الرابط عدة مرات. ابحث عن الرسالة في بريدك وفي البريد غير المرغوب. الثواني المتبقية قبل المحاولة التالية: ${seconds}.`,
    },
    headers: { 'retry-after': String(seconds) },
  })
}
