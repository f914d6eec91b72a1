// GET /api/v1/pos-accounts: the installations of the business and their state.
import { Type } from 'typebox'
import { actorToJson } from '../../../../contract/actor.ts'
import { type Backfill, Installation } from '../../../../contract/api/installations.ts'
import type { Backfill as BackfillRow } from '../../../installations/backfill.ts'
import { type Installation as InstallationRow, listInstallations } from '../../../installations/installations.ts'
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { formatInstant } from '../format.ts'

export function registerListInstallations(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/pos-accounts',
    {
      config: { scope: 'connections:read' },
      schema: {
        tags: ['POS accounts'],
        operationId: 'listPosAccounts',
        summary: 'List POS accounts',
        description: 'All accounts are returned on one page.',
        response: { 200: Type.Object({ data: Type.Array(Installation) }) },
      },
    },
    (request) =>
      readTenant(ctx, request, async (tx) => {
        const accounts = await listInstallations(tx, request.caller.businessId)
        return { data: accounts.map(installationToJson) }
      }),
  )
}

export const posParams = Type.Object({ pos: Type.String({ description: 'The POS.', examples: ['foodics'] }) })

export function noSuchInstallation(): Problem {
  return new Problem('not_found', {
    detail: {
      en: 'LoyaPro has no account in this POS. Request consent first.',
      ar: 'لا يوجد حساب مرتبط بنظام نقاط البيع هذا. ابدأ بطلب الموافقة.',
    },
  })
}

export function installationToJson(row: InstallationRow): Installation {
  return {
    pos: row.posName,
    status: row.status,
    reference: row.reference,
    name: row.name,
    problem: row.problem,
    paused_until: formatInstant(row.pausedUntil),
    customers_waiting: row.waiting,
    customers_refused: row.refused,
    catalogue: {
      synced_at: formatInstant(row.syncedAt),
      syncing: row.syncing,
      problem: row.syncProblem,
    },
    backfill: row.backfill && backfillToJson(row.backfill),
    connected_at: formatInstant(row.connectedAt),
    connected_by: actorToJson(row.connectedBy),
    updated_by: actorToJson(row.updatedBy),
  }
}

export function backfillToJson(row: BackfillRow): Backfill {
  const { status, last_reference, orders, processed, duplicate, stale, parked, passed_over, not_applied, problem } = row
  return {
    pos: row.pos_name,
    from: row.from_date,
    status,
    last_reference,
    orders,
    processed,
    duplicate,
    stale,
    parked,
    passed_over,
    not_applied,
    problem,
    started_at: formatInstant(row.started_at),
    started_by: actorToJson(row.started_by),
    finished_at: formatInstant(row.finished_at),
  }
}
