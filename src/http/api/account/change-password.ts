// POST /api/v1/account/password: the person who is signed in chooses a new password.
import { Type } from 'typebox'
import { ChangePassword } from '../../../../contract/api/account.ts'
import { wakeJob } from '../../../db/wake-job.ts'
import { must } from '../../../kernel/assert.ts'
import type { AppContext } from '../../../server/context.ts'
import { changePassword, hashNewPassword } from '../../../staff/change-password.ts'
import { findPerson } from '../../../staff/people.ts'
import { originOf } from '../../auth/person.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeAccount } from '../../write-account.ts'

export function registerChangePassword(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/account/password',
    {
      config: { fresh: true, problems: ['conflict'] },
      schema: {
        tags: ['Session'],
        operationId: 'changePassword',
        summary: 'Change your password',
        description: `Ends every other session of the person, makes the links and codes that were sent to them invalid, and tells them by mail. 409
\`conflict\` when the password was changed by another request meanwhile.`,
        body: ChangePassword,
        response: { 204: Type.Null({ description: 'The password is changed.' }) },
      },
    },
    async (request, reply) => {
      const person = must(await findPerson(ctx.db, request.person.staffId), 'the person of the session')
      const { password } = request.body
      const { network } = originOf(request)
      const hashed = await hashNewPassword(ctx.passwords, { person, password, network })
      if (hashed.kind === 'refused') throw invalid('/password', hashed.problem.en, hashed.problem.ar)
      await writeAccount(ctx, request, async (tx) => {
        const isChanged = await changePassword(tx, { person, hash: hashed.hash }, ctx)
        if (!isChanged) throw new Problem('conflict', { detail: OVERTAKEN })
        return { answer: null, endsOtherSessions: true }
      })
      await wakeJob(ctx, 'send_mails')
      reply.code(204)
      return null
    },
  )
}

const OVERTAKEN = {
  en: 'The password was changed by another request meanwhile. If that was not you, ask for a new password on the sign-in page.',
  ar: 'تغيّرت كلمة المرور بطلب آخر في هذه الأثناء. إذا لم تكن أنت من غيّرها، فاطلب كلمة مرور جديدة من صفحة تسجيل الدخول.',
}
