// GET /api/v1/activity/actors: who is in the activity log.
import { Type } from 'typebox'
import { actorToJson } from '../../../../contract/actor.ts'
import { ActivityActor } from '../../../../contract/api/activity.ts'
import { listActors } from '../../../activity/read.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { namesOfActors } from './names.ts'

const MOST_ACTORS = 200

export function registerListActors(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/activity/actors',
    {
      config: { scope: 'audit:read' },
      schema: {
        tags: ['Activity'],
        operationId: 'listActivityActors',
        summary: 'List who is in the activity log',
        description: `Members of staff and API keys with at least one entry, at most ${MOST_ACTORS}.`,
        response: { 200: Type.Object({ data: Type.Array(ActivityActor) }) },
      },
    },
    async (request) => {
      const { businessId } = request.caller
      const actors = await readTenant(ctx, request, (tx) => listActors(tx, businessId, MOST_ACTORS))
      const names = await namesOfActors(ctx, businessId, actors)
      return { data: actors.map((actor) => ({ actor: actorToJson(actor), name: names.get(actor) ?? null })) }
    },
  )
}
