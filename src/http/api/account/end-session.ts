// DELETE /api/v1/account/sessions/{id}: signs the person out in one browser.
import { Type } from 'typebox'
import { idParams } from '../../../../contract/api/common.ts'
import type { AppContext } from '../../../server/context.ts'
import { endOwnSession } from '../../../staff/own-sessions.ts'
import { clearSessionCookie } from '../../auth/session-cookie.ts'
import type { ApiServer } from '../../server.ts'
import { idOr404, notFound } from '../format.ts'

export function registerEndSession(app: ApiServer, ctx: AppContext): void {
  app.delete(
    '/account/sessions/:id',
    {
      config: { problems: ['not_found'] },
      schema: {
        tags: ['Session'],
        operationId: 'endSession',
        summary: 'End a session of yours',
        description: 'The browser is signed out with its next request. Ending the session of this request signs out.',
        params: idParams('ses', 'session'),
        response: { 204: Type.Null({ description: 'The session has ended.' }) },
      },
    },
    async (request, reply) => {
      const { staffId, sessionId } = request.person
      const id = idOr404('session', request.params.id)
      if (!(await endOwnSession(ctx.db, staffId, id, ctx.clock.now()))) throw notFound('session')
      if (id === sessionId) clearSessionCookie(reply)
      reply.code(204)
      return null
    },
  )
}
