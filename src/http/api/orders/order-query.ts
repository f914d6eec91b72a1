// The filters of the list of orders: their parameters, and how they are read.

import { type Static, Type } from 'typebox'
import { choice, idOf } from '../../../../contract/api/common.ts'
import { NOTHING_REASONS } from '../../../../contract/nothing-reasons.ts'
import { listPosSystems } from '../../../businesses/pos-systems.ts'
import { parseId, type Uuid } from '../../../kernel/ids.ts'
import { orderId } from '../../../orders/identity.ts'
import type { OrderFilter } from '../../../orders/read.ts'
import type { AppContext } from '../../../server/context.ts'
import type { Caller } from '../../server.ts'
import { readRange } from './read-range.ts'

const amount = (description: string) =>
  Type.Optional(Type.Integer({ minimum: -1e12, maximum: 1e12, description, examples: [5000] }))

export const orderFilters = {
  pos_order_id: Type.Optional(
    Type.String({ minLength: 1, maxLength: 128, description: 'ID of the order in the POS.' }),
  ),
  reference: Type.Optional(
    Type.String({ minLength: 1, maxLength: 128, description: 'Order number, as staff see it.', examples: ['00292'] }),
  ),
  pos: Type.Optional(Type.String({ maxLength: 41, description: 'Only orders of this POS.', examples: ['foodics'] })),
  branch_id: Type.Optional(idOf('brn', 'Only orders of this branch.')),
  customer_id: Type.Optional(idOf('cus', 'Only orders of this customer.')),
  status: Type.Optional(
    choice(['initiated', 'paid', 'void', 'refunded', 'joined'], { description: 'Current status.' }),
  ),
  flagged: Type.Optional(
    Type.Literal(true, { description: 'Only orders that differ from the rewards redeemed for them.' }),
  ),
  with_customer: Type.Optional(Type.Boolean({ description: 'Only orders that have, or do not have, a customer.' })),
  earned: Type.Optional(
    Type.Boolean({ description: 'Only sales that earned something, or only sales that earned nothing.' }),
  ),
  reason: Type.Optional(
    choice([...NOTHING_REASONS], { description: 'Only sales that earned nothing for this reason.' }),
  ),
  min_total: amount('Minimum total, in minor units.'),
  max_total: amount('Maximum total, in minor units.'),
  from: Type.Optional(
    Type.String({
      maxLength: 40,
      description: `From this business date on (\`2026-11-01\`), or from this instant on (\`2026-11-01T09:00:00Z\`).
By date, orders are found whose business date is at most a week away from their time.`,
      examples: ['2026-11-01'],
    }),
  ),
  to: Type.Optional(
    Type.String({
      maxLength: 40,
      description: 'Until this business day (included) or this time.',
      examples: ['2026-11-30'],
    }),
  ),
}

const Given = Type.Object(orderFilters)

/** Null when an ID in it is none: such a filter finds nothing, like the ID of another business. */
export async function readOrderFilter(
  ctx: AppContext,
  { businessId, branches }: Caller,
  given: Static<typeof Given>,
): Promise<OrderFilter | null> {
  const { pos_order_id, pos, branch_id, customer_id, status, flagged, from, to, reference, reason } = given
  const { with_customer, earned, min_total, max_total } = given
  const branchId = branch_id === undefined ? undefined : parseId('branch', branch_id)
  const customerId = customer_id === undefined ? undefined : parseId('customer', customer_id)
  if (branchId === null || customerId === null) return null
  return {
    ...(pos_order_id !== undefined && { ids: await possibleIds(ctx, businessId, pos_order_id) }),
    ...(reference !== undefined && { reference }),
    ...(pos !== undefined && { posName: pos }),
    ...(branchId !== undefined && { branchId }),
    // A person who is limited to branches sees the orders of those.
    ...(branches && { branchIds: branches }),
    ...(customerId !== undefined && { customerId }),
    ...(status !== undefined && { status }),
    ...(flagged && { flagged }),
    ...(with_customer !== undefined && { hasCustomer: with_customer }),
    ...(earned !== undefined && { earned }),
    ...(reason !== undefined && { reason }),
    ...(min_total !== undefined && { minTotal: min_total }),
    ...(max_total !== undefined && { maxTotal: max_total }),
    ...readRange(from, to),
  }
}

/**
 * An order's id follows from its POS and the POS's id for it, so it is looked up by its primary
 * key; there are few POS.
 */
async function possibleIds(ctx: AppContext, businessId: Uuid, posOrderId: string): Promise<Uuid[]> {
  return (await listPosSystems(ctx.db)).map(({ name }) => orderId(businessId, name, posOrderId))
}
