// Counts customers again: their visits by month and in all, the days on which they were active, and
// the cohorts that they belong to.
import type { Statement, Transaction } from '../db/database.ts'
import { json } from '../db/values.ts'
import type { IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { CUSTOMER_COLUMNS, customerContributions } from './contributions.ts'
import type { Touched } from './count-orders.ts'
import type { ReportState } from './state.ts'
import { Changes, COHORT_MONTHS, CUSTOMER_MONTHS, DAILY_CUSTOMERS } from './sums.ts'

/** `named`: by events of their own. */
export async function countCustomers(
  tx: Transaction,
  { businessId, timezone }: ReportState,
  named: ReadonlySet<Uuid>,
  { was, is }: Touched,
): Promise<void> {
  const ids = new Set(named)
  for (const { customer_id } of [...was, ...is]) if (customer_id !== null) ids.add(customer_id)
  if (ids.size === 0) return
  const customers = [...ids]
  const [daily, months, cohorts] = [DAILY_CUSTOMERS, CUSTOMER_MONTHS, COHORT_MONTHS].map((table) => new Changes(table))
  if (!daily || !months || !cohorts) return
  const joinedBefore = await tx.query<Visits>(WAS, [businessId, customers])
  const monthsBefore = await tx.query<Month>(MONTHS, [businessId, customers])
  for (const [rows, sign] of [
    [was, -1],
    [is, 1],
  ] as const) {
    for (const { customer_id, day, orders, amount } of rows) {
      if (customer_id !== null && orders > 0) months.add([customer_id, monthOf(day)], { orders, amount }, sign)
    }
  }
  await months.write(tx, businessId)
  const joinedNow = await tx.query<Visits>(IS, [businessId, timezone, customers])
  const monthsNow = await tx.query<Month>(MONTHS, [businessId, customers])
  addJoined(daily, cohorts, joinedBefore, monthsBefore, -1)
  addJoined(daily, cohorts, joinedNow, monthsNow, 1)
  await addActive(tx, businessId, daily, { was, is })
  await tx.query(DROP, [businessId, customers])
  if (joinedNow.length > 0) await tx.query(INSERT, [businessId, json(joinedNow)])
  await daily.write(tx, businessId)
  await cohorts.write(tx, businessId)
}

interface Visits {
  customer_id: Uuid
  joined_on: IsoDate
}

interface Month {
  customer_id: Uuid
  month: IsoDate
  orders: number
  amount: number
}

function addJoined(
  daily: Changes,
  cohorts: Changes,
  joined: readonly Visits[],
  months: readonly Month[],
  sign: 1 | -1,
): void {
  for (const { joined_on } of joined) daily.add([joined_on], { joined: 1 }, sign)
  const joinedOf = new Map(joined.map((one) => [one.customer_id, monthOf(one.joined_on)]))
  for (const { customer_id, month, orders, amount } of months) {
    const cohort = joinedOf.get(customer_id)
    if (cohort !== undefined) cohorts.add([cohort, month], { customers: 1, orders, amount }, sign)
  }
}

/**
 * A customer is active once a day, however many orders there are: of the days that changed, those
 * count on which the customer had none before, or has none now.
 */
async function addActive(tx: Transaction, businessId: Uuid, daily: Changes, { was, is }: Touched): Promise<void> {
  const change = new Map<string, { customer: Uuid; day: IsoDate; orders: number }>()
  for (const [rows, sign] of [
    [was, -1],
    [is, 1],
  ] as const) {
    for (const { customer_id: customer, day, orders } of rows) {
      if (customer === null || orders === 0) continue
      const key = `${customer} ${day}`
      change.set(key, { customer, day, orders: (change.get(key)?.orders ?? 0) + sign * orders })
    }
  }
  const days = [...change.values()]
  if (days.length === 0) return
  const now = await tx.query<{ orders: number }>(ORDERS_OF_DAYS, [
    businessId,
    days.map(({ customer }) => customer),
    days.map(({ day }) => day),
  ])
  for (const [place, { day, orders }] of days.entries()) {
    const after = now[place]?.orders ?? 0
    daily.add([day], { active: Number(after > 0) - Number(after - orders > 0) })
  }
}

function monthOf(day: IsoDate): IsoDate {
  return `${day.slice(0, -2)}01`
}

const WAS: Statement = {
  name: 'report_customers_counted',
  text: `
select customer_id, joined_on from customer_visits where business_id = $1 and customer_id = any ($2::uuid[])`,
}

const IS: Statement = {
  name: 'report_customers_now',
  text: customerContributions('and known.id = any ($3::uuid[])'),
}

const MONTHS: Statement = {
  name: 'report_customer_months',
  text: `
select customer_id, month, orders, amount from customer_months where business_id = $1 and customer_id = any ($2::uuid[])`,
}

const ORDERS_OF_DAYS: Statement = {
  name: 'report_orders_of_days',
  text: `
select (select coalesce(sum(o.orders), 0)::bigint from counted_orders o
  where o.business_id = $1 and o.customer_id = k.customer_id and o.day = k.day) as orders
from unnest($2::uuid[], $3::date[]) with ordinality as k (customer_id, day, place)
order by k.place`,
}

const DROP: Statement = {
  name: 'report_drop_customers',
  text: 'delete from customer_visits where business_id = $1 and customer_id = any ($2::uuid[])',
}

const INSERT: Statement = {
  name: 'report_insert_customers',
  text: `
insert into customer_visits (business_id, ${CUSTOMER_COLUMNS})
select $1::uuid, ${CUSTOMER_COLUMNS} from jsonb_populate_recordset(null::customer_visits, $2::jsonb)`,
}
