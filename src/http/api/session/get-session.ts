// GET /api/v1/session: who is signed in, and what they can do in which business.
import { Session } from '../../../../contract/api/session.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { sessionToJson } from './session-to-json.ts'

export function registerGetSession(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/session',
    {
      schema: {
        tags: ['Session'],
        operationId: 'getSession',
        summary: 'Get the session',
        description: 'The person who is signed in, with the role and the scopes in each business.',
        response: { 200: Session },
      },
    },
    (request) => sessionToJson(ctx, request.person),
  )
}
