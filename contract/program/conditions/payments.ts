// The condition on the methods of payment.

import { filterOf } from '../fields.ts'
import { checkFilter } from '../filter.ts'
import { choice, label } from '../label.ts'
import { conditionArgs } from './condition.ts'

const PaymentKindSchema = choice(
  {
    cash: ['Cash', 'نقدي'],
    card: ['Card', 'بطاقة'],
    gift_card: ['Gift card', 'بطاقة هدية'],
    house_account: ['House account', 'حساب آجل'],
    loyalty: ['Loyalty', 'رصيد الولاء'],
    other: ['Other', 'أخرى'],
  },
  label('Payment method', 'طريقة الدفع', 'Type of payment.', 'نوع الدفع.'),
)

export const payments = conditionArgs({
  args: filterOf(
    PaymentKindSchema,
    label(
      'Payments',
      'طرق الدفع',
      'At least one payment uses an included method, and none uses an excluded one.',
      'دفعة واحدة على الأقل بطريقة مشمولة، ولا توجد دفعة بطريقة مستثناة.',
    ),
  ),
  check: checkFilter,
})
