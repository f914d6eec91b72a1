// The figures of Home: today against the same weekday, customers, and what each program gave.
import type { Queryable, Statement } from '../db/database.ts'
import { instant } from '../db/values.ts'
import type { EpochMs, IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

export interface CustomerFigures {
  /** All who ever joined. */
  total: number
  /** First visit in the last 30 days. */
  fresh: number
  /** Last visit in the last 30 days. */
  active: number
  /** Last visit 60 to 120 days ago, as the segment `at_risk`. */
  atRisk: number
}

/** Counted by days, today included. */
export async function readCustomerFigures(q: Queryable, businessId: Uuid, today: IsoDate): Promise<CustomerFigures> {
  const [figures] = await q.query<CustomerFigures>(CUSTOMERS, [businessId, today])
  return figures ?? { total: 0, fresh: 0, active: 0, atRisk: 0 }
}

const CUSTOMERS: Statement = {
  name: 'home_customers',
  text: `
select (select coalesce(sum(joined), 0)::bigint from daily_customers where business_id = $1 and day <= $2::date) as total,
  (select coalesce(sum(joined), 0)::bigint from daily_customers
   where business_id = $1 and day > $2::date - 30 and day <= $2::date) as fresh,
  (select count(*) from customer_visits where business_id = $1 and last_on > $2::date - 30) as active,
  (select count(*) from customer_visits
   where business_id = $1 and last_on > $2::date - 120 and last_on <= $2::date - 60) as "atRisk"`,
}

export interface UnitsOfDay {
  programId: Uuid
  earned: number
  redeemed: number
  expired: number
}

/** What a day gave and took, of the programs in which anything moved. */
export function readUnitsOfDay(q: Queryable, businessId: Uuid, day: IsoDate): Promise<UnitsOfDay[]> {
  return q.query<UnitsOfDay>(UNITS, [businessId, day])
}

const UNITS: Statement = {
  name: 'home_units',
  text: `
select program_id as "programId", earned - taken_back as earned, redeemed - restored as redeemed, expired - unexpired as expired
from daily_units where business_id = $1 and day = $2::date order by 1`,
}

export interface PartOfDay {
  visits: number
  customerVisits: number
  amount: number
  customerAmount: number
}

/**
 * The visits of a business date up to an instant: those of the same weekday a week ago, by this
 * time. It reads the orders of one day. An order that happened more than a day away from its
 * business date is left out.
 */
export async function readVisitsUntil(
  q: Queryable,
  businessId: Uuid,
  { day, until, currency, branchId }: { day: IsoDate; until: EpochMs; currency: string; branchId: Uuid | null },
): Promise<PartOfDay> {
  const [partial] = await q.query<PartOfDay>(UNTIL, [businessId, day, instant(until), currency, branchId])
  return partial ?? { visits: 0, customerVisits: 0, amount: 0, customerAmount: 0 }
}

const UNTIL: Statement = {
  name: 'home_visits_until',
  text: `
select count(*) as visits, count(customer_id) as "customerVisits", coalesce(sum(total), 0)::bigint as amount,
  coalesce(sum(total) filter (where customer_id is not null), 0)::bigint as "customerAmount"
from orders
where business_id = $1 and occurred_at >= $3::timestamptz - interval '2 days' and occurred_at <= $3::timestamptz
  and business_date = $2::date and kind = 'sale' and status = 'paid' and currency = $4 and ($5::uuid is null or branch_id = $5)`,
}
