// GET /api/v1/pos-accounts/{pos}: one account, with what waits and how far the backfill is.
import { PosAccount } from '../../../../contract/api/pos-accounts.ts'
import { listAccounts } from '../../../installations/installations.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { accountToJson, noSuchAccount, posParams } from './list-pos-accounts.ts'

export function registerGetPosAccount(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/pos-accounts/:pos',
    {
      config: { scope: 'connections:read', problems: ['not_found'] },
      schema: {
        tags: ['POS accounts'],
        operationId: 'getPosAccount',
        summary: 'Get a POS account',
        params: posParams,
        response: { 200: PosAccount },
      },
    },
    (request) =>
      readTenant(ctx, request, async (tx) => {
        const [account] = await listAccounts(tx, request.caller.businessId, request.params.pos)
        if (!account) throw noSuchAccount()
        return accountToJson(account)
      }),
  )
}
