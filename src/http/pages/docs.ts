// GET /openapi.json, /docs (the API reference) and /docs/errors. They load nothing from other
// servers.
import { createHash } from 'node:crypto'
import fastify, { type FastifyInstance } from 'fastify'
import { openScope } from '../plugins/scope.ts'
import type { ApiServer } from '../server.ts'
import { errorsPage } from './errors.ts'

export async function registerDocs(app: ApiServer): Promise<void> {
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  app.get('/docs/errors', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(errorsPage()),
  )
  await openScope(app, '', async (scope) => {
    let reference: Promise<FastifyInstance> | undefined
    for (const path of ['/docs', '/docs/', '/docs/js/scalar.js']) {
      scope.get(path, { schema: { hide: true } }, async ({ url }, reply) => {
        reference ??= openReference()
        const { statusCode, headers, rawPayload } = await (await reference).inject(url)
        const forwarded = ['content-type', 'location'].filter((name) => headers[name] !== undefined)
        for (const name of forwarded) reply.header(name, headers[name])
        const isPage = String(headers['content-type']).startsWith('text/html')
        reply.header('content-security-policy', isPage ? policyOf(rawPayload.toString()) : LOAD_NOTHING)
        // Large, and the same for every reader.
        if (url.endsWith('.js')) reply.header('cache-control', 'public, max-age=3600')
        // Fastify adds a content type to an empty buffer.
        return reply.code(statusCode).send(rawPayload.length > 0 ? rawPayload : undefined)
      })
    }
  })
}

/** Its script takes 25 MB of memory, so it is loaded when the page is first read. */
async function openReference(): Promise<FastifyInstance> {
  const { default: reference } = await import('@scalar/fastify-api-reference')
  const app = fastify()
  app.register(reference, {
    routePrefix: '/docs',
    // Features that call services of the vendor are off.
    configuration: {
      url: '/openapi.json',
      title: 'LoyaPro API',
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
      showDeveloperTools: 'never',
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  })
  return app
}

const LOAD_NOTHING = "default-src 'none'; frame-ancestors 'none'"

/**
 * The page may run the script of this server and its own inline scripts, listed by hash, and call
 * this server only. It generates styles at run time.
 */
function policyOf(page: string): string {
  const inline = [...page.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)]
  const hashes = inline.map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
  return [
    "default-src 'none'",
    `script-src ${["'self'", ...hashes].join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
