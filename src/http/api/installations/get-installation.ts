// GET /api/v1/pos-accounts/{pos}: an installation with its unsent changes and the progress of its
// import.
import { Installation } from '../../../../contract/api/installations.ts'
import { listInstallations } from '../../../installations/installations.ts'
import type { AppContext } from '../../../server/context.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { installationToJson, noSuchInstallation, posParams } from './list-installations.ts'

export function registerGetInstallation(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/pos-accounts/:pos',
    {
      config: { scope: 'connections:read', problems: ['not_found'] },
      schema: {
        tags: ['POS accounts'],
        operationId: 'getPosAccount',
        summary: 'Get a POS account',
        params: posParams,
        response: { 200: Installation },
      },
    },
    (request) =>
      readTenant(ctx, request, async (tx) => {
        const [account] = await listInstallations(tx, request.caller.businessId, request.params.pos)
        if (!account) throw noSuchInstallation()
        return installationToJson(account)
      }),
  )
}
