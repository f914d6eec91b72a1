// The condition on the amount of the goods that the rule applies to.
import { Type } from 'typebox'
import { label } from '../label.ts'
import type { ConditionArgs } from './condition.ts'

export const minimumAmount = {
  args: Type.Integer({
    minimum: 1,
    maximum: 1_000_000_000_000,
    ...label(
      'Minimum amount',
      'الحد الأدنى للمبلغ',
      'Minimum total of the products that the rule applies to.',
      'أقل مجموع للمنتجات التي تنطبق عليها القاعدة.',
      'money',
    ),
  }),
} satisfies ConditionArgs
