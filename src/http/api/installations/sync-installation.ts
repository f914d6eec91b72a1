// POST /api/v1/pos-accounts/{pos}/sync: imports the catalogue again, and sends refused customers
// again.
import { Installation } from '../../../../contract/api/installations.ts'
import { listInstallations, requestSync } from '../../../installations/installations.ts'
import { must } from '../../../kernel/assert.ts'
import type { AppContext } from '../../../server/context.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { installationToJson, noSuchInstallation, posParams } from './list-installations.ts'

export function registerSyncInstallation(app: ApiServer, ctx: AppContext): void {
  app.post(
    '/pos-accounts/:pos/sync',
    {
      config: {
        scope: 'connections:write',
        problems: ['not_found', 'consent_needed', 'idempotency_key_reused', 'idempotency_in_progress'],
      },
      schema: {
        tags: ['POS accounts'],
        operationId: 'syncPosAccount',
        summary: 'Sync the catalogue of a POS',
        description: 'The sync starts within a minute and imports about 4,500 products per minute.',
        params: posParams,
        response: { 202: Installation },
      },
    },
    (request, reply) => {
      const { businessId } = request.caller
      const { pos } = request.params
      reply.code(202)
      return writeTenant(ctx, request, reply, async (tx) => {
        const outcome = await requestSync(tx, businessId, pos, ctx.clock.now())
        if (outcome === 'not_found') throw noSuchInstallation()
        if (outcome === 'needs_consent') throw new Problem('consent_needed')
        return installationToJson(must((await listInstallations(tx, businessId, pos))[0], 'the account'))
      })
    },
  )
}
