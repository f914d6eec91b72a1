// GET /api/v1/account/records/{id}: which business of the person has a record, so that a link to it can
// be opened whatever business is shown.
import { Type } from 'typebox'
import { RecordPlace } from '../../../../contract/api/account.ts'
import { scopesOf } from '../../../../contract/roles.ts'
import type { Scope } from '../../../../contract/scopes.ts'
import { kindOf } from '../../../activity/row-of.ts'
import { formatId, type IdKind, parseId, type Uuid } from '../../../kernel/ids.ts'
import type { AppContext } from '../../../server/context.ts'
import type { SignedIn } from '../../../staff/sessions.ts'
import { Problem } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { notFound } from '../format.ts'

export function registerFindRecord(app: ApiServer, ctx: AppContext): void {
  app.get(
    '/account/records/:id',
    {
      config: { problems: ['not_found'] },
      schema: {
        tags: ['Session'],
        operationId: 'findRecord',
        summary: 'Find the business of a record',
        description: `For links: the business of the person that has the customer, order, delivery, program, reward or back-test with this ID.
404 unless the role of the person in it can read the record.`,
        params: Type.Object({ id: Type.String({ maxLength: 100, description: 'ID of the record, e.g. `cus_…`.' }) }),
        response: { 200: RecordPlace },
      },
    },
    async (request) => {
      const kind = kindOf(request.params.id)
      const place = kind && PLACES[kind]
      if (!place) throw new Problem('not_found')
      const id = parseId(kind, request.params.id)
      const businessId = id && (await findBusiness(ctx, request.person, place, id))
      if (!businessId) throw notFound(kind)
      return { business_id: formatId('business', businessId) }
    },
  )
}

interface Place {
  tables: readonly string[]
  /** What reading one of them needs. */
  scope: Scope
}

const PLACES: Partial<Record<IdKind, Place>> = {
  // An address of a customer who was merged shows the other one.
  customer: { tables: ['customers', 'merged_customers'], scope: 'customers:read' },
  order: { tables: ['orders'], scope: 'orders:read' },
  delivery: { tables: ['deliveries'], scope: 'deliveries:read' },
  program: { tables: ['programs'], scope: 'programs:read' },
  reward: { tables: ['rewards'], scope: 'rewards:read' },
  backTest: { tables: ['back_tests'], scope: 'programs:read' },
}

/**
 * Among the businesses whose records the person can read: one query, however many they are. Row-level
 * security then decides whether this person sees the record.
 */
async function findBusiness(
  { db }: AppContext,
  { memberships }: SignedIn,
  { tables, scope }: Place,
  id: Uuid,
): Promise<Uuid | null> {
  const readable = memberships.filter(({ role, branchIds }) => scopesOf(role, branchIds !== null).includes(scope))
  const ids = readable.map(({ businessId }) => businessId)
  const text = tables
    .map((table) => `select business_id from ${table} where business_id = any($1::uuid[]) and id = $2`)
    .join(' union ')
  const [row] = await db.query<{ business_id: Uuid }>(text, [ids, id])
  const membership = readable.find(({ businessId }) => businessId === row?.business_id)
  if (!membership) return null
  const { businessId, branchIds } = membership
  const options = { readOnly: true, ...(branchIds && { branches: branchIds }) }
  const seen = await db.asTenant(businessId, (tx) => tx.query(text, [[businessId], id]), options)
  return seen.length > 0 ? businessId : null
}
