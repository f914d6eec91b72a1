// Earns a percentage of the amount, as cashback.
import { Type } from 'typebox'
import { fieldError } from '../../field-error.ts'
import { CLOSED, label } from '../label.ts'
import type { EarnArgs } from './earn.ts'

export const percent = {
  args: Type.Object(
    {
      kind: Type.Literal('percent'),
      basis_points: Type.Integer({
        minimum: 1,
        maximum: 10_000,
        ...label(
          'Percent',
          'النسبة',
          'Share of the amount in hundredths of a percent: 500 is 5%.',
          'النسبة من المبلغ بأجزاء المئة من الواحد في المئة: 500 تعني 5%.',
          'basis_points',
        ),
      }),
    },
    {
      ...CLOSED,
      ...label('Percentage', 'نسبة مئوية', 'A share of the amount as cashback.', 'نسبة من المبلغ كاش باك.'),
    },
  ),
  check: (at, type) =>
    type === 'cashback'
      ? []
      : [
          fieldError(
            `${at}/kind`,
            'Only cashback programs can earn a percentage: use per_amount, per_item or per_order',
            'النسبة المئوية متاحة لبرامج الكاش باك فقط: استخدم per_amount أو per_item أو per_order',
          ),
        ],
} satisfies EarnArgs
