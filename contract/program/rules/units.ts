// The number of units that a rule gives, a field of several kinds of rule.
import { Type } from 'typebox'
import { label } from '../label.ts'

export const unitsGiven = Type.Integer({
  minimum: 1,
  maximum: 1_000_000,
  ...label(
    'Units',
    'العدد',
    'Number of points or stamps. For cashback, minor units of the currency.',
    'عدد النقاط أو الأختام. للكاش باك: بأصغر وحدة من العملة (هللة).',
  ),
})
