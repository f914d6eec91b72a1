// GET /api/v1/account/sessions: where the person is signed in.
import { Type } from 'typebox'
import { AccountSession } from '../../../../contract/api/account.ts'
import { formatId } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import { listOwnSessions, type OwnSession } from '../../../staff/own-sessions.ts'
import { IDLE_MS, type SignedIn } from '../../../staff/sessions.ts'
import { pageOf, pageQuery, readCursor, toPage } from '../../page.ts'
import type { ApiServer } from '../../server.ts'
import { formatInstant, IdPosition } from '../format.ts'

export function registerListSessions(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/account/sessions',
    {
      schema: {
        tags: ['Session'],
        operationId: 'listSessions',
        summary: 'List your sessions',
        description: 'The valid sessions of the person who is signed in, the latest sign-in first.',
        querystring: Type.Object({ ...pageQuery }, { additionalProperties: false }),
        response: { 200: pageOf(AccountSession) },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const before = readCursor(IdPosition, cursor)?.id ?? null
      const page = { before, limit: limit + 1, now: ctx.clock.now() }
      const rows = await listOwnSessions(ctx.db, request.person.staffId, page)
      return toPage(
        rows,
        limit,
        ({ id }) => ({ id }),
        (row) => sessionToJson(row, request.person),
      )
    },
  )
}

function sessionToJson({ id, created_at, seen_at, ends_at, address, user_agent }: OwnSession, { sessionId }: SignedIn) {
  return {
    id: formatId('session', id),
    is_current: id === sessionId,
    created_at: formatInstant(created_at),
    last_used_at: formatInstant(seen_at),
    ends_at: formatInstant(Math.min(ends_at, seen_at + IDLE_MS)),
    address,
    user_agent,
  }
}
