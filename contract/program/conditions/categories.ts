// The condition on the categories in the order.

import { CategoriesSchema } from '../fields.ts'
import { checkFilter } from '../filter.ts'
import { conditionArgs } from './condition.ts'

export const categories = conditionArgs({ args: CategoriesSchema, check: checkFilter })
