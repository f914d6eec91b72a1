// GET /api/v1/customers/{id}/timeline: everything that happened to a customer, in one list.
import { type Static, Type } from 'typebox'
import { choice, idParams } from '../../../../contract/api/common.ts'
import { TIMELINE_TYPES, TimelineEntry } from '../../../../contract/api/customer-timeline.ts'
import { mergedInto } from '../../../customers/merged.ts'
import type { AppContext } from '../../../server/context.ts'
import { pageOf, pageQuery, readCursor, toPageAt } from '../../page.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { CursorId, CursorInstant, idOr404 } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'
import { customerOr404 } from './customer-problem.ts'
import { type Happening, isAfter, SOURCES, type TimelineScope } from './timeline-sources.ts'

export function registerTimeline(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/customers/:id/timeline',
    {
      config: { scope: 'customers:read', problems: ['not_found', 'customer_merged'] },
      schema: {
        tags: ['Customers'],
        operationId: 'listTimeline',
        summary: "Get a customer's timeline",
        description: `Newest first: movements, orders that earned nothing, claims, subscriptions, merges, changed numbers and notes, each with its reason and
actor. Orders need the scope \`orders:read\`, claims \`claims:read\`; without it they are left out.`,
        params: idParams('cus', 'customer'),
        querystring: Type.Object(
          {
            ...pageQuery,
            show: Type.Optional(
              choice(['earned', 'used', 'lost'], {
                description:
                  'Only movements: `earned` and granted, `used` for rewards and given back, or `lost` by returns and expiry.',
              }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: pageOf(TimelineEntry) },
      },
    },
    async (request) => {
      const customerId = idOr404('customer', request.params.id)
      const { limit, cursor, show } = request.query
      const before = readCursor(Position, cursor)
      const { businessId, scopes, branches } = request.caller
      const programs = await programsOf(ctx, businessId)
      return readTenant(ctx, request, async (tx) => {
        await customerOr404(tx, businessId, customerId)
        const scope: TimelineScope = {
          businessId,
          customerId,
          merged: await mergedInto(tx, businessId, customerId),
          programs,
          kinds: show && KINDS[show],
          branches,
          now: ctx.clock.now(),
        }
        const shown = TIMELINE_TYPES.filter((type) => {
          if (show) return type === 'movement'
          return (
            (type !== 'order' || scopes.includes('orders:read')) && (type !== 'claim' || scopes.includes('claims:read'))
          )
        })
        const all = await Promise.all(shown.map((type) => SOURCES[type](tx, scope, before, limit + 1)))
        const sorted = all.flat().sort((a, b) => (isAfter(a, b) ? -1 : 1))
        const page = sorted.slice(0, limit)
        const last = sorted.length > limit ? page.at(-1) : undefined
        return toPageAt(
          page.map(({ entry }) => entry),
          last ? positionOf(last) : null,
        )
      })
    },
  )
}

const KINDS = {
  earned: ['earn', 'grant', 'pending_release', 'adjust', 'merge'],
  used: ['hold', 'release', 'redeem', 'restore'],
  lost: ['reverse', 'expire', 'write_off'],
}

const Position = Type.Object({ at: CursorInstant, type: choice([...TIMELINE_TYPES]), id: CursorId })

function positionOf({ at, type, id }: Happening): Static<typeof Position> {
  return { at, type, id }
}
