// GET /consent/{pos}/start and /consent/{pos}: the merchant confirms, consents at the POS, and sees
// the result in both languages.
import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Text } from '../../../contract/errors.ts'
import { replayUnmatched } from '../../ingest/replay.ts'
import {
  type ConsentQuestion,
  cancelConsent,
  confirmConsent,
  type FinishOutcome,
  finishConsent,
  readConsent,
} from '../../installations/consent.ts'
import type { AppContext } from '../../server/context.ts'
import type { ApiServer } from '../server.ts'

const part = Type.Optional(Type.String({ maxLength: 4_000 }))

/**
 * The page on which the merchant confirms, and the redirect back from the POS. The signed state
 * identifies the consent; a cookie identifies the browser, so that nobody finishes a consent in the
 * browser of another person.
 */
export function consentRoute(app: ApiServer, ctx: AppContext): void {
  app.get('/consent/:pos/start', { schema: startSchema }, async (request, reply) => {
    const { state = '' } = request.query
    const { pos: posName } = request.params
    setPrivateHeaders(reply)
    const question = await readConsent(ctx, ctx.consentKey, { posName, state })
    if (!question) return reply.code(400).send(page(PAGES.state_unknown.text))
    const browser = browserOf(request) || randomBytes(32).toString('base64url')
    reply.header('set-cookie', cookieOf(ctx, browser))
    const href = `${question.redirectUri}/start/${confirmationOf(ctx, browser, state)}?state=${state}`
    return page(questionText(question), href)
  })
  app.get('/consent/:pos/start/:confirmation', { schema: confirmSchema }, async (request, reply) => {
    const { state = '' } = request.query
    const { pos: posName, confirmation } = request.params
    setPrivateHeaders(reply)
    const browser = browserOf(request)
    const isConfirmed = browser !== '' && confirmation === confirmationOf(ctx, browser, state)
    const url = isConfirmed ? await confirmConsent(ctx, ctx.consentKey, { posName, state, browser }) : null
    return url === null ? reply.code(400).send(page(PAGES.state_unknown.text)) : reply.redirect(url, 303)
  })
  app.get('/consent/:pos', { schema: backSchema }, async (request, reply) => {
    const { code, state = '', error } = request.query
    const { pos: posName } = request.params
    const browser = browserOf(request)
    setPrivateHeaders(reply)
    if (error !== undefined || code === undefined) {
      const known = await cancelConsent(ctx, ctx.consentKey, { posName, state, browser })
      return reply.code(400).send(page(known ? DENIED : PAGES.state_unknown.text))
    }
    const outcome = await finishConsent(ctx, ctx.consentKey, { posName, state, code, browser })
    if (outcome.kind === 'connected') {
      request.businessId = outcome.businessId
      await replayUnmatched(ctx, posName, outcome.reference, `pos:${posName}`)
      return page(connectedText(outcome))
    }
    if ('reason' in outcome)
      ctx.log.warn({ pos: posName, outcome: outcome.kind, reason: outcome.reason }, 'a consent was not completed')
    const { status, text } = PAGES[outcome.kind]
    return reply.code(status).send(page(text))
  })
}

const pos = Type.Object({ pos: Type.String() })
const startSchema = { hide: true, params: pos, querystring: Type.Object({ state: part }) }
const confirmSchema = {
  ...startSchema,
  params: Type.Object({ ...pos.properties, confirmation: Type.String() }),
}
const backSchema = { hide: true, params: pos, querystring: Type.Object({ code: part, state: part, error: part }) }

/** Codes and states in the URL of a page must not leak to other sites. */
function setPrivateHeaders(reply: FastifyReply): void {
  reply
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-store')
    .header('content-security-policy', POLICY)
    .type('text/html; charset=utf-8')
}

/**
 * The URL to which the POS redirects the merchant, which must be registered for the app; null
 * without LOYAPRO_PUBLIC_URL. The Host header is never used, because the caller controls it.
 */
export function redirectUriOf({ config }: AppContext, posName: string): string | null {
  return config.publicUrl === undefined ? null : `${config.publicUrl}/consent/${encodeURIComponent(posName)}`
}

/** The secret of the browser; empty when it has none. */
function browserOf({ headers }: FastifyRequest): string {
  return /(?:^|;\s*)loyapro_consent=([\w-]{43})(?:;|$)/.exec(headers.cookie ?? '')?.[1] ?? ''
}

function cookieOf({ config }: AppContext, browser: string): string {
  const secure = config.publicUrl?.startsWith('https:') ? '; Secure' : ''
  return `loyapro_consent=${browser}; Path=/; Max-Age=900; HttpOnly; SameSite=Lax${secure}`
}

/**
 * Only a browser that has opened the page has it: a link that skips the confirmation cannot be
 * made.
 */
function confirmationOf({ consentKey }: AppContext, browser: string, state: string): string {
  return createHmac('sha256', consentKey).update(`confirmation ${browser} ${state}`).digest('base64url')
}

function questionText({ businessName, posTitle }: ConsentQuestion): Text {
  return {
    en: `${businessName} asks to connect your ${posTitle} account to LoyaPro. LoyaPro will read its orders, customers and menu. Continue only if you expect this.`,
    ar: `تطلب منشأة «${businessName}» ربط حسابك في ${posTitle} بلويا برو، وسيقرأ لويا برو الطلبات والعملاء وقائمة المنتجات. تابع فقط إذا كنت تتوقع هذا الطلب.`,
  }
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

/** One page with both languages: the reader may understand either. */
function page({ en, ar }: Text, href?: string): string {
  const link = href === undefined ? '' : `<p><a href="${escaped(href)}">متابعة · Continue</a></p>`
  return `<!doctype html>
<html lang="ar" dir="rtl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>لويا برو · LoyaPro</title>
<style>${STYLE}</style></head>
<body><main><h1>لويا برو <span lang="en">LoyaPro</span></h1><p>${escaped(ar)}</p><p lang="en" dir="ltr">${escaped(en)}</p>${link}</main></body>
</html>
`
}

const STYLE = `body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: #f4f5f7; color: #1d2330;
  font: 1.125rem/1.7 system-ui, "Noto Sans Arabic", "Noto Sans", sans-serif; }
main { box-sizing: border-box; width: min(30rem, 92vw); padding: 1.5rem 2rem 2rem; background: #fff; border-radius: 1rem;
  box-shadow: 0 1px 3px rgb(0 0 0 / 12%); }
h1 { margin: 0 0 1rem; font-size: 1rem; color: #5b6577; } h1 span { letter-spacing: 0.04em; }
p { margin: 0; overflow-wrap: anywhere; } p + p { margin-top: 1rem; padding-top: 1rem; border-top: 1px solid #e6e8ec; }
@media (prefers-color-scheme: dark) { body { background: #12151b; color: #e8eaee; } main { background: #1c212a; }
  h1 { color: #9aa4b5; } p + p { border-color: #2c333f; } }`

/** Nothing is loaded or run, and only this style is applied. */
const POLICY = `default-src 'none'; frame-ancestors 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
