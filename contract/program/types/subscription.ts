// Subscription programs: a plan instead of rules.
import { Type } from 'typebox'
import { CLOSED, label } from '../label.ts'
import { ceilingField, debtField } from '../options.ts'
import { PlanSchema } from '../plan.ts'

export const SubscriptionSchema = Type.Object(
  { type: Type.Literal('subscription'), plan: PlanSchema, order_ceiling: ceilingField, debt: debtField },
  {
    ...CLOSED,
    ...label(
      'Subscription',
      'الاشتراك',
      'Customers buy a plan with a number of uses in each period.',
      'يشتري العملاء باقة فيها عدد من الاستخدامات في كل فترة.',
    ),
  },
)
