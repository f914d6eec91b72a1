// Fields that several parts of a program definition share: names, dates, hours, lists of goods and of branches.
import { type Static, type TSchema, Type } from 'typebox'
import { CLOSED, label } from './label.ts'

/** A short text that can be shown and stored: not blank, no control characters, no broken Unicode. */
export function textField(maxLength: number, annotations: Record<string, unknown>) {
  const pattern = '^[^\\p{Cc}\\p{Cs}]*[^\\p{Cc}\\p{Cs}\\p{Z}][^\\p{Cc}\\p{Cs}]*$'
  return Type.String({ minLength: 1, maxLength, pattern, 'x-form': 'Aa…', ...annotations })
}

/** Text in both languages, shown to people. */
export const NameSchema = Type.Object(
  {
    en: textField(80, label('English', 'الإنجليزية', 'Name in English.')),
    ar: textField(80, label('Arabic', 'العربية', 'Name in Arabic.')),
  },
  { ...CLOSED, ...label('Name', 'الاسم', 'The name that customers and staff see.') },
)

export function dateField(title: string, titleAr: string, description: string) {
  const form = { pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$', 'x-form': 'YYYY-MM-DD' }
  return Type.String({ ...form, ...label(title, titleAr, description, 'date') })
}

/** A list of ids without repetition; `of` describes one id. */
export function listOf<Item extends TSchema>(of: Item, annotations: Record<string, unknown>, maxItems = 500) {
  return Type.Array(of, { minItems: 1, maxItems, uniqueItems: true, ...annotations })
}

/** Takes what is in `include` (everything when absent) and not in `exclude`. */
export function filterOf<Item extends TSchema>(of: Item, annotations: Record<string, unknown>) {
  return Type.Object(
    {
      include: Type.Optional(listOf(of, label('Include', 'يشمل', 'Only these count.'))),
      exclude: Type.Optional(
        listOf(of, label('Exclude', 'يستثني', 'These never count, even if they are also included.')),
      ),
    },
    { ...CLOSED, minProperties: 1, ...annotations },
  )
}

export const ProductsSchema = filterOf(
  textField(128, label('Product', 'المنتج', 'ID or SKU of the product in the POS.')),
  label('Products', 'المنتجات', 'Products that the rule applies to, by POS ID or SKU.', 'products'),
)

export const CategoriesSchema = filterOf(
  textField(128, label('Category', 'التصنيف', 'ID of the category in the POS.')),
  label('Categories', 'التصنيفات', 'Products that the rule applies to, by the POS ID of their category.', 'categories'),
)

export const BranchesSchema = listOf(
  Type.String({
    pattern: '^brn_[0-7][0-9a-hjkmnp-tv-z]{25}$',
    'x-form': 'brn_…',
    ...label('Branch', 'الفرع', 'ID of the branch.'),
  }),
  label('Branches', 'الفروع', 'Only at these branches.', 'branches'),
)

export const HoursSchema = listOf(
  Type.Object(
    {
      from: Type.String({
        pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
        'x-form': 'HH:MM',
        ...label('Start time', 'وقت البداية', 'First minute, included.', 'time'),
      }),
      to: Type.String({
        pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$',
        'x-form': 'HH:MM',
        ...label(
          'End time',
          'وقت النهاية',
          'Not included. If it is earlier than `from`, it is on the next day.',
          'time',
        ),
      }),
    },
    { ...CLOSED, ...label('Hours', 'فترة زمنية', 'A time window within a day.') },
  ),
  label(
    'Hours',
    'الساعات',
    'In the local time of the branch. A window that passes midnight belongs to the day on which it starts.',
  ),
  24,
)

/** Which goods are meant: by product or by category. */
export interface Filter {
  include?: string[]
  exclude?: string[]
}

export type Hours = Static<typeof HoursSchema>[number]
