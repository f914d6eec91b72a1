// Earns a multiple of what the other rules give.
import { Type } from 'typebox'
import { CLOSED, label } from '../label.ts'
import type { EarnArgs } from './earn.ts'

const factor = (title: string, titleAr: string) =>
  Type.Integer({
    minimum: 1,
    maximum: 1000,
    ...label(
      title,
      titleAr,
      'Part of the multiplier. For example, 3 and 2 give 1.5 times.',
      'جزء من المضاعف. مثال: 3 و2 يعطيان 1.5 ضعف.',
    ),
  })

export const multiplier = {
  args: Type.Object(
    {
      kind: Type.Literal('multiplier'),
      numerator: factor('Multiply by', 'اضرب في'),
      denominator: factor('Divide by', 'اقسم على'),
    },
    {
      ...CLOSED,
      ...label('Multiplier', 'مضاعف', 'Multiplies the total of the other rules.', 'يضاعف مجموع القواعد الأخرى.'),
    },
  ),
} satisfies EarnArgs
