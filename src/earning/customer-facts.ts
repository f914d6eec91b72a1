// Facts of an assessment from other orders of a customer or program: the room that caps and budgets
// leave.
import type { Queryable, Statement } from '../db/database.ts'
import type { IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import { capPeriods } from '../programs/caps.ts'
import type { PinnedVersion } from '../programs/terms.ts'

export function budgetOf(version: PinnedVersion): number | null {
  return 'caps' in version.definition ? (version.definition.caps?.budget ?? null) : null
}

/** One cap over several orders of one customer, for which the units used are loaded. */
export interface CapQuestion {
  businessId: Uuid
  customerId: Uuid
  programId: Uuid
  /** The sale that asks: its own units do not count against it. */
  saleId: Uuid
  scope: 'day' | 'week' | 'month'
  from: IsoDate
  to: IsoDate
  limit: number
}

export function capQuestions(
  version: PinnedVersion,
  sale: { businessId: Uuid; customerId: Uuid; saleId: Uuid; businessDate: IsoDate },
): CapQuestion[] {
  const { businessId, customerId, saleId, businessDate } = sale
  return capPeriods(version.definition, businessDate).map((period) => ({
    businessId,
    customerId,
    programId: version.programId,
    saleId,
    ...period,
  }))
}

/**
 * The room left for each question, in their order; below 0 where more was granted than the cap
 * allows today.
 */
export async function capRoom(tx: Queryable, questions: readonly CapQuestion[]): Promise<number[]> {
  if (questions.length === 0) return []
  const rows = await tx.query<{ used: number }>(CAP_ROOM, [
    questions.map((q) => q.businessId),
    questions.map((q) => q.customerId),
    questions.map((q) => q.programId),
    questions.map((q) => q.saleId),
    questions.map((q) => q.from),
    questions.map((q) => q.to),
  ])
  return questions.map((question, index) => question.limit - (rows[index]?.used ?? 0))
}

const CAP_ROOM: Statement = {
  name: 'cap_room',
  text: `
select coalesce((
  select sum(l.granted) from lots l
  where l.business_id = k.business_id and l.customer_id = k.customer_id and l.program_id = k.program_id
    and l.id <> k.sale_id and l.business_date between k.from_date and k.to_date
    -- Manual adjustments are lots, too, and caps do not count them.
    and exists (select from orders o where o.business_id = l.business_id and o.id = l.id)), 0)::bigint as used
from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::date[], $6::date[]) with ordinality
  as k (business_id, customer_id, program_id, sale_id, from_date, to_date, n)
order by k.n`,
}

/** The units of each program's budget that are used, by program id. */
export async function budgetsUsed(
  tx: Queryable,
  programs: readonly { businessId: Uuid; programId: Uuid }[],
): Promise<Map<Uuid, number>> {
  if (programs.length === 0) return new Map()
  const rows = await tx.query<{ programId: Uuid; used: number }>(BUDGETS, [
    programs.map((one) => one.businessId),
    programs.map((one) => one.programId),
  ])
  return new Map(rows.map((row) => [row.programId, row.used]))
}

const BUDGETS: Statement = {
  name: 'budgets_used',
  text: `
select b.program_id as "programId", b.used
from unnest($1::uuid[], $2::uuid[]) as k (business_id, program_id)
join program_budgets b on b.business_id = k.business_id and b.program_id = k.program_id`,
}

/** Units that a sale takes from the budget of a program, or returns to it. */
export interface BudgetChange {
  businessId: Uuid
  programId: Uuid
  units: number
}

export async function addToBudgets(tx: Queryable, changes: readonly BudgetChange[]): Promise<void> {
  if (changes.length === 0) return
  await tx.query(ADD_TO_BUDGETS, [
    changes.map((one) => one.businessId),
    changes.map((one) => one.programId),
    changes.map((one) => one.units),
  ])
}

const ADD_TO_BUDGETS: Statement = {
  name: 'add_to_budgets',
  text: `
insert into program_budgets as b (business_id, program_id, used)
select business_id, program_id, sum(units)
from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as k (business_id, program_id, units)
group by business_id, program_id
on conflict (business_id, program_id) do update set used = b.used + excluded.used`,
}
