// GET /consent/{pos}: where a POS sends the merchant back, with a code; the page tells them in both languages what came of it.
import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Text } from '../../contract/errors.ts'
import { type FinishOutcome, finishConsent, giveUpConsent } from '../connector/consent.ts'
import type { AppContext } from '../context.ts'
import { replayUnmatched } from '../orders/replay.ts'
import type { ApiServer } from './server.ts'

const part = Type.Optional(Type.String({ maxLength: 4_000 }))

/** The signed state is all the proof that is needed: whoever comes back with it was sent by the business. */
export function consentRoute(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/consent/:pos',
    {
      schema: {
        hide: true,
        params: Type.Object({ pos: Type.String() }),
        querystring: Type.Object({ code: part, state: part, error: part }),
      },
    },
    async (request, reply) => {
      const { code, state = '', error } = request.query
      const { pos: posName } = request.params
      // A code or a state in the address of a page must not travel on.
      reply
        .header('referrer-policy', 'no-referrer')
        .header('cache-control', 'no-store')
        .header('content-security-policy', POLICY)
        .type('text/html; charset=utf-8')
      if (error !== undefined || code === undefined) {
        const known = await giveUpConsent(ctx, ctx.consentKey, posName, state)
        return reply.code(400).send(page(known ? DENIED : PAGES.state_unknown.text))
      }
      const outcome = await finishConsent(ctx, ctx.consentKey, { posName, state, code })
      if (outcome.kind === 'connected') {
        request.businessId = outcome.businessId
        await replayUnmatched(ctx, posName, outcome.reference)
        return page(connectedText(outcome))
      }
      if ('reason' in outcome)
        ctx.log.warn({ pos: posName, outcome: outcome.kind, reason: outcome.reason }, 'a consent was not completed')
      const { status, text } = PAGES[outcome.kind]
      return reply.code(status).send(page(text))
    },
  )
}

/** Under the public address, or the one by which the caller reached LoyaPro. The POS wants to have it registered for the app. */
export function redirectUriOf({ config }: AppContext, request: FastifyRequest, posName: string): string {
  return `${config.publicUrl ?? `${request.protocol}://${request.host}`}/consent/${encodeURIComponent(posName)}`
}

function connectedText({ name, reference, businessName }: Extract<FinishOutcome, { kind: 'connected' }>): Text {
  const account = `${name ?? ''} (${reference})`.trim()
  return {
    en: `${account} is now connected to ${businessName} in LoyaPro. You can close this page.`,
    ar: `تم ربط ${account} بمنشأة «${businessName}» في لويا برو. يمكنك إغلاق هذه الصفحة.`,
  }
}

const DENIED: Text = {
  en: 'You did not give consent, so nothing was connected.',
  ar: 'لم تتم الموافقة، ولم يتم ربط الحساب.',
}

const PAGES: Record<Exclude<FinishOutcome['kind'], 'connected'>, { status: number; text: Text }> = {
  state_unknown: {
    status: 400,
    text: {
      en: 'This link has expired or was already used. Start again in LoyaPro.',
      ar: 'انتهت صلاحية هذا الرابط أو سبق استخدامه. ابدأ من جديد في لويا برو.',
    },
  },
  reference_taken: {
    status: 409,
    text: {
      en: 'This POS account is already connected to another business in LoyaPro. Contact LoyaPro to move it.',
      ar: 'حساب نقاط البيع هذا مرتبط بمنشأة أخرى في لويا برو. تواصل مع لويا برو لنقله.',
    },
  },
  refused: {
    status: 400,
    text: {
      en: 'The POS rejected the connection. Start again in LoyaPro.',
      ar: 'رفض نظام نقاط البيع الربط. ابدأ من جديد في لويا برو.',
    },
  },
  unavailable: {
    status: 502,
    text: {
      en: 'The POS is not responding. Try again in LoyaPro in a few minutes.',
      ar: 'نظام نقاط البيع لا يستجيب حاليًا. حاول مرة أخرى من لويا برو بعد بضع دقائق.',
    },
  },
}

/** One page for both languages: whoever stands before it may read either. */
function page({ en, ar }: Text): string {
  return `<!doctype html>
<html lang="ar" dir="rtl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>لويا برو · LoyaPro</title>
<style>${STYLE}</style></head>
<body><main><h1>لويا برو <span lang="en">LoyaPro</span></h1><p>${escaped(ar)}</p><p lang="en" dir="ltr">${escaped(en)}</p></main></body>
</html>
`
}

const STYLE = `body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #f4f5f7; color: #1d2330;
  font: 1.125rem/1.7 system-ui, "Noto Sans Arabic", "Noto Sans", sans-serif; }
main { box-sizing: border-box; width: min(30rem, 92vw); padding: 1.5rem 2rem 2rem; background: #fff; border-radius: 1rem;
  box-shadow: 0 1px 3px rgb(0 0 0 / 12%); }
h1 { margin: 0 0 1rem; font-size: 1rem; letter-spacing: 0.04em; color: #5b6577; }
p { margin: 0; overflow-wrap: anywhere; } p + p { margin-top: 1rem; padding-top: 1rem; border-top: 1px solid #e6e8ec; }
@media (prefers-color-scheme: dark) { body { background: #12151b; color: #e8eaee; } main { background: #1c212a; }
  h1 { color: #9aa4b5; } p + p { border-color: #2c333f; } }`

/** Nothing is loaded or run; only this style counts. */
const POLICY = `default-src 'none'; frame-ancestors 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
