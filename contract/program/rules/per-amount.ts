// Earns units for each amount spent.
import { type Static, Type } from 'typebox'
import { CLOSED, choice, label } from '../label.ts'
import type { EarnArgs } from './earn.ts'
import { unitsGiven } from './units.ts'

const StepSchema = choice(
  {
    proportional: ['In proportion', 'بالتناسب مع المبلغ'],
    order: ['Per full amount in the order', 'لكل مبلغ مكتمل في الطلب'],
    line: ['Per full amount in each line', 'لكل مبلغ مكتمل في كل بند'],
  },
  label(
    'Partial amounts',
    'المبالغ غير المكتملة',
    'Whether a part of the amount earns. `proportional`: every part earns its share. `order`: only full amounts in the total. `line`: only full amounts in each line of the order.',
    'هل يكسب الجزء غير المكتمل من المبلغ: بالتناسب، أو عن كل مبلغ مكتمل في مجموع الطلب، أو عن كل مبلغ مكتمل في كل بند.',
  ),
)

type Step = Static<typeof StepSchema>

export const perAmount = {
  args: Type.Object(
    {
      kind: Type.Literal('per_amount'),
      units: unitsGiven,
      per: Type.Integer({
        minimum: 1,
        maximum: 1_000_000_000,
        ...label(
          'Amount',
          'المبلغ',
          'Amount that earns the units, in minor units: 100 is 1.00.',
          'المبلغ الذي يكسب العدد، بأصغر وحدة من العملة: 100 تعني 1.00.',
          'money',
        ),
      }),
      step: Type.Optional(Type.Unsafe<Step>({ ...StepSchema, default: 'proportional' })),
    },
    {
      ...CLOSED,
      ...label('Per amount', 'حسب المبلغ', 'A number of units for each amount spent.', 'عدد ثابت لكل مبلغ يُصرف.'),
    },
  ),
} satisfies EarnArgs
