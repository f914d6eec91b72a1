// GET /api/v1/activity: who changed what.
import { Type } from 'typebox'
import { ACTOR_KINDS, type Actor, actorToJson } from '../../../../contract/actor.ts'
import { Activity } from '../../../../contract/api/activity.ts'
import { type ActivityRow, listActivity } from '../../../activity/read.ts'
import { namesOfKeys } from '../../../businesses/api-keys.ts'
import type { Uuid } from '../../../kernel/ids.ts'
import { formatId, parseId } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import { namesOfPeople } from '../../../staff/people.ts'
import { pageOf, pageQuery, readCursor, toPage } from '../../page.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { formatInstant, IdPosition } from '../format.ts'

export function registerListActivity(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/activity',
    {
      config: { scope: 'audit:read' },
      schema: {
        tags: ['Activity'],
        operationId: 'listActivity',
        summary: 'List activity',
        description: `Writes by staff, API keys and devices, newest first. Results match all filters. Orders that a POS sends are not
activity: see deliveries.`,
        querystring: Type.Object(
          {
            ...pageQuery,
            actor: Type.Optional(
              Type.String({
                pattern: `^(${ACTOR_KINDS.join('|')}):.{1,100}$`,
                description: 'Only by this actor: kind, colon, ID.',
                examples: ['staff:stf_01kb4w7x2jf8m9t3v6q0c5n1rd'],
              }),
            ),
            operation: Type.Optional(
              Type.String({
                minLength: 1,
                maxLength: 100,
                description: 'Only this operation.',
                examples: ['createKey'],
              }),
            ),
            subject: Type.Optional(
              Type.String({ minLength: 1, maxLength: 200, description: 'Only changes of what has this ID.' }),
            ),
            from: Type.Optional(Type.String({ format: 'date-time', description: 'From this time (included).' })),
            to: Type.Optional(Type.String({ format: 'date-time', description: 'Until this time (not included).' })),
          },
          { additionalProperties: false },
        ),
        response: { 200: pageOf(Activity) },
      },
    },
    async (request) => {
      const { limit, cursor, actor, operation, subject, from, to } = request.query
      const { businessId } = request.caller
      const before = readCursor(IdPosition, cursor)?.id ?? null
      const filter = {
        ...(actor !== undefined && { actor: actor as Actor }),
        ...(operation !== undefined && { operation }),
        ...(subject !== undefined && { subject }),
        ...(from !== undefined && { from: Date.parse(from) }),
        ...(to !== undefined && { until: Date.parse(to) }),
      }
      const rows = await readTenant(ctx, request, (tx) => listActivity(tx, businessId, filter, before, limit + 1))
      const names = await namesOf(ctx, businessId, rows)
      return toPage(
        rows,
        limit,
        ({ id }) => ({ id }),
        (row) => activityToJson(row, names),
      )
    },
  )
}

function activityToJson(row: ActivityRow, names: ReadonlyMap<string, string>): Activity {
  return {
    id: formatId('activity', row.id),
    at: formatInstant(row.at),
    actor: actorToJson(row.actor),
    actor_name: names.get(row.actor) ?? null,
    operation: row.operation,
    subject: row.subject,
    address: row.address,
    user_agent: row.user_agent,
    request_id: row.request_id,
    before: row.before,
    after: row.after,
  }
}

/** The names of people and API keys, by actor. */
async function namesOf(
  { db }: AppContext,
  businessId: Uuid,
  rows: readonly ActivityRow[],
): Promise<Map<string, string>> {
  const idsOf = (kind: 'staff' | 'apiKey', mark: 'staff:' | 'key:') => [
    ...new Set(
      rows.flatMap(({ actor }) => (actor.startsWith(mark) ? (parseId(kind, actor.slice(mark.length)) ?? []) : [])),
    ),
  ]
  const [people, keys] = await Promise.all([
    namesOfPeople(db, idsOf('staff', 'staff:')),
    namesOfKeys(db, businessId, idsOf('apiKey', 'key:')),
  ])
  return new Map([
    ...people.map(({ id, name }) => [`staff:${formatId('staff', id)}`, name] as const),
    ...keys.map(({ id, name }) => [`key:${formatId('apiKey', id)}`, name] as const),
  ])
}
