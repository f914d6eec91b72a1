// GET /api/v1/pos-accounts: the points of sale that LoyaPro may call in the name of the business,
// and how each is doing.
import { Type } from 'typebox'
import { type Backfill, PosAccount } from '../../../../contract/api/pos-accounts.ts'
import type { Backfill as BackfillRow } from '../../../installations/backfill.ts'
import { type PosAccount as Account, listAccounts } from '../../../installations/installations.ts'
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { formatInstant } from '../format.ts'

export function registerListPosAccounts(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/pos-accounts',
    {
      config: { scope: 'connections:read' },
      schema: {
        tags: ['POS accounts'],
        operationId: 'listPosAccounts',
        summary: 'List POS accounts',
        description: 'All accounts are returned on one page.',
        response: { 200: Type.Object({ data: Type.Array(PosAccount) }) },
      },
    },
    (request) =>
      readTenant(ctx, request, async (tx) => {
        const accounts = await listAccounts(tx, request.caller.businessId)
        return { data: accounts.map(accountToJson) }
      }),
  )
}

export const posParams = Type.Object({ pos: Type.String({ description: 'The POS.', examples: ['foodics'] }) })

export function noSuchAccount(): Problem {
  return new Problem('not_found', {
    detail: {
      en: 'LoyaPro has no account in this POS. Request consent first.',
      ar: 'لا يوجد حساب مرتبط بنظام نقاط البيع هذا. ابدأ بطلب الموافقة.',
    },
  })
}

export function accountToJson(account: Account): PosAccount {
  return {
    pos: account.posName,
    status: account.status,
    reference: account.reference,
    name: account.name,
    problem: account.problem,
    paused_until: formatInstant(account.pausedUntil),
    customers_waiting: account.waiting,
    customers_refused: account.refused,
    catalogue: {
      synced_at: formatInstant(account.syncedAt),
      syncing: account.syncing,
      problem: account.syncProblem,
    },
    backfill: account.backfill && backfillToJson(account.backfill),
    connected_at: formatInstant(account.connectedAt),
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
    finished_at: formatInstant(row.finished_at),
  }
}
