// GET /api/v1/activity: who changed what, as JSON or CSV.
import { type Static, Type } from 'typebox'
import { ACTIVITY_KINDS, operationsOfKind } from '../../../../contract/activity/operations.ts'
import { ACTOR_KINDS, type Actor } from '../../../../contract/actor.ts'
import { Activity } from '../../../../contract/api/activity.ts'
import { choice } from '../../../../contract/api/common.ts'
import { type ActivityFilter, listActivity } from '../../../activity/read.ts'
import { namesOfSubjects } from '../../../activity/row-of.ts'
import type { Uuid } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import { CSV_NOTE, CSV_PAGE, csvQuery, languageOf, sendCsv, wantsCsv } from '../../csv.ts'
import { pageOf, pageQuery, readCursor, toPageAt } from '../../page.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { IdPosition } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { readPeriodOf } from '../read-period.ts'
import { activityColumns } from './activity-csv.ts'
import { activityToJson } from './activity-to-json.ts'

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
activity: see deliveries. ${CSV_NOTE}`,
        querystring: Type.Object({ ...pageQuery, ...filters, ...csvQuery }, { additionalProperties: false }),
        response: { 200: pageOf(Activity) },
      },
    },
    async (request, reply) => {
      const { limit, cursor } = request.query
      const { businessId } = request.caller
      const { business } = await programsOf(ctx, businessId)
      const filter = readFilter(request.query, business.timezone)
      const read = async (before: Uuid | null, most: number) => {
        const { rows, subjects } = await readTenant(ctx, request, async (tx) => {
          const rows = await listActivity(tx, businessId, filter, before, most + 1)
          const ids = rows.flatMap(({ subject }) => subject ?? [])
          return { rows, subjects: await namesOfSubjects(tx, businessId, ids) }
        })
        const page = rows.slice(0, most)
        const next = rows.length > most ? (page.at(-1)?.id ?? null) : null
        return { rows: await activityToJson(ctx, businessId, page, subjects), next }
      }
      if (wantsCsv(request)) {
        return sendCsv(request, reply, {
          name: `activity-${new Date(ctx.clock.now()).toISOString().slice(0, 10)}`,
          columns: activityColumns(business, languageOf(request)),
          page: (after: Uuid | null) => read(after, CSV_PAGE),
        })
      }
      const { rows, next } = await read(readCursor(IdPosition, cursor)?.id ?? null, limit)
      return toPageAt(rows, next && { id: next })
    },
  )
}

const filters = {
  actor: Type.Optional(
    Type.String({
      pattern: `^(${ACTOR_KINDS.join('|')}):.{1,100}$`,
      description: 'Only by this actor: kind, colon, ID.',
      examples: ['staff:stf_01kb4w7x2jf8m9t3v6q0c5n1rd'],
    }),
  ),
  kind: Type.Optional(choice([...ACTIVITY_KINDS], { description: 'Only operations of this kind.' })),
  operation: Type.Optional(
    Type.String({ minLength: 1, maxLength: 100, description: 'Only this operation.', examples: ['createKey'] }),
  ),
  subject: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'Only changes of what has this ID.' }),
  ),
  from: Type.Optional(
    Type.String({
      maxLength: 40,
      description: 'From this time or day of the business (included).',
      examples: ['2026-11-01'],
    }),
  ),
  to: Type.Optional(
    Type.String({
      maxLength: 40,
      description: 'Until this time (not included), or to the end of this day of the business.',
      examples: ['2026-11-30'],
    }),
  ),
}

const Filters = Type.Object(filters)

function readFilter(
  { actor, kind, operation, subject, from, to }: Static<typeof Filters>,
  zone: string,
): ActivityFilter {
  const ofKind = kind && operationsOfKind(kind)
  const operations = operation === undefined ? ofKind : !ofKind || ofKind.includes(operation) ? [operation] : []
  return {
    ...(actor !== undefined && { actor: actor as Actor }),
    ...(operations !== undefined && { operations }),
    ...(subject !== undefined && { subject }),
    ...readPeriodOf({ from, to }, zone),
  }
}
