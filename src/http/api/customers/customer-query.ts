// The filters of the list of customers: their parameters, and how they are read.
import { type Static, Type } from 'typebox'
import { choice, idOf } from '../../../../contract/api/common.ts'
import { SegmentChoice } from '../../../../contract/api/customer-figures.ts'
import { type CustomerFilter, type CustomerOrder, SORTS } from '../../../figures/list.ts'
import { parseId } from '../../../kernel/ids.ts'
import type { BusinessPrograms } from '../../../programs/store.ts'
import { refusal } from '../../plugins/validation.ts'
import { readPeriod } from '../read-period.ts'

const day = (description: string) =>
  Type.Optional(
    Type.String({
      maxLength: 40,
      description: `${description} A date of the business (\`2026-11-01\`, included) or an instant.`,
      examples: ['2026-11-01'],
    }),
  )
const units = (description: string) =>
  Type.Optional(Type.Integer({ minimum: -1e12, maximum: 1e12, description, examples: [10] }))

export const customerFilters = {
  segment: Type.Optional(SegmentChoice),
  branch_id: Type.Optional(idOf('brn', 'Only customers who have visited this branch.')),
  program_id: Type.Optional(idOf('prg', 'Only customers who have had units in this program.')),
  min_balance: units('Minimum available balance in `program_id`.'),
  max_balance: units('Maximum available balance in `program_id`.'),
  min_visits: units('Minimum number of visits.'),
  max_visits: units('Maximum number of visits. 0 finds customers without a visit.'),
  min_spend: units('Minimum spend, in minor units.'),
  max_spend: units('Maximum spend, in minor units.'),
  joined_from: day('Joined from then on.'),
  joined_to: day('Joined until then.'),
  first_visit_from: day('First visit from then on.'),
  first_visit_to: day('First visit until then.'),
  last_visit_from: day('Last visit from then on.'),
  last_visit_to: day('Last visit until then.'),
  blacklisted: Type.Optional(Type.Boolean({ description: 'Only customers who are, or are not, blacklisted.' })),
}

export const customerOrder = {
  sort: Type.Optional(
    choice([...SORTS], {
      default: 'joined',
      description:
        'Value to sort by. `balance` needs `program_id`. A search (`q`) is always sorted by `joined`. Customers without a visit are last by `last_visit`.',
    }),
  ),
  order: Type.Optional(choice(['desc', 'asc'], { default: 'desc', description: 'Largest or newest first, or last.' })),
}

const Given = Type.Object({ ...customerFilters, ...customerOrder })

/** Null when an ID in it is none: such a filter finds nothing, like the ID of another business. */
export function readCustomerFilter(
  given: Static<typeof Given>,
  { business: { timezone }, programs }: BusinessPrograms,
): CustomerFilter | null {
  const branchId = given.branch_id === undefined ? undefined : parseId('branch', given.branch_id)
  const programId = given.program_id === undefined ? undefined : parseId('program', given.program_id)
  if (branchId === null || programId === null) return null
  if (programId !== undefined && !programs.has(programId)) return null
  const balance = rangeOf(given.min_balance, given.max_balance)
  if (balance && programId === undefined)
    throw needsProgram(given.min_balance === undefined ? 'max_balance' : 'min_balance')
  const [visits, spend] = [rangeOf(given.min_visits, given.max_visits), rangeOf(given.min_spend, given.max_spend)]
  const period = (name: 'joined' | 'first_visit' | 'last_visit') =>
    readPeriod(name, given[`${name}_from`], given[`${name}_to`], timezone)
  const [joined, firstVisit, lastVisit] = [period('joined'), period('first_visit'), period('last_visit')]
  return {
    ...(given.segment !== undefined && { segment: given.segment }),
    ...(given.blacklisted !== undefined && { excluded: given.blacklisted }),
    ...(branchId !== undefined && { branchId }),
    ...(programId !== undefined && { programId }),
    ...(balance && { balance }),
    ...(visits && { visits }),
    ...(spend && { spend }),
    ...(joined && { joined }),
    ...(firstVisit && { firstVisit }),
    ...(lastVisit && { lastVisit }),
  }
}

export function readCustomerOrder({
  sort = 'joined',
  order = 'desc',
  program_id,
}: Static<typeof Given>): CustomerOrder {
  if (sort === 'balance' && program_id === undefined) throw needsProgram('sort')
  return { sort, direction: order }
}

function rangeOf(min: number | undefined, max: number | undefined) {
  if (min === undefined && max === undefined) return undefined
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) }
}

function needsProgram(field: string) {
  const message = 'needs program_id: each program has a balance of its own'
  const message_ar = 'يتطلب program_id، لأن لكل برنامج رصيدًا مستقلًا'
  return refusal([{ in: 'query', pointer: `/${field}`, message, message_ar }])
}
