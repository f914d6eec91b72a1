// The second factor of the person who is signed in: /api/v1/account/second-factor and
// /account/recovery-codes.
import { Type } from 'typebox'
import {
  ConfirmSecondFactor,
  RecoveryCodes,
  SecondFactor,
  SecondFactorSecret,
} from '../../../../contract/api/factors.ts'
import { must } from '../../../kernel/assert.ts'
import type { AppContext } from '../../../server/context.ts'
import { findPerson } from '../../../staff/people.ts'
import { replaceRecoveryCodes } from '../../../staff/recovery-codes.ts'
import {
  beginSecondFactor,
  confirmSecondFactor,
  hasSecondFactor,
  readSecondFactor,
  removeSecondFactor,
} from '../../../staff/second-factor.ts'
import { keyUri, secretText } from '../../../staff/totp.ts'
import { invalid, Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeAccount } from '../../write-account.ts'
import { formatInstant } from '../format.ts'

export function registerGetSecondFactor(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/account/second-factor',
    {
      schema: {
        tags: ['Session'],
        operationId: 'getSecondFactor',
        summary: 'Get the second factor',
        description: 'Whether signing in with the password needs a code of an authenticator app as well.',
        response: { 200: SecondFactor },
      },
    },
    async ({ person }): Promise<SecondFactor> => {
      const factor = await readSecondFactor(ctx.db, person.staffId)
      return {
        is_on: factor !== null,
        since: formatInstant(factor?.since ?? null),
        recovery_codes_left: factor?.recoveryCodesLeft ?? 0,
      }
    },
  )
}

export function registerBeginSecondFactor(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/account/second-factor',
    {
      config: { fresh: true, problems: ['conflict'] },
      schema: {
        tags: ['Session'],
        operationId: 'beginSecondFactor',
        summary: 'Begin to turn on the second factor',
        description: `Returns a new secret for an authenticator app. It counts only after \`POST /account/second-factor/confirm\`, within 15 minutes. A
former secret that was not confirmed is replaced.`,
        response: { 200: SecondFactorSecret },
      },
    },
    (request) =>
      writeAccount(ctx, request, async (tx) => {
        const { staffId } = request.person
        const secret = await beginSecondFactor(tx, staffId, ctx)
        if (secret === null) throw new Problem('conflict', { detail: ALREADY_ON })
        const { email } = must(await findPerson(tx, staffId), 'the person of the session')
        return { answer: { secret: secretText(secret), uri: keyUri(secret, email) } }
      }),
  )
}

export function registerConfirmSecondFactor(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/account/second-factor/confirm',
    {
      config: { fresh: true, problems: ['conflict'] },
      schema: {
        tags: ['Session'],
        operationId: 'confirmSecondFactor',
        summary: 'Turn on the second factor',
        description: `The code shows that the authenticator app has the secret. Returns recovery codes, which are shown once, and ends every other
session of the person.`,
        body: ConfirmSecondFactor,
        response: { 200: RecoveryCodes },
      },
    },
    (request) =>
      writeAccount(ctx, request, async (tx) => {
        const { staffId } = request.person
        const outcome = await confirmSecondFactor(tx, { staffId, code: request.body.code }, ctx)
        switch (outcome.kind) {
          case 'not_begun':
            throw new Problem('conflict', { detail: NOT_BEGUN })
          case 'wrong':
            throw invalid(
              '/code',
              'is not what the app shows now: wait for the next code, and check that the clock of the device is right',
              'لا يطابق ما يعرضه التطبيق الآن: انتظر الرمز التالي وتأكد من ضبط ساعة الجهاز',
            )
          case 'on':
            return {
              answer: { codes: outcome.recoveryCodes },
              news: { what: 'second_factor_on' },
              endsOtherSessions: true,
            }
        }
      }),
  )
}

export function registerTurnOffSecondFactor(app: ApiServer, ctx: AppContext): void {
  app.delete(
    '/account/second-factor',
    {
      config: { fresh: true, problems: ['conflict'] },
      schema: {
        tags: ['Session'],
        operationId: 'turnOffSecondFactor',
        summary: 'Turn off the second factor',
        description: 'Deletes the secret and the recovery codes, and ends every other session of the person.',
        response: { 204: Type.Null({ description: 'The password alone signs in.' }) },
      },
    },
    (request, reply) => {
      reply.code(204)
      return writeAccount(ctx, request, async (tx) => {
        const wasOn = await removeSecondFactor(tx, request.person.staffId)
        if (!wasOn) throw new Problem('conflict', { detail: OFF })
        return { answer: null, news: { what: 'second_factor_off' }, endsOtherSessions: true }
      })
    },
  )
}

export function registerReplaceRecoveryCodes(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/account/recovery-codes',
    {
      config: { fresh: true, problems: ['conflict'] },
      schema: {
        tags: ['Session'],
        operationId: 'replaceRecoveryCodes',
        summary: 'Get new recovery codes',
        description: 'They are shown once. The former ones are not valid any more.',
        response: { 200: RecoveryCodes },
      },
    },
    (request) =>
      writeAccount(ctx, request, async (tx) => {
        const { staffId } = request.person
        if (!(await hasSecondFactor(tx, staffId))) throw new Problem('conflict', { detail: OFF })
        const codes = await replaceRecoveryCodes(tx, staffId)
        return { answer: { codes }, news: { what: 'recovery_codes_replaced' } }
      }),
  )
}

const ALREADY_ON = {
  en: 'The second factor is on already. To use another authenticator app, turn it off first.',
  ar: 'التحقق بخطوتين مفعّل من قبل. لاستخدام تطبيق مصادقة آخر، أوقفه أولًا.',
}
const NOT_BEGUN = {
  en: 'No secret waits for its code: begin again. A secret waits for 15 minutes.',
  ar: 'لا يوجد مفتاح سري بانتظار التأكيد: ابدأ من جديد. صلاحية المفتاح 15 دقيقة.',
}
const OFF = { en: 'The second factor is off.', ar: 'التحقق بخطوتين غير مفعّل.' }
