// GET /api/v1/events: what happened after an event, as a list, or as a stream of server-sent events.
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { LiveEvents } from '../../../../contract/api/events.ts'
import { eventsAfter, lastEvents, renewLiveFeed } from '../../../events/live.ts'
import type { RecordedEvent } from '../../../events/readers.ts'
import type { AppContext } from '../../../server/context.ts'
import { isStillAllowed } from '../../auth/still-allowed.ts'
import type { ApiServer } from '../../server.ts'
import { eventToJson } from './event-to-json.ts'
import type { EventStreams } from './streams.ts'

export function registerListEvents(app: ApiServer, ctx: AppContext, streams: EventStreams): void {
  app.get(
    '/events',
    {
      config: { scope: 'events:read' },
      schema: {
        tags: ['Events'],
        operationId: 'listEvents',
        summary: 'List or stream events',
        description: `Events are recorded from the first call on, until nobody has called it for seven days. They are kept for a day, at most 10,000.

With \`Accept: text/event-stream\` the answer is a stream of server-sent events that stays open: \`event\` is the type, \`id\` the number and
\`data\` an event of the list. It begins after \`Last-Event-ID\` or \`after\`, otherwise with the next event. \`event: ready\` comes first; \`event: reset\`
says that events were missed: read the lists that you show again. A comment every 15 seconds keeps the connection open. At most 20
streams of a business are open at a time; the stream ends with the session or the key.`,
        querystring: Type.Object(
          {
            after: Type.Optional(
              Type.Integer({
                minimum: 0,
                maximum: Number.MAX_SAFE_INTEGER,
                description: 'Number of the last event that you know. Without it: no events, only `last`.',
              }),
            ),
            limit: Type.Integer({ minimum: 1, maximum: 500, default: 100, description: 'Maximum number of events.' }),
          },
          { additionalProperties: false },
        ),
        response: { 200: LiveEvents },
      },
    },
    async (request, reply) => {
      const { businessId } = request.caller
      const { after, limit } = request.query
      await renewLiveFeed(ctx.db, businessId, ctx.clock.now())
      const last = (await lastEvents(ctx.db, [businessId]))[0]?.last ?? 0
      if (!wantsStream(request)) {
        const events = after === undefined ? [] : await eventsAfter(ctx.db, businessId, after, limit)
        const number = events.at(-1)?.seq ?? last
        return { data: events.map(eventToJson), last: number, complete: isComplete(after, last, events) }
      }
      const known = lastKnown(request) ?? after
      const isAllowed = () => isStillAllowed(ctx, request)
      // Throws before the connection is taken over.
      const start = streams.reserve(businessId)
      reply.hijack()
      start({
        raw: reply.raw,
        headers: reply.getHeaders(),
        position: known ?? last,
        isNew: known === undefined,
        isAllowed,
      })
      return undefined as never
    },
  )
}

function wantsStream({ headers }: FastifyRequest): boolean {
  return /\btext\/event-stream\b/.test(headers.accept ?? '')
}

/** What the browser sends when it connects again. */
function lastKnown({ headers }: FastifyRequest): number | undefined {
  const id = headers['last-event-id']
  return typeof id === 'string' && /^\d{1,15}$/.test(id) ? Number(id) : undefined
}

/** Whether nothing between `after` and the events was deleted. */
function isComplete(after: number | undefined, last: number, events: readonly RecordedEvent[]): boolean {
  if (after === undefined || after === last) return true
  return events[0]?.seq === after + 1
}
