// The options of an earning program: how rules combine, rounding, caps, pending time, expiry and
// debt.
import { type Static, Type } from 'typebox'
import { CapsSchema, unitLimit } from './caps.ts'
import { DEFAULTS } from './defaults.ts'
import { type Expiry, ExpirySchema } from './expiry.ts'
import { CLOSED, choice, label } from './label.ts'

const CombineSchema = choice(
  {
    sum: ['All rules together', 'مجموع القواعد'],
    best: ['The best rule', 'أفضل قاعدة'],
    first: ['The first rule that applies', 'أول قاعدة منطبقة'],
  },
  label(
    'Combine',
    'الجمع بين القواعد',
    'What is earned when several rules apply. Multipliers apply to the result.',
    'ما يُكسب عند انطباق أكثر من قاعدة. تُطبَّق المضاعفات على الناتج.',
  ),
)

export const debtField = Type.Optional(
  choice(
    {
      allow: ['Allow a negative balance', 'السماح برصيد سالب'],
      clamp: ['Write off the difference', 'شطب الفرق'],
    },
    {
      default: DEFAULTS.debt,
      ...label(
        'Negative balance',
        'الرصيد السالب',
        'What happens when a return deducts more than the customer has left.',
        'ما يحدث عندما يخصم الإرجاع أكثر من المتبقي في رصيد العميل.',
      ),
    },
  ),
)

/**
 * The schema has no default: it depends on the rules and the currency (src/programs/ceiling.ts) and
 * is stored with a version.
 */
export const ceilingField = Type.Optional(
  unitLimit(
    'Ceiling per order',
    'سقف الطلب الواحد',
    'Units that one order gives at once. Units above it wait until staff release or reject them. By default, what an order of about 10,000 SAR with 100 items earns, or 10 plans.',
    'ما يمنحه الطلب الواحد مباشرةً. ما زاد عليه ينتظر قبول الموظف أو رفضه. القيمة الافتراضية: ما يمنحه طلب بنحو 10,000 ريال فيه 100 منتج، أو 10 باقات.',
  ),
)

/** The common options of points, stamps and cashback. */
export const optionFields = {
  combine: Type.Optional(Type.Unsafe<Combine>({ ...CombineSchema, default: DEFAULTS.combine })),
  base: Type.Optional(
    Type.Object(
      {
        tax: choice(
          { included: ['Tax included', 'شامل الضريبة'], excluded: ['Tax excluded', 'بدون الضريبة'] },
          label('Tax', 'الضريبة', 'Whether amounts include tax.', 'هل تشمل المبالغ الضريبة.'),
        ),
      },
      {
        ...CLOSED,
        default: DEFAULTS.base,
        ...label(
          'Amount basis',
          'أساس الاحتساب',
          'Which amount counts. It is always after all discounts.',
          'المبلغ الذي يُحتسب، ويكون دائمًا بعد جميع الخصومات.',
        ),
      },
    ),
  ),
  rounding: Type.Optional(
    choice(
      {
        floor: ['Drop the fraction', 'حذف الكسر'],
        carry: ['Carry it over to the next order', 'ترحيل الكسر إلى الطلب التالي'],
      },
      {
        default: DEFAULTS.rounding,
        ...label(
          'Rounding',
          'التقريب',
          'What happens to a fraction of a point, once per order.',
          'ما يحدث لكسر النقطة، مرة واحدة لكل طلب.',
        ),
      },
    ),
  ),
  caps: Type.Optional(CapsSchema),
  order_ceiling: ceilingField,
  pending_days: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 365,
      default: DEFAULTS.pending_days,
      ...label(
        'Pending days',
        'مدة التعليق (بالأيام)',
        'The balance becomes available this many days after the business day of the sale.',
        'يصبح الرصيد متاحًا بعد هذا العدد من الأيام من يوم عمل البيع.',
      ),
    }),
  ),
  expiry: Type.Optional(Type.Unsafe<Expiry>({ ...ExpirySchema, default: DEFAULTS.expiry })),
  debt: debtField,
}

export type Combine = Static<typeof CombineSchema>
