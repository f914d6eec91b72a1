// The condition on the products in the order.

import { ProductsSchema } from '../fields.ts'
import { checkFilter } from '../filter.ts'
import { conditionArgs } from './condition.ts'

export const products = conditionArgs({ args: ProductsSchema, check: checkFilter })
