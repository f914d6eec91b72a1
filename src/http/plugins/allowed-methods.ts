// 405 with `Allow` for a URL that exists but does not support the method; Fastify alone would
// answer 404.
import type { HTTPMethods } from 'fastify'
import { Problem } from '../problem.ts'
import type { ApiServer } from '../server.ts'

/**
 * Records every route registered after this call. Call the returned function in the last scope: it
 * adds a route that refuses the methods that no other route supports.
 */
export function trackMethods(app: ApiServer): (scope: ApiServer) => void {
  const supported = new Map<string, Set<HTTPMethods>>()
  app.addHook('onRoute', ({ url, method }) => {
    const methods = supported.get(url) ?? new Set()
    for (const one of [method].flat()) methods.add(one)
    supported.set(url, methods)
  })
  return (scope) => {
    for (const [url, methods] of [...supported]) {
      const allow = [...methods].sort().join(', ')
      const others = METHODS.filter((method) => !methods.has(method))
      const refuse = async () => {
        throw notAllowed(allow)
      }
      // In a hook that runs before the body is parsed: it may be invalid for this method.
      scope.route({ url, method: others, schema: { hide: true }, onRequest: refuse, handler: refuse })
    }
  }
}

const METHODS: HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

function notAllowed(allow: string): Problem {
  return new Problem('method_not_allowed', {
    detail: { en: `This address supports ${allow}.`, ar: `هذا العنوان يدعم ${allow} فقط.` },
    headers: { allow },
  })
}
