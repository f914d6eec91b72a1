// The condition that the order is the customer's first.
import { Type } from 'typebox'
import { label } from '../label.ts'
import type { ConditionArgs } from './condition.ts'

export const firstOrder = {
  args: Type.Literal(
    true,
    label('First order', 'أول طلب', "Only the customer's first paid order.", 'أول طلب مدفوع للعميل فقط.'),
  ),
} satisfies ConditionArgs
