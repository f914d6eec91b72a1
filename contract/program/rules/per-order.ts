// Earns units once per order.
import { Type } from 'typebox'
import { CLOSED, label } from '../label.ts'
import type { EarnArgs } from './earn.ts'
import { unitsGiven } from './units.ts'

export const perOrder = {
  args: Type.Object(
    { kind: Type.Literal('per_order'), units: unitsGiven },
    {
      ...CLOSED,
      ...label('Per order', 'حسب الطلب', 'A number of units once per order.', 'عدد ثابت مرة واحدة لكل طلب.'),
    },
  ),
} satisfies EarnArgs
