// The OpenAPI document and the pages that show it: made from the routes' own schemas, with the
// refusals that each can meet.
import { createHash } from 'node:crypto'
import swagger from '@fastify/swagger'
import fastify, { type FastifyInstance } from 'fastify'
import { ERRORS, type ErrorCode } from '../../../contract/errors.ts'
import { ProblemSchema } from '../../../contract/problem.ts'
import type { AppContext } from '../../server/context.ts'
import { errorsPage } from '../pages/errors.ts'
import type { ApiServer } from '../server.ts'
import { openScope } from './scope.ts'

/** Call before any route is registered, so that it sees them all. */
export function describeRoutes(app: ApiServer, ctx: AppContext): void {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'LoyaPro', version: '1.0.0', description: DESCRIPTION },
      servers: [{ url: ctx.config.publicUrl ?? '/' }],
      components: { securitySchemes: SECURITY_SCHEMES, schemas: { Problem: ProblemSchema } },
    },
    transform: ({ schema, url, route }) => {
      const door = DOORS.find(({ prefix }) => url.startsWith(prefix))
      if (!door || !schema) return { schema, url }
      const codes = [...door.problems, ...(route.config?.problems ?? [])]
      const response = { ...responsesOf(schema), ...problemResponses(codes) }
      return { schema: { ...schema, security: [{ [door.security]: [] }], response }, url }
    },
  })
}

/**
 * `/openapi.json`, the reference at `/docs`, and the catalogue of errors at `/docs/errors`; nothing
 * is fetched from elsewhere.
 */
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
        const kept = ['content-type', 'location'].filter((name) => headers[name] !== undefined)
        for (const name of kept) reply.header(name, headers[name])
        const isPage = String(headers['content-type']).startsWith('text/html')
        reply.header('content-security-policy', isPage ? policyOf(rawPayload.toString()) : NOTHING)
        // The same for everybody, and large.
        if (url.endsWith('.js')) reply.header('cache-control', 'public, max-age=3600')
        // Nothing at all, where there is nothing: no bytes would be sent as some of an unknown
        // type.
        return reply.code(statusCode).send(rawPayload.length > 0 ? rawPayload : undefined)
      })
    }
  })
}

/** Its script fills 25 MB of memory, so it is not there before somebody reads it. */
async function openReference(): Promise<FastifyInstance> {
  const { default: reference } = await import('@scalar/fastify-api-reference')
  const app = fastify()
  app.register(reference, {
    routePrefix: '/docs',
    // The page describes this server; what would lead to its maker's services is left out.
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

const DESCRIPTION = `LoyaPro has two APIs. **POS API**: a point of sale sends every order and receives what the customer earned.
**Business API**: programs, customers, orders, balances and every movement.

Amounts are in minor units of the currency (24.00 SAR is \`2400\`). Times are ISO 8601 in UTC. Lists are paginated: pass \`next_cursor\` as \`cursor\`.
A write request with an \`Idempotency-Key\` is applied only once, even if you send it several times within 24 hours.
Errors are \`application/problem+json\` with a stable \`code\`: see [all errors](/docs/errors).`

const SECURITY_SCHEMES = {
  apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of the business: `lp_live_…`.' },
  posToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'The token issued to the POS.' },
} as const

interface Door {
  prefix: string
  security: keyof typeof SECURITY_SCHEMES
  problems: readonly ErrorCode[]
}

const DOORS: readonly Door[] = [
  {
    prefix: '/api/v1/',
    security: 'apiKey',
    problems: ['unauthenticated', 'forbidden_scope', 'invalid_request', 'rate_limited', 'internal', 'unavailable'],
  },
  {
    prefix: '/pos/',
    security: 'posToken',
    problems: [
      'invalid_json',
      'unauthenticated',
      'pos_mismatch',
      'pos_unknown',
      'too_large',
      'unsupported_media_type',
      'rate_limited',
      'internal',
      'unavailable',
    ],
  },
]

function responsesOf(schema: { response?: unknown }): Record<string, unknown> {
  return { ...(schema.response as Record<string, unknown> | undefined) }
}

/** One response a status, which names the codes that it can carry. */
function problemResponses(codes: readonly ErrorCode[]): Record<string, unknown> {
  const byStatus = Map.groupBy(new Set(codes), (code) => ERRORS[code].status)
  const entries = [...byStatus].map(([status, sameStatus]) => {
    const description = sameStatus.map((code) => `\`${code}\`: ${ERRORS[code].title.en}.`).join(' ')
    const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
    return [status, { description, content }]
  })
  return Object.fromEntries(entries)
}

const NOTHING = "default-src 'none'; frame-ancestors 'none'"

/**
 * The page may run the script of this server and its own inline ones, which are named by their
 * hashes, and speak to this server alone. Text is never run as a program. Styles are made while the
 * page runs.
 */
function policyOf(page: string): string {
  const inline = [...page.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)]
  const hashes = inline.map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
  return [
    ...["default-src 'none'", `script-src ${["'self'", ...hashes].join(' ')}`, "style-src 'self' 'unsafe-inline'"],
    ...["img-src 'self' data:", "font-src 'self' data:", "connect-src 'self'", "worker-src 'self' blob:"],
    ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
  ].join('; ')
}
