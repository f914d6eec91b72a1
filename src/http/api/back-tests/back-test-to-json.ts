// The JSON of a back-test, alone and with its result.
import { actorToJson } from '../../../../contract/actor.ts'
import type { BackTestInFull, BackTest as BackTestJson } from '../../../../contract/api/back-tests.ts'
import { unitOf } from '../../../../contract/unit.ts'
import type { BackTest, BackTestResult, Changed, UnitWorth } from '../../../backtests/back-test.ts'
import { branchNames } from '../../../businesses/branches.ts'
import { findCustomers } from '../../../customers/store.ts'
import type { Queryable } from '../../../db/database.ts'
import { must } from '../../../kernel/assert.ts'
import { formatId, type Uuid } from '../../../kernel/ids.ts'
import type { BusinessPrograms } from '../../../programs/store.ts'
import { formatInstant, formatOptionalId } from '../format.ts'

export function backTestToJson(test: BackTest, programs: BusinessPrograms): BackTestJson {
  const { type } = must(programs.programs.get(test.programId), 'the program of a back-test')
  return {
    id: formatId('backTest', test.id),
    program_id: formatId('program', test.programId),
    version: test.version,
    unit: unitOf(type, programs.business.currency),
    from: test.from,
    to: test.to,
    status: test.status,
    orders: test.orders,
    assessed: test.assessed,
    problem: test.problem,
    created_at: formatInstant(test.createdAt),
    created_by: actorToJson(test.createdBy),
    started_at: formatInstant(test.startedAt),
    finished_at: formatInstant(test.finishedAt),
  }
}

/** `names`: whether the caller may read the names of customers. */
export async function backTestInFullToJson(
  q: Queryable,
  test: BackTest,
  programs: BusinessPrograms,
  { names }: { names: boolean },
): Promise<BackTestInFull> {
  return {
    ...backTestToJson(test, programs),
    definition: { ...test.definition },
    result: test.result && (await resultToJson(q, test.businessId, test.result, names)),
  }
}

async function resultToJson(
  q: Queryable,
  businessId: Uuid,
  { total, worth, days, weekdays, branches, more, less, same }: BackTestResult,
  withNames: boolean,
): Promise<BackTestInFull['result']> {
  const customerIds = [...more.greatest, ...less.greatest].map(({ customerId }) => customerId)
  const [customers, places] = await Promise.all([
    withNames ? findCustomers(q, businessId, customerIds) : [],
    branchNames(
      q,
      businessId,
      branches.flatMap(({ branchId }) => branchId ?? []),
    ),
  ])
  const nameOf = new Map(customers.map(({ id, name }) => [id, name]))
  const changed = ({ greatest, ...rest }: Changed) => ({
    ...rest,
    greatest: greatest.map(({ customerId, ...given }) => ({
      customer_id: formatId('customer', customerId),
      customer_name: nameOf.get(customerId) ?? null,
      ...given,
    })),
  })
  const { withCustomer, earning, ...sums } = total
  return {
    ...sums,
    orders_with_customer: withCustomer,
    earning_orders: earning,
    worth: worth && {
      actual: worthOf(total.actual, worth),
      tested: worthOf(total.tested, worth),
      ...worth,
    },
    days,
    weekdays: weekdays.map(({ weekday, ...part }) => ({ weekday: must(WEEKDAYS[weekday - 1], 'a weekday'), ...part })),
    branches: branches.map(({ branchId, ...part }) => ({
      branch_id: formatOptionalId('branch', branchId),
      branch_name: (branchId && places.get(branchId)?.name) || null,
      branch_name_ar: (branchId && places.get(branchId)?.nameAr) || null,
      ...part,
    })),
    more: changed(more),
    less: changed(less),
    same,
  }
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** Rounded down to minor units. */
function worthOf(units: number, worth: UnitWorth): number {
  return Number((BigInt(units) * BigInt(worth.amount)) / BigInt(worth.units))
}
