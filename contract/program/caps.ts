// The caps of a program: the maximum that an order, a customer or all customers together earn.
import { Type } from 'typebox'
import { CLOSED, label } from './label.ts'

export const unitLimit = (title: string, titleAr: string, description: string, descriptionAr: string) =>
  Type.Integer({ minimum: 1, maximum: 1_000_000_000_000, ...label(title, titleAr, description, descriptionAr) })

export const CapsSchema = Type.Object(
  {
    per_order: Type.Optional(unitLimit('Per order', 'لكل طلب', 'Maximum for one order.', 'الحد الأقصى للطلب الواحد.')),
    per_customer: Type.Optional(
      Type.Object(
        {
          day: Type.Optional(
            unitLimit('Per day', 'في اليوم', 'Maximum per business day.', 'الحد الأقصى ليوم العمل الواحد.'),
          ),
          week: Type.Optional(
            unitLimit(
              'Per week',
              'في الأسبوع',
              'Maximum per week, Sunday to Saturday.',
              'الحد الأقصى للأسبوع، من الأحد إلى السبت.',
            ),
          ),
          month: Type.Optional(
            unitLimit('Per month', 'في الشهر', 'Maximum per calendar month.', 'الحد الأقصى للشهر الميلادي.'),
          ),
        },
        {
          ...CLOSED,
          minProperties: 1,
          ...label(
            'Per customer',
            'لكل عميل',
            'Maximum for one customer in a day, week or month.',
            'الحد الأقصى للعميل الواحد في اليوم أو الأسبوع أو الشهر.',
          ),
        },
      ),
    ),
    budget: Type.Optional(
      unitLimit('Budget', 'ميزانية البرنامج', 'Maximum for all customers together.', 'الحد الأقصى لجميع العملاء معًا.'),
    ),
  },
  {
    ...CLOSED,
    minProperties: 1,
    ...label(
      'Limits',
      'الحدود القصوى',
      'A limit reduces what is earned. It never rejects an order.',
      'الحد يقلل ما يكسبه العميل، ولا يرفض الطلب أبدًا.',
    ),
  },
)
