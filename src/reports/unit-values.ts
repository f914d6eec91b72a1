// What a unit of each program is worth in money: a unit of cashback is money, any other is worth
// what customers got for it.
import type { Queryable, Statement } from '../db/database.ts'
import type { IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { prorate } from '../kernel/money.ts'

/** `money` minor units for `units` units. */
export interface UnitValue {
  readonly money: number
  readonly units: number
}

/**
 * By program: 1 for 1 for cashback, else the discounts of the redemptions from `from` to `to` and
 * the units that they cost. A program without redemptions has none.
 */
export async function readUnitValues(
  q: Queryable,
  businessId: Uuid,
  programs: Iterable<{ id: Uuid; type: string }>,
  { from, to }: { from: IsoDate; to: IsoDate },
): Promise<ReadonlyMap<Uuid, UnitValue>> {
  const rows = await q.query<UnitValue & { programId: Uuid }>(REDEEMED, [businessId, from, to])
  const values = new Map<Uuid, UnitValue>(rows.map(({ programId, money, units }) => [programId, { money, units }]))
  for (const { id, type } of programs) if (type === 'cashback') values.set(id, { money: 1, units: 1 })
  return values
}

const REDEEMED: Statement = {
  name: 'report_unit_values',
  text: `
select program_id as "programId", sum(discount)::bigint as money, sum(units)::bigint as units
from daily_claims where business_id = $1 and day between $2::date and $3::date
group by 1 having sum(units) > 0`,
}

/** Minor units; null when the value of a unit is not known. */
export function moneyOf(units: number, value: UnitValue | undefined): number | null {
  return value ? prorate(units, value.money, value.units) : null
}
