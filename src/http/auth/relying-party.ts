// The website that passkeys belong to: its domain and its origin.
import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { AppContext } from '../../server/context.ts'
import type { RelyingParty } from '../../staff/passkeys.ts'
import { Problem } from '../problem.ts'

/**
 * That of LOYAPRO_PUBLIC_URL, else of the page on this machine that sends the request, whose origin
 * was checked. Throws 409 `conflict` for an address: browsers keep passkeys for names alone.
 */
export function relyingPartyOf({ config }: AppContext, { headers }: FastifyRequest): RelyingParty {
  const { hostname, origin } = new URL(config.publicUrl ?? headers.origin ?? '')
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) throw needsName()
  return { id: hostname, origin }
}

function needsName(): Problem {
  return new Problem('conflict', {
    detail: {
      en: 'Browsers have no passkeys for an IP address. Open LoyaPro at http://localhost, or set LOYAPRO_PUBLIC_URL to a URL with a domain name.',
      ar: 'لا تدعم المتصفحات مفاتيح المرور لعنوان IP. افتح لويا برو على http://localhost، أو عيّن LOYAPRO_PUBLIC_URL برابط فيه اسم نطاق.',
    },
  })
}
