// The address of the pages of LoyaPro, for links in mails.
import type { FastifyRequest } from 'fastify'
import type { AppContext } from '../server/context.ts'

/**
 * Without a trailing slash. Without LOYAPRO_PUBLIC_URL only browsers on this machine are served, at
 * the port that the request came to. Headers of the request are not used: they may be forged.
 */
export function appUrl({ config }: Pick<AppContext, 'config'>, request: FastifyRequest): string {
  return config.publicUrl ?? `http://localhost:${request.socket.localPort ?? config.port}`
}
