// Cashback programs, and how their balance pays for orders.
import { Type } from 'typebox'
import { CLOSED, choice, label } from '../label.ts'
import { earningFields } from './earning-fields.ts'

export const CashbackSchema = Type.Object(
  {
    type: Type.Literal('cashback'),
    ...earningFields,
    minimum_to_redeem: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000_000_000,
        ...label(
          'Minimum to redeem',
          'الحد الأدنى للاستبدال',
          'Minimum balance that can be redeemed.',
          'أقل رصيد يمكن استبداله.',
          'money',
        ),
      }),
    ),
    maximum_share_basis_points: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 10_000,
        ...label(
          'Maximum share of an order',
          'أعلى نسبة تُدفع من الطلب',
          'Maximum part of an order that cashback can pay.',
          'أعلى نسبة من الطلب يمكن دفعها من رصيد الكاش باك.',
          'basis_points',
        ),
      }),
    ),
    on_return: Type.Optional(
      choice(
        {
          full_return: ['In full, when the whole order is returned', 'يُعاد المبلغ كاملًا عند إرجاع الطلب كله'],
          pro_rata: ['In proportion to what is returned', 'يُعاد بنسبة ما أُرجع من الطلب'],
          never: ['Not at all', 'لا يُعاد'],
        },
        {
          default: 'full_return',
          ...label(
            'On return',
            'عند الإرجاع',
            'How much of the cashback used for an order is restored when goods are returned. A void always restores all of it.',
            'كم يُعاد من الكاش باك المستخدم عند إرجاع المنتجات. عند إلغاء الطلب يُعاد كاملًا دائمًا.',
          ),
        },
      ),
    ),
  },
  {
    ...CLOSED,
    ...label(
      'Cashback',
      'كاش باك',
      'Customers get back a share of what they pay, to use on later orders.',
      'يكسب العملاء نسبة مما يدفعونه لاستخدامها في طلبات لاحقة.',
    ),
  },
)
