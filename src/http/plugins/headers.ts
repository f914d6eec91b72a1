// Security headers: a few on every answer, the full set where a browser may load the page.
import helmet from '@fastify/helmet'
import type { ApiServer } from '../server.ts'

/** Most answers contain personal data, and browsers must not guess another content type. */
const COMMON = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

const LOAD_NOTHING = "default-src 'none';frame-ancestors 'none'"

/** For an answer to a request that no hook has seen. */
export const HEADERS_WITHOUT_HOOKS = {
  ...COMMON,
  'content-security-policy': LOAD_NOTHING,
  'x-frame-options': 'DENY',
}

export function addCommonHeaders(app: ApiServer): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(COMMON).header('x-request-id', request.id)
    done()
  })
}

/** Not in the POS API: helmet builds its headers for every answer, and no POS needs them. */
export async function addBrowserHeaders(scope: ApiServer): Promise<void> {
  await scope.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
    frameguard: { action: 'deny' },
  })
}
