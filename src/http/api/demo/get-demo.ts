// GET /api/v1/demo: whether the business is a demo, and how much of its history has arrived.
import { DemoStatus } from '../../../../contract/api/demo.ts'
import { type DemoState, findDemo } from '../../../demo/state.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'

export function registerGetDemo(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/demo',
    {
      config: { scope: 'business:read' },
      schema: {
        tags: ['Business'],
        operationId: 'getDemo',
        summary: 'Get the state of the demo',
        description:
          'A first start without production settings creates a demo business with some weeks of sample orders.',
        response: { 200: DemoStatus },
      },
    },
    (request) =>
      readTenant(ctx, request, async (tx) => {
        const demo = await findDemo(tx, request.caller.businessId)
        if (!demo) return { status: 'none' as const, sent: 0, due: 0 }
        return { status: statusOf(demo), sent: Math.min(demo.position, demo.due), due: demo.due }
      }),
  )
}

function statusOf({ loadedAt, removedAt }: DemoState): DemoStatus['status'] {
  if (removedAt !== null) return 'removing'
  return loadedAt === null ? 'loading' : 'ready'
}
