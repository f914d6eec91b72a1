// GET /logos/{business}/{hash}.{ending}: the logo of a business. Its address contains the hash of the
// picture, so browsers keep it for ever.
import { Type } from 'typebox'
import { findLogo } from '../../businesses/brand.ts'
import type { Logo } from '../../businesses/logo.ts'
import type { LogoType } from '../../businesses/logo-metadata.ts'
import { formatId, parseId, type Uuid } from '../../kernel/ids.ts'
import type { AppContext } from '../../server/context.ts'
import { Problem } from '../problem.ts'
import type { ApiServer } from '../server.ts'

/** Public: customers, wallets and posters show it. */
export function logoRoute(app: ApiServer, ctx: AppContext): void {
  app.get('/logos/:business/:name', { schema: { hide: true, params } }, async (request, reply) => {
    const businessId = parseId('business', request.params.business)
    const [, hash = '', ending] = NAME.exec(request.params.name) ?? []
    const logo = businessId && hash !== '' ? await findLogo(ctx.db, businessId, hash) : null
    if (logo === null || ENDINGS[logo.type] !== ending) throw new Problem('not_found')
    return reply
      .type(logo.type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cross-origin-resource-policy', 'cross-origin')
      .send(logo.picture)
  })
}

/** The path, below the origin of this server. */
export function logoAddress(businessId: Uuid, { hash, type }: Pick<Logo, 'hash' | 'type'>): string {
  return `/logos/${formatId('business', businessId)}/${hash}.${ENDINGS[type]}`
}

const params = Type.Object({ business: Type.String({ maxLength: 40 }), name: Type.String({ maxLength: 40 }) })

const NAME = /^([0-9a-f]{32})\.(png|jpg|webp)$/

const ENDINGS: Record<LogoType, string> = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' }
