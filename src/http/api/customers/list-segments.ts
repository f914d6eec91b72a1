// GET /api/v1/segments: the segments of customers and what each means.
import { Type } from 'typebox'
import { Segment } from '../../../../contract/api/customer-figures.ts'
import { SEGMENT_NAMES, SEGMENTS } from '../../../../contract/segments.ts'
import type { ApiServer } from '../../server.ts'

export function registerListSegments(app: ApiServer): void {
  app.get(
    '/segments',
    {
      config: { scope: 'customers:read' },
      schema: {
        tags: ['Customers'],
        operationId: 'listSegments',
        summary: 'List segments',
        description: 'Use a segment as a filter of `GET /customers`. A customer can be in several segments.',
        response: { 200: Type.Object({ data: Type.Array(Segment) }) },
      },
    },
    async () => ({
      data: SEGMENT_NAMES.map((segment) => {
        const { name, meaning } = SEGMENTS[segment]
        return { segment, name, meaning }
      }),
    }),
  )
}
