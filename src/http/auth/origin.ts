// Refuses requests that another website makes with the cookie of a person who is signed in here.
import type { FastifyRequest } from 'fastify'
import type { AppContext } from '../../server/context.ts'
import { Problem } from '../problem.ts'

/**
 * A write must name our origin in `Origin`. A read that a browser marks as coming from another site
 * is refused too: it changes nothing, but costs work. Without LOYAPRO_PUBLIC_URL only browsers on
 * this machine are served.
 */
export function refuseForeignOrigin(ctx: AppContext, request: FastifyRequest): void {
  const { origin, 'sec-fetch-site': site } = request.headers
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const isOurs = isRead ? origin === undefined || isOurOrigin(ctx, request, origin) : isOurOrigin(ctx, request, origin)
  const isSameSite = site === undefined || site === 'same-origin' || (isRead && site === 'none')
  if (!isOurs || !isSameSite) throw wrongOrigin(ctx)
}

function isOurOrigin({ config }: AppContext, request: FastifyRequest, origin: string | undefined): boolean {
  if (origin === undefined) return false
  if (config.publicUrl !== undefined) return origin === new URL(config.publicUrl).origin
  const url = URL.parse(origin)
  return url !== null && LOOPBACK.includes(url.hostname) && url.host === request.headers.host
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

function wrongOrigin({ config }: AppContext): Problem {
  const own = config.publicUrl === undefined ? null : new URL(config.publicUrl).origin
  return new Problem('wrong_origin', {
    detail: own
      ? {
          en: `Requests with a session must come from ${own}. Open LoyaPro at this address.`,
          ar: `يجب أن تأتي الطلبات من ${own}. افتح لويا برو على هذا العنوان.`,
        }
      : {
          en: 'Requests with a session must come from a browser on this machine. For other addresses, set LOYAPRO_PUBLIC_URL.',
          ar: 'يجب أن تأتي الطلبات من متصفح على هذا الجهاز. لاستخدام عنوان آخر، عيّن LOYAPRO_PUBLIC_URL.',
        },
  })
}
