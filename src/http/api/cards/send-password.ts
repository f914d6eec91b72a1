// POST /api/v1/customers/{id}/one-time-passwords: sends a customer a password that proves their
// consent to a claim.
import { SentPassword } from '../../../../contract/api/cards.ts'
import { idParams } from '../../../../contract/api/common.ts'
import { findBusiness } from '../../../businesses/businesses.ts'
import { findCustomer } from '../../../customers/store.ts'
import { countPassword } from '../../../identity/password-limits.ts'
import { createPassword } from '../../../identity/passwords.ts'
import { must, unreachable } from '../../../kernel/assert.ts'
import type { EpochMs } from '../../../kernel/clock.ts'
import { type PasswordMessage, passwordText } from '../../../messages/messages.ts'
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { formatInstant, idOr404, notFound } from '../format.ts'

export function registerSendPassword(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/customers/:id/one-time-passwords',
    {
      config: {
        scope: ['claims:cashier', 'claims:write'],
        problems: ['not_found', 'too_many_attempts', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['Cards'],
        operationId: 'sendOneTimePassword',
        summary: 'Send a one-time password',
        description: `Sends six digits to the customer's phone, in their language or that of the business. They are valid for five minutes and one use, and replace
earlier ones. At most one per minute to a customer, and in ten minutes 60 with one API key and 200 of one business; otherwise 429 \`rate_limited\` with \`Retry-After\`. After five failed attempts none is sent
for 15 minutes: 429 \`too_many_attempts\`.`,
        params: idParams('cus', 'customer'),
        response: { 201: SentPassword },
      },
    },
    async (request, reply) => {
      const customerId = idOr404('customer', request.params.id)
      const { businessId, id: callerId } = request.caller
      const business = must(await findBusiness(ctx.db, businessId), 'the business of the caller')
      let send = async () => {}
      reply.code(201)
      const answer = await writeTenant(ctx, request, reply, async (tx): Promise<SentPassword> => {
        const customer = await findCustomer(tx, businessId, customerId)
        if (!customer) throw notFound('customer')
        const limitedUntil = await countPassword(tx, { businessId, callerId }, ctx.clock.now())
        if (limitedUntil !== null) throw tooManySent(limitedUntil - ctx.clock.now())
        const outcome = await createPassword(tx, { businessId, customerId }, ctx)
        switch (outcome.kind) {
          case 'created': {
            const language = customer.language ?? business.language
            const text = passwordText(outcome.password, business, language)
            send = () => deliver(ctx, { phone: customer.phone, language, text })
            return { expires_at: formatInstant(outcome.expiresAt), next_at: formatInstant(outcome.nextAt) }
          }
          case 'too_soon':
            throw tooSoon(outcome.nextAt - ctx.clock.now())
          case 'too_many_attempts':
            throw tooManyAttempts(outcome.nextAt - ctx.clock.now())
          default:
            return unreachable(outcome)
        }
      })
      // After the commit, so that only valid passwords are sent; not for a repeated request.
      await send()
      return answer
    },
  )
}

async function deliver({ messages }: AppContext, message: PasswordMessage): Promise<void> {
  try {
    await messages.sendPassword(message)
  } catch (cause) {
    throw new Problem('unavailable', {
      detail: {
        en: 'The message could not be sent. Try again in a minute, or scan the card.',
        ar: 'تعذّر إرسال الرسالة. حاول مرة أخرى بعد دقيقة، أو امسح البطاقة.',
      },
      headers: { 'retry-after': '60' },
      cause,
    })
  }
}

function tooSoon(waitMs: EpochMs): Problem {
  const seconds = Math.ceil(waitMs / 1000)
  return new Problem('rate_limited', {
    detail: {
      en: `A one-time password was just sent to this customer. You can send another one in ${seconds} s.`,
      ar: `أُرسل رمز تحقق إلى هذا العميل قبل قليل. الثواني المتبقية قبل إرسال رمز جديد: ${seconds}.`,
    },
    headers: { 'retry-after': String(seconds) },
  })
}

function tooManySent(waitMs: EpochMs): Problem {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000))
  return new Problem('rate_limited', {
    detail: {
      en: `Too many one-time passwords were sent with this API key or by this business. Scan cards, or try again in ${seconds} s.`,
      ar: `أُرسلت رموز تحقق كثيرة بهذا المفتاح أو من هذه المنشأة. امسح بطاقات العملاء. الثواني المتبقية قبل إرسال رمز جديد: ${seconds}.`,
    },
    headers: { 'retry-after': String(seconds) },
  })
}

function tooManyAttempts(waitMs: EpochMs): Problem {
  const seconds = Math.ceil(waitMs / 1000)
  return new Problem('too_many_attempts', {
    detail: {
      en: `Too many wrong one-time passwords for this customer. Scan their card, or send a new one in ${seconds} s.`,
      ar: `أُدخل رمز تحقق خاطئ عدة مرات لهذا العميل. امسح بطاقته. الثواني المتبقية قبل إرسال رمز جديد: ${seconds}.`,
    },
    headers: { 'retry-after': String(seconds) },
  })
}
