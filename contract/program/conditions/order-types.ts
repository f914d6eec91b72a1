// The condition on the type of the order.
import { listOf } from '../fields.ts'
import { choice, label } from '../label.ts'
import type { ConditionArgs } from './condition.ts'

const OrderTypeSchema = choice(
  {
    dine_in: ['Dine-in', 'محلي'],
    pick_up: ['Pickup', 'استلام'],
    delivery: ['Delivery', 'توصيل'],
    drive_thru: ['Drive-through', 'طلبات السيارات'],
    other: ['Other', 'أخرى'],
  },
  label('Order type', 'نوع الطلب', 'How the customer receives the order.', 'طريقة استلام العميل للطلب.'),
)

export const orderTypes = {
  args: listOf(OrderTypeSchema, label('Order types', 'أنواع الطلب', 'Only these order types.', 'أنواع الطلب هذه فقط.')),
} satisfies ConditionArgs
