// GET /api/v1/branches: the branches that orders have named.
import { Type } from 'typebox'
import { actorToJson } from '../../../../contract/actor.ts'
import { Branch } from '../../../../contract/api/business.ts'
import { type Branch as BranchRow, listBranches } from '../../../businesses/branches.ts'
import { formatId } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import { pageOf, pageQuery, readCursor, toPage } from '../../page.ts'
import type { ApiServer } from '../../server.ts'
import { readTenant } from '../../tenant.ts'
import { formatInstant, IdPosition } from '../format.ts'

export function registerListBranches(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/branches',
    {
      config: { scope: 'business:read' },
      schema: {
        tags: ['Business'],
        operationId: 'listBranches',
        summary: 'List branches',
        description: 'A branch is created with the first order from it.',
        querystring: Type.Object(pageQuery, { additionalProperties: false }),
        response: { 200: pageOf(Branch) },
      },
    },
    (request) =>
      readTenant(ctx, request, async (tx) => {
        const { limit, cursor } = request.query
        const after = readCursor(IdPosition, cursor)
        const rows = await listBranches(tx, request.caller.businessId, after?.id ?? null, limit + 1)
        return toPage(rows, limit, ({ id }) => ({ id }), branchToJson)
      }),
  )
}

export function branchToJson(branch: BranchRow): Branch {
  return {
    id: formatId('branch', branch.id),
    pos: branch.pos_name,
    pos_branch_id: branch.pos_branch_id,
    name: { en: branch.name, ar: branch.name_ar },
    reference: branch.reference,
    timezone: branch.timezone,
    day_ends_at: branch.day_ends_at,
    created_at: formatInstant(branch.created_at),
    updated_at: formatInstant(branch.updated_at),
    updated_by: actorToJson(branch.updated_by),
  }
}
