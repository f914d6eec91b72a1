// What customers hold, program by program and month by month, and what changed it.
import type { Queryable, Statement } from '../db/database.ts'
import type { IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { moneyOf, type UnitValue } from './unit-values.ts'

/** opening + issued − redeemed − expired + adjusted + writtenOff = closing, in units and in money. */
export interface Liability {
  opening: number
  /** Earned and granted, less what was taken back. */
  issued: number
  redeemed: number
  expired: number
  adjusted: number
  writtenOff: number
  closing: number
}

export interface LiabilityMonth {
  programId: Uuid
  /** The first day of the month. */
  month: IsoDate
  units: Liability
  /** Minor units of the currency; null where the value of a unit is not known. */
  money: Liability | null
}

type Flow = Omit<Liability, 'opening' | 'closing'> & { month: IsoDate; programId: Uuid }

/** By month and program: every month from `from` to `to` (first days), from the first movement of the program on. */
export async function readLiability(
  q: Queryable,
  businessId: Uuid,
  { from, to }: { from: IsoDate; to: IsoDate },
  values: ReadonlyMap<Uuid, UnitValue>,
): Promise<LiabilityMonth[]> {
  const flows = await q.query<Flow>(FLOWS, [businessId, to])
  const months = monthsBetween(from, to)
  const rows = [...Map.groupBy(flows, ({ programId }) => programId)].flatMap(([programId, own]) => {
    const [first = to] = own.map(({ month }) => month).sort()
    let opening = own.reduce((sum, flow) => sum + (flow.month < from ? netOf(flow) : 0), 0)
    return months.flatMap((month): LiabilityMonth[] => {
      if (month < first) return []
      const { issued, redeemed, expired, adjusted, writtenOff } = own.find((one) => one.month === month) ?? NOTHING
      const flow = { issued, redeemed, expired, adjusted, writtenOff }
      const units = { opening, ...flow, closing: opening + netOf(flow) }
      opening = units.closing
      return [{ programId, month, units, money: inMoney(units, values.get(programId)) }]
    })
  })
  return rows.sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0))
}

const NOTHING = { issued: 0, redeemed: 0, expired: 0, adjusted: 0, writtenOff: 0 }

function netOf({ issued, redeemed, expired, adjusted, writtenOff }: Omit<Liability, 'opening' | 'closing'>): number {
  return issued - redeemed - expired + adjusted + writtenOff
}

/**
 * Each step is the difference of two rounded balances, so the money balances too, and the opening of
 * a month is the closing of the one before.
 */
export function inMoney(units: Liability, value: UnitValue | undefined): Liability | null {
  if (!value) return null
  const money = (balance: number) => moneyOf(balance, value) ?? 0
  let balance = units.opening
  const step = (change: number) => {
    const before = money(balance)
    balance += change
    return money(balance) - before
  }
  return {
    opening: money(units.opening),
    issued: step(units.issued),
    redeemed: 0 - step(-units.redeemed),
    expired: 0 - step(-units.expired),
    adjusted: step(units.adjusted),
    writtenOff: step(units.writtenOff),
    closing: money(units.closing),
  }
}

export function monthsBetween(from: IsoDate, to: IsoDate): IsoDate[] {
  const months: IsoDate[] = []
  for (let month = Temporal.PlainDate.from(from); month.toString() <= to; month = month.add({ months: 1 })) {
    months.push(month.toString())
  }
  return months
}

/** Earlier months count for the opening, so all of them are summed. */
const FLOWS: Statement = {
  name: 'report_liability',
  text: `
select program_id as "programId", date_trunc('month', day)::date as month, sum(earned - taken_back)::bigint as issued,
  sum(redeemed - restored)::bigint as redeemed, sum(expired - unexpired)::bigint as expired,
  sum(added - deducted)::bigint as adjusted, sum(written_off)::bigint as "writtenOff"
from daily_units
where business_id = $1 and day < ($2::date + interval '1 month')
group by 1, 2 order by 1, 2`,
}
