// GET /api/v1/account: the person who is signed in.
import { Person } from '../../../../contract/api/session.ts'
import { must } from '../../../kernel/assert.ts'
import type { AppContext } from '../../../server/context.ts'
import { findPerson } from '../../../staff/people.ts'
import type { ApiServer } from '../../server.ts'
import { personToJson } from '../session/session-to-json.ts'

export function registerGetAccount(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/account',
    {
      schema: {
        tags: ['Session'],
        operationId: 'getAccount',
        summary: 'Get your account',
        description: 'The person who is signed in, with what they chose for all their browsers.',
        response: { 200: Person },
      },
    },
    async (request) =>
      personToJson(must(await findPerson(ctx.db, request.person.staffId), 'the person of the session')),
  )
}
