// Schemas that several parts of a program definition share: names, dates, hours, products,
// categories, branches.
import { type Static, type TSchema, Type } from 'typebox'
import { CLOSED, choice, label, refersTo } from './label.ts'

/**
 * A short text that can be shown and stored: not blank, without control characters and unpaired
 * surrogates.
 */
export function textField(maxLength: number, annotations: Record<string, unknown>) {
  const pattern = '^[^\\p{Cc}\\p{Cs}]*[^\\p{Cc}\\p{Cs}\\p{Z}][^\\p{Cc}\\p{Cs}]*$'
  return Type.String({ minLength: 1, maxLength, pattern, 'x-form': 'Aa…', ...annotations })
}

/** A name in both languages. */
export const NameSchema = Type.Object(
  {
    en: textField(80, label('English', 'الإنجليزية', 'Name in English.', 'الاسم بالإنجليزية.')),
    ar: textField(80, label('Arabic', 'العربية', 'Name in Arabic.', 'الاسم بالعربية.')),
  },
  {
    ...CLOSED,
    ...label('Name', 'الاسم', 'The name that customers and staff see.', 'الاسم الذي يظهر للعملاء والموظفين.'),
  },
)

export function dateField(title: string, titleAr: string, description: string, descriptionAr: string) {
  const form = { pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', 'x-form': 'YYYY-MM-DD' }
  return Type.String({ ...form, ...label(title, titleAr, description, descriptionAr, 'date') })
}

/** A list of unique ids; `of` is the schema of one id. */
export function listOf<Item extends TSchema>(of: Item, annotations: Record<string, unknown>, maxItems = 500) {
  return Type.Array(of, { minItems: 1, maxItems, uniqueItems: true, ...annotations })
}

/** Selects what is in `include` (everything if absent) and not in `exclude`. */
export function filterOf<Item extends TSchema>(of: Item, annotations: Record<string, unknown>) {
  return Type.Object(
    {
      include: Type.Optional(listOf(of, label('Include', 'يشمل', 'Only these count.', 'تُحتسب هذه فقط.'))),
      exclude: Type.Optional(
        listOf(
          of,
          label(
            'Exclude',
            'يستثني',
            'These never count, even if they are also included.',
            'لا تُحتسب هذه أبدًا، حتى لو كانت ضمن المشمولة.',
          ),
        ),
      ),
    },
    { ...CLOSED, minProperties: 1, ...annotations },
  )
}

export const ProductIdSchema = textField(128, {
  ...label('Product', 'المنتج', 'ID or SKU of the product in the POS.', 'معرّف المنتج أو رمز SKU في نظام نقاط البيع.'),
  ...refersTo('product'),
})

export const CategoryIdSchema = textField(128, {
  ...label('Category', 'التصنيف', 'ID of the category in the POS.', 'معرّف التصنيف في نظام نقاط البيع.'),
  ...refersTo('category'),
})

export const ProductsSchema = filterOf(
  ProductIdSchema,
  label(
    'Products',
    'المنتجات',
    'Products that the rule applies to, by POS ID or SKU.',
    'المنتجات التي تنطبق عليها القاعدة، بمعرّفها أو رمز SKU في نظام نقاط البيع.',
  ),
)

export const CategoriesSchema = filterOf(
  CategoryIdSchema,
  label(
    'Categories',
    'التصنيفات',
    'Products that the rule applies to, by the POS ID of their category.',
    'المنتجات التي تنطبق عليها القاعدة، بمعرّف تصنيفها في نظام نقاط البيع.',
  ),
)

export const BranchesSchema = listOf(
  Type.String({
    pattern: '^brn_[0-7][0-9a-hjkmnp-tv-z]{25}$',
    'x-form': 'brn_…',
    ...label('Branch', 'الفرع', 'ID of the branch.', 'معرّف الفرع.'),
    ...refersTo('branch'),
  }),
  label('Branches', 'الفروع', 'Only at these branches.', 'في هذه الفروع فقط.'),
)

const WeekdaySchema = choice(
  {
    mon: ['Monday', 'الاثنين'],
    tue: ['Tuesday', 'الثلاثاء'],
    wed: ['Wednesday', 'الأربعاء'],
    thu: ['Thursday', 'الخميس'],
    fri: ['Friday', 'الجمعة'],
    sat: ['Saturday', 'السبت'],
    sun: ['Sunday', 'الأحد'],
  },
  label('Day', 'اليوم', 'Day of the week.', 'يوم من أيام الأسبوع.'),
)

export const WeekdaysSchema = listOf(
  WeekdaySchema,
  label('Weekdays', 'أيام الأسبوع', 'Days in the local time of the branch.', 'الأيام بتوقيت الفرع.'),
)

export const HoursSchema = listOf(
  Type.Object(
    {
      from: Type.String({
        pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
        'x-form': 'HH:MM',
        ...label('Start time', 'وقت البداية', 'First minute, included.', 'أول دقيقة، وهي مشمولة.', 'time'),
      }),
      to: Type.String({
        pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$',
        'x-form': 'HH:MM',
        ...label(
          'End time',
          'وقت النهاية',
          'Not included. If it is earlier than `from`, it is on the next day.',
          'غير مشمول. إذا كان قبل وقت البداية فهو في اليوم التالي.',
          'time',
        ),
      }),
    },
    { ...CLOSED, ...label('Hours', 'فترة زمنية', 'A time window within a day.', 'فترة زمنية خلال اليوم.') },
  ),
  label(
    'Hours',
    'الساعات',
    'In the local time of the branch. A window that passes midnight belongs to the day on which it starts.',
    'بتوقيت الفرع. الفترة التي تتجاوز منتصف الليل تتبع اليوم الذي تبدأ فيه.',
  ),
  24,
)

/** A first and a last business day, either of which may be left out. */
export function datesField(description: string, descriptionAr: string) {
  return Type.Object(
    {
      from: Type.Optional(
        dateField('Start date', 'تاريخ البداية', 'First business day, included.', 'أول يوم عمل، وهو مشمول.'),
      ),
      to: Type.Optional(
        dateField('End date', 'تاريخ النهاية', 'Last business day, included.', 'آخر يوم عمل، وهو مشمول.'),
      ),
    },
    { ...CLOSED, minProperties: 1, ...label('Dates', 'التواريخ', description, descriptionAr) },
  )
}

export type Hours = Static<typeof HoursSchema>[number]
