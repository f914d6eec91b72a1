// GET /api/v1/work-list: which steps of setting up are done, and what needs a person.
import { type WorkItem, WorkList } from '../../../../contract/api/onboarding.ts'
import { listConnections } from '../../../businesses/connections.ts'
import { countRefusals } from '../../../businesses/refused-deliveries.ts'
import { TEST_POS } from '../../../ingest/test-order.ts'
import { formatId } from '../../../kernel/ids.ts'
import { type Expiring, expiringUnits } from '../../../ledger/expiring.ts'
import { hasOrders, listWaiting, type Waiting } from '../../../orders/work-list.ts'
import { hasActiveReward } from '../../../rewards/catalogue/has-active.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { formatInstant } from '../format.ts'
import { programsOf } from '../programs/programs-of.ts'

const DAY_MS = 86_400_000

export function registerGetWorkList(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/work-list',
    {
      config: { scope: 'orders:read' },
      schema: {
        tags: ['Business'],
        operationId: 'getWorkList',
        summary: 'Get what needs a person',
        description: 'Kinds without anything are left out. `setup` states which steps of setting up are done.',
        response: { 200: WorkList },
      },
    },
    async (request) => {
      const { businessId } = request.caller
      const now = ctx.clock.now()
      const [connections, programs] = await Promise.all([
        listConnections(ctx.db, businessId),
        programsOf(ctx, businessId),
      ])
      const active = [...programs.programs.values()].filter(({ status }) => status === 'active')
      return readTenant(ctx, request, async (tx): Promise<WorkList> => {
        const [waiting, refusals, expiring, isClaimable, hasOrder] = await Promise.all([
          listWaiting(tx, businessId, now - 7 * DAY_MS),
          countRefusals(tx, businessId, now - DAY_MS),
          expiringUnits(tx, businessId, now, now + 30 * DAY_MS),
          hasActiveReward(tx, businessId),
          hasOrders(tx, businessId, TEST_POS.name),
        ])
        return {
          setup: {
            pos_connected: connections.length > 0,
            program_active: active.length > 0,
            // Only points are spent on rewards of the catalogue.
            reward_active: isClaimable || active.some(({ type }) => type !== 'points'),
            first_order: hasOrder,
          },
          data: [
            ...waiting.map(waitingToJson),
            ...(refusals.from === null ? [] : [refusalsToJson({ ...refusals, from: refusals.from }, now)]),
            ...expiring.map(expiringToJson),
          ],
        }
      })
    },
  )
}

const NOTHING = { total: null, program_id: null, units: null, pos: null }

function waitingToJson({ kind, count, from, to, total }: Waiting): WorkItem {
  const sum = kind === 'failed_deliveries' ? null : total
  return { ...NOTHING, kind, count, from: formatInstant(from), to: formatInstant(to), total: sum }
}

function refusalsToJson(
  { count, from, posName }: { count: number; from: number; posName: string | null },
  now: number,
): WorkItem {
  const times = { from: formatInstant(from), to: formatInstant(now) }
  return { ...NOTHING, kind: 'refused_deliveries', count, ...times, pos: posName }
}

function expiringToJson({ programId, customers, units, at }: Expiring): WorkItem {
  const when = formatInstant(at)
  const program_id = formatId('program', programId)
  return { ...NOTHING, kind: 'expiring_units', count: customers, from: when, to: when, program_id, units }
}
