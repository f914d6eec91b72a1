// POST /api/v1/account/sessions/end-others: signs the person out everywhere else.
import { EndedSessions } from '../../../../contract/api/account.ts'
import type { AppContext } from '../../../server/context.ts'
import { endOtherSessions } from '../../../staff/own-sessions.ts'
import { notSignedIn } from '../../auth/person.ts'
import type { ApiServer } from '../../server.ts'

export function registerEndOtherSessions(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/account/sessions/end-others',
    {
      schema: {
        tags: ['Session'],
        operationId: 'endOtherSessions',
        summary: 'End your other sessions',
        description: 'Ends every session of the person except that of this request.',
        response: { 200: EndedSessions },
      },
    },
    async (request) => {
      const { staffId, sessionId } = request.person
      const now = ctx.clock.now()
      const ended = await ctx.db.transaction((tx) => endOtherSessions(tx, staffId, sessionId, now))
      if (ended === null) throw notSignedIn()
      return { ended }
    },
  )
}
