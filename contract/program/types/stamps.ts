// Stamp programs: a number of stamps completes a card, which gives a reward.
import { Type } from 'typebox'
import { discountFields } from '../../reward.ts'
import { NameSchema } from '../fields.ts'
import { CLOSED, label } from '../label.ts'
import { earningFields } from './earning-fields.ts'

export const StampsSchema = Type.Object(
  {
    type: Type.Literal('stamps'),
    ...earningFields,
    goal: Type.Integer({
      minimum: 1,
      maximum: 1000,
      ...label(
        'Stamps per card',
        'عدد الأختام المطلوبة',
        'Number of stamps that complete a card.',
        'عدد الأختام التي تكتمل بها البطاقة.',
      ),
    }),
    reward: Type.Object(
      {
        name: NameSchema,
        valid_days: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 3660,
            ...label(
              'Reward validity (days)',
              'صلاحية المكافأة (بالأيام)',
              'How many days the customer has to use the reward after completing a card.',
              'عدد الأيام المتاحة للعميل لاستخدام المكافأة بعد اكتمال البطاقة.',
            ),
          }),
        ),
        discount: Type.Optional(
          Type.Object(discountFields, {
            ...CLOSED,
            ...label(
              'Discount',
              'الخصم',
              'The discount that the reward gives. Without it, customers cannot claim the reward with a code.',
              'الخصم الذي تمنحه المكافأة. بدونه لا يمكن للعميل حجز المكافأة برمز.',
            ),
          }),
        ),
      },
      {
        ...CLOSED,
        ...label(
          'Reward',
          'المكافأة',
          'What the customer gets for a completed card.',
          'ما يحصل عليه العميل عند اكتمال البطاقة.',
        ),
      },
    ),
  },
  {
    ...CLOSED,
    ...label(
      'Stamps',
      'الأختام',
      'Customers collect stamps. A completed card gives a reward.',
      'يجمع العملاء أختامًا، والبطاقة المكتملة تمنح مكافأة.',
    ),
  },
)
