// GET /app: the dashboard that `npm run web` has built into web/dist. Every address below /app gets
// the same page; the program in it shows the screen. A browser on this machine is sent to localhost.
import { randomBytes } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { FastifyRequest } from 'fastify'
import { isEntryPath, isHomePath } from '../../../contract/dashboard-paths.ts'
import type { Text } from '../../../contract/errors.ts'
import type { AppContext } from '../../server/context.ts'
import { askedLanguage } from '../language.ts'
import { Problem } from '../problem.ts'
import type { ApiServer } from '../server.ts'
import { assetsRoute } from './assets.ts'

const DIST = fileURLToPath(new URL('../../../web/dist/', import.meta.url))

/** `dist`: folder of the build. It may appear, and change, while the server runs. */
export function registerDashboard(app: ApiServer, { config }: AppContext, dist = DIST): void {
  const readPage = pageReader(`${dist}index.html`)
  app.get('/', { schema: { hide: true } }, async (_request, reply) => reply.redirect('/app'))
  assetsRoute(app, `${dist}assets/`)
  for (const path of ['/app', '/app/*']) {
    app.get(path, { schema: { hide: true } }, async (request, reply) => {
      const named = config.publicUrl === undefined ? localhostUrl(request) : null
      if (named !== null) return reply.redirect(named)
      const nonce = randomBytes(16).toString('base64')
      const screens = screensAt(request.url)
      const page = dressPage(await readPage(), lookOf(request), screens).replaceAll('NONCE', nonce)
      return reply.type('text/html; charset=utf-8').header('content-security-policy', policyOf(nonce)).send(page)
    })
  }
}

/**
 * The same page at a name, when it was asked for at a loopback address: browsers keep passkeys for
 * names alone. Null when it was not.
 */
function localhostUrl({ headers, url }: FastifyRequest): string | null {
  const port = /^(?:127\.0\.0\.1|\[::1\])(:\d+)?$/.exec(headers.host ?? '')
  return port === null ? null : `http://localhost${port[1] ?? ''}${url}`
}

/** Reads the page again only when it was built again. */
function pageReader(path: string): () => Promise<string> {
  let known: { page: string; builtAt: number } | undefined
  return async () => {
    const builtAt = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => null,
    )
    if (builtAt === null) throw new Problem('unavailable', { detail: NOT_BUILT, headers: { 'retry-after': '5' } })
    if (known?.builtAt !== builtAt) known = { page: await readFile(path, 'utf8'), builtAt }
    return known.page
  }
}

const NOT_BUILT: Text = {
  en: 'The dashboard is not built. Run `npm run web`, then load this page again.',
  ar: 'لم تُبنَ لوحة التحكم بعد. شغّل الأمر npm run web ثم أعد تحميل الصفحة.',
}

interface Look {
  language: 'ar' | 'en'
  /** Null: as the device. */
  scheme: 'light' | 'dark' | null
}

/** The choices of the last visit, so that the first paint is already right. Arabic by default. */
function lookOf({ headers }: FastifyRequest): Look {
  const [, language, scheme] = /(?:^|;\s*)loyapro-look=(ar|en)\.(light|dark|auto)/.exec(headers.cookie ?? '') ?? []
  return {
    language: (language as Look['language']) ?? askedLanguage(headers['accept-language']) ?? 'ar',
    scheme: scheme === 'light' || scheme === 'dark' ? scheme : null,
  }
}

/** What the page at an address draws first, as the build marks its files. */
function screensAt(url: string): string[] {
  const path = url.replace(/\?.*/, '')
  if (isEntryPath(path)) return ['sign-in']
  return isHomePath(path) ? ['shell', 'home'] : ['shell']
}

/** Sets language, direction and colours of the page, and keeps the links to the files of its screens alone. */
function dressPage(page: string, { language, scheme }: Look, screens: readonly string[]): string {
  const theme = scheme === null ? '' : ` data-theme="${scheme}" data-mantine-color-scheme="${scheme}"`
  const dressed = page.replace(
    /<html[^>]*>/,
    `<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"${theme}>`,
  )
  return dressed.replace(/\s*<link [^>]*data-screen="([^"]*)"[^>]*>/g, (link, screen) =>
    screens.includes(screen) ? link : '',
  )
}

/** Everything comes from this server. Styles that the program generates carry the nonce. */
function policyOf(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
