// Earns units for each item.
import { Type } from 'typebox'
import { CLOSED, label } from '../label.ts'
import type { EarnArgs } from './earn.ts'
import { unitsGiven } from './units.ts'

export const perItem = {
  args: Type.Object(
    { kind: Type.Literal('per_item'), units: unitsGiven },
    {
      ...CLOSED,
      ...label(
        'Per item',
        'حسب القطعة',
        'A number of units for each item. Items sold by weight earn in proportion.',
        'عدد ثابت لكل قطعة. المنتجات المباعة بالوزن تكسب بالتناسب.',
      ),
    },
  ),
} satisfies EarnArgs
