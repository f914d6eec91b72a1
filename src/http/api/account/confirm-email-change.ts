// POST /api/v1/account/email-change/confirm: the link of the mail makes the new address that of the account.
import { ChangedEmail, ConfirmEmailChange } from '../../../../contract/api/account.ts'
import { wakeJob } from '../../../db/wake-job.ts'
import { formatId } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import { confirmEmailChange, personOfEmailChange } from '../../../staff/change-email.ts'
import { Problem } from '../../problem.ts'
import { recordInBusinessesOf } from '../../record-write.ts'
import type { ApiServer } from '../../server.ts'

export function registerConfirmEmailChange(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/account/email-change/confirm',
    {
      config: { isPublic: true, problems: ['link_invalid', 'conflict'] },
      schema: {
        tags: ['Session'],
        operationId: 'confirmEmailChange',
        summary: 'Change your email address',
        description: `Uses the link of the mail up. Ends every session of the person except the one that asked for the link, makes other links
and codes that were sent to them invalid, and tells the former address. 409 \`conflict\` when another account has the address.`,
        body: ConfirmEmailChange,
        response: { 200: ChangedEmail },
      },
    },
    async (request): Promise<ChangedEmail> => {
      const { token } = request.body
      const staffId = await personOfEmailChange(ctx.db, token, ctx.clock.now())
      if (staffId === null) throw linkInvalid()
      const email = await ctx.db.write(`staff:${formatId('staff', staffId)}`, async (tx) => {
        const outcome = await confirmEmailChange(tx, { token, staffId }, ctx)
        if (outcome.kind === 'invalid') throw linkInvalid()
        if (outcome.kind === 'taken') throw taken(outcome.email)
        await recordInBusinessesOf(ctx, tx, request, staffId)
        return outcome.email
      })
      await wakeJob(ctx, 'send_mails')
      return { email }
    },
  )
}

function linkInvalid(): Problem {
  return new Problem('link_invalid', {
    detail: {
      en: 'The link was used, its hour is over, or you signed out where you asked for it. Ask for a new one in My account.',
      ar: 'استُخدم الرابط أو انتهت مدته (ساعة واحدة) أو سُجّل خروجك من حيث طلبته. اطلب رابطًا جديدًا من «حسابي».',
    },
  })
}

function taken(email: string): Problem {
  return new Problem('conflict', {
    detail: {
      en: `${email} has an account of its own. Sign in to that account, or choose another address in My account.`,
      ar: `يوجد حساب آخر بالبريد ${email}. سجّل الدخول إلى ذلك الحساب، أو اختر بريدًا آخر من «حسابي».`,
    },
  })
}
