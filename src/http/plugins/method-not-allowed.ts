// 405 with `Allow` for an address that exists but does not take the method, where the framework
// itself would say 404.
import type { HTTPMethods } from 'fastify'
import { Problem } from '../problem.ts'
import type { ApiServer } from '../server.ts'

/**
 * Notes every route registered after this call. The function that it gives back goes into the
 * plugin that is registered last: it adds the refusals for the methods that no route took.
 */
export function watchMethods(app: ApiServer): (scope: ApiServer) => void {
  const taken = new Map<string, Set<HTTPMethods>>()
  app.addHook('onRoute', ({ url, method }) => {
    const methods = taken.get(url) ?? new Set()
    for (const one of [method].flat()) methods.add(one)
    taken.set(url, methods)
  })
  return (scope) => {
    for (const [url, methods] of [...taken]) {
      const allow = [...methods].sort().join(', ')
      const others = METHODS.filter((method) => !methods.has(method))
      const refuse = async () => {
        throw notAllowed(allow)
      }
      // In a hook that runs before the body is read, which may well be what the method was wrong
      // about.
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
