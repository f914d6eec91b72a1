// The condition on the branch.
import { BranchesSchema } from '../fields.ts'
import type { ConditionArgs } from './condition.ts'

export const branches = { args: BranchesSchema } satisfies ConditionArgs
