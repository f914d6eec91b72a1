// Counts orders again: what each contributes now, less what was counted of it.
import type { Statement, Transaction } from '../db/database.ts'
import { json } from '../db/values.ts'
import type { IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { programsOf } from './build.ts'
import { ORDER_COLUMNS, orderContributions } from './contributions.ts'
import type { ReportState } from './state.ts'
import { Changes, DAILY_BRANCH_UNITS, DAILY_ORDERS } from './sums.ts'

interface CountedOrder {
  id: Uuid
  day: IsoDate
  branch_id: Uuid
  customer_id: Uuid | null
  orders: number
  amount: number
  returns: number
  returned: number
  earned: Record<Uuid, number> | null
}

/** What an order was and is to its customers: their sums change by the difference. */
export interface Touched {
  readonly was: readonly CountedOrder[]
  readonly is: readonly CountedOrder[]
}

export async function countOrders(
  tx: Transaction,
  { businessId, currency }: ReportState,
  ids: readonly Uuid[],
): Promise<Touched> {
  if (ids.length === 0) return { was: [], is: [] }
  const was = await tx.query<CountedOrder>(WAS, [businessId, ids])
  const is = await tx.query<CountedOrder>(IS, [businessId, currency, await programsOf(tx, businessId), ids])
  const before = new Map(was.map((one) => [one.id, JSON.stringify(one)]))
  const changed = is.filter((one) => before.get(one.id) !== JSON.stringify(one))
  const now = new Map(is.map((one) => [one.id, JSON.stringify(one)]))
  const old = was.filter((one) => now.get(one.id) !== JSON.stringify(one))
  const [daily, units] = [new Changes(DAILY_ORDERS), new Changes(DAILY_BRANCH_UNITS)]
  for (const one of old) add(daily, units, one, -1)
  for (const one of changed) add(daily, units, one, 1)
  await tx.query(DROP, [businessId, old.map(({ id }) => id)])
  if (changed.length > 0) await tx.query(INSERT, [businessId, json(changed)])
  await daily.write(tx, businessId)
  await units.write(tx, businessId)
  return { was: old, is: changed }
}

function add(daily: Changes, units: Changes, one: CountedOrder, sign: 1 | -1): void {
  const { day, branch_id, customer_id, orders, amount, returns, returned, earned } = one
  const ofCustomer = customer_id === null ? 0 : 1
  const sums = {
    orders,
    amount,
    returns,
    returned,
    customer_orders: ofCustomer * orders,
    customer_amount: ofCustomer * amount,
    customer_returned: ofCustomer * returned,
  }
  daily.add([day, branch_id], sums, sign)
  for (const [programId, granted] of Object.entries(earned ?? {})) {
    units.add([day, branch_id, programId], { earned: granted }, sign)
  }
}

const WAS: Statement = {
  name: 'report_orders_counted',
  text: `select ${ORDER_COLUMNS} from counted_orders where business_id = $1 and id = any ($2::uuid[])`,
}

const IS: Statement = { name: 'report_orders_now', text: orderContributions('and o.id = any ($4::uuid[])') }

const DROP: Statement = {
  name: 'report_drop_orders',
  text: 'delete from counted_orders where business_id = $1 and id = any ($2::uuid[])',
}

const INSERT: Statement = {
  name: 'report_insert_orders',
  text: `
insert into counted_orders (business_id, ${ORDER_COLUMNS})
select $1::uuid, ${ORDER_COLUMNS} from jsonb_populate_recordset(null::counted_orders, $2::jsonb)`,
}
