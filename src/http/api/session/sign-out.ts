// DELETE /api/v1/session: signs the person out.
import { Type } from 'typebox'
import type { AppContext } from '../../../server/context.ts'
import { endSession } from '../../../staff/sessions.ts'
import { clearSessionCookie, sessionToken } from '../../auth/session-cookie.ts'
import type { ApiServer } from '../../server.ts'

export function registerSignOut(app: ApiServer, ctx: AppContext): void {
  app.delete(
    '/session',
    {
      config: { isPublic: true },
      schema: {
        tags: ['Session'],
        operationId: 'signOut',
        summary: 'Sign out',
        description: 'Ends the session and clears its cookie. Without a session it does nothing.',
        response: { 204: Type.Null({ description: 'Nobody is signed in.' }) },
      },
    },
    async (request, reply) => {
      const token = sessionToken(request)
      // The cookie is cleared only when the session has ended: otherwise it would live on unseen.
      if (token !== null) await endSession(ctx.db, token, ctx.clock.now())
      clearSessionCookie(reply)
      reply.code(204)
      return null
    },
  )
}
