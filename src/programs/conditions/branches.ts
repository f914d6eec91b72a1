// Holds for orders of these branches.
import { formatId } from '../../kernel/ids.ts'
import { condition, holds } from './condition.ts'

export const branches = condition<'branches'>({
  miss: (branches, { basket: { branchId } }) =>
    holds(branchId !== null && branches.includes(formatId('branch', branchId))),
  explain: { en: () => 'not valid at this branch', ar: () => 'غير متاحة في هذا الفرع' },
})
