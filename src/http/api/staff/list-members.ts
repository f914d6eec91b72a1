// GET /api/v1/staff: the people of the business.
import { Type } from 'typebox'
import { Member } from '../../../../contract/api/staff.ts'
import { formatId } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import { listMembers, type Member as MemberRow } from '../../../staff/members.ts'
import type { ApiServer } from '../../server.ts'
import { formatInstant } from '../format.ts'

export function registerListMembers(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/staff',
    {
      config: { scope: 'staff:read' },
      schema: {
        tags: ['Staff'],
        operationId: 'listStaff',
        summary: 'List the members of staff',
        description: 'Owners first, then by name. All are returned on one page.',
        response: { 200: Type.Object({ data: Type.Array(Member) }) },
      },
    },
    async (request) => ({ data: (await listMembers(ctx.db, request.caller.businessId)).map(memberToJson) }),
  )
}

export function memberToJson({ staffId, name, email, role, branchIds, joinedAt, lastSeenAt }: MemberRow): Member {
  return {
    id: formatId('staff', staffId),
    name,
    email,
    role,
    branches: branchIds?.map((id) => formatId('branch', id)) ?? null,
    joined_at: formatInstant(joinedAt),
    last_seen_at: formatInstant(lastSeenAt),
  }
}
