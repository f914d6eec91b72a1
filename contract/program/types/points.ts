// Points programs.
import { Type } from 'typebox'
import { CLOSED, label } from '../label.ts'
import { earningFields } from './earning-fields.ts'

export const PointsSchema = Type.Object(
  { type: Type.Literal('points'), ...earningFields },
  {
    ...CLOSED,
    ...label(
      'Points',
      'النقاط',
      'Customers earn points and redeem them for rewards.',
      'يكسب العملاء نقاطًا ويستبدلونها بمكافآت.',
    ),
  },
)
