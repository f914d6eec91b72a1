// The OpenAPI document, generated from the schemas of the routes and the errors that each can
// return.
import swagger from '@fastify/swagger'
import type { FastifyContextConfig } from 'fastify'
import { ERRORS, type ErrorCode } from '../../../contract/errors.ts'
import { ProblemSchema } from '../../../contract/problem.ts'
import type { AppContext } from '../../server/context.ts'
import type { ApiServer } from '../server.ts'

/** Call it before the routes are registered, so that it sees them all. */
export function describeRoutes(app: ApiServer, ctx: AppContext): void {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'LoyaPro', version: '1.0.0', description: DESCRIPTION },
      servers: [{ url: ctx.config.publicUrl ?? '/' }],
      components: { securitySchemes: SECURITY_SCHEMES, schemas: { Problem: ProblemSchema } },
    },
    transform: ({ schema, url, route }) => {
      const api = APIS.find(({ prefix, isOf }) => url.startsWith(prefix) && (isOf?.(route.config ?? {}) ?? true))
      if (!api || !schema) return { schema, url }
      const { problems = [], fresh } = route.config ?? {}
      const codes = [...api.problems, ...problems, ...(fresh ? (['step_up_required'] as const) : [])]
      const response = { ...responsesOf(schema), ...problemResponses(codes) }
      return { schema: { ...schema, security: api.security.map((scheme) => ({ [scheme]: [] })), response }, url }
    },
  })
}

const DESCRIPTION = `LoyaPro has two APIs. **POS API**: a point of sale sends every order and receives what the customer earned.
**Business API**: programs, customers, orders, balances and every movement.

Amounts are in minor units of the currency (24.00 SAR is \`2400\`). Times are ISO 8601 in UTC. Lists are paginated: pass \`next_cursor\` as \`cursor\`.
A write request with an \`Idempotency-Key\` is applied only once, even if you send it several times within 24 hours.
Errors are \`application/problem+json\` with a stable \`code\`: see [all errors](/docs/errors).`

const SECURITY_SCHEMES = {
  apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of the business: `lp_live_…`.' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-loyapro',
    description:
      'A person who is signed in. Operations of a business need the header `LoyaPro-Business`, or the query parameter `business` for downloads.',
  },
  posToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'The token issued to the POS.' },
} as const

interface Api {
  prefix: string
  /** One of these suffices; none is needed when empty. */
  security: readonly (keyof typeof SECURITY_SCHEMES)[]
  isOf?: (config: FastifyContextConfig) => boolean
  problems: readonly ErrorCode[]
}

const APIS: readonly Api[] = [
  {
    prefix: '/api/v1/',
    security: ['apiKey', 'session'],
    isOf: ({ scope }) => scope !== undefined,
    problems: [
      'unauthenticated',
      'forbidden_scope',
      'wrong_origin',
      'invalid_request',
      'rate_limited',
      'internal',
      'unavailable',
    ],
  },
  {
    // People who are not signed in yet.
    prefix: '/api/v1/',
    security: [],
    isOf: ({ isPublic }) => isPublic === true,
    problems: ['wrong_origin', 'invalid_request', 'rate_limited', 'internal', 'unavailable'],
  },
  {
    // The account of the person who is signed in.
    prefix: '/api/v1/',
    security: ['session'],
    problems: ['unauthenticated', 'wrong_origin', 'invalid_request', 'rate_limited', 'internal', 'unavailable'],
  },
  {
    prefix: '/pos/',
    security: ['posToken'],
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

/** One response per status; its description lists the codes. */
function problemResponses(codes: readonly ErrorCode[]): Record<string, unknown> {
  const byStatus = Map.groupBy(new Set(codes), (code) => ERRORS[code].status)
  const entries = [...byStatus].map(([status, sameStatus]) => {
    const description = sameStatus.map((code) => `\`${code}\`: ${ERRORS[code].title.en}.`).join(' ')
    const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
    return [status, { description, content }]
  })
  return Object.fromEntries(entries)
}
