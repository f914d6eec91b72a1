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
    en: textField(80, label('English', 'الإنجليزية', 'Shown where the language is English.')),
    ar: textField(80, label('Arabic', 'العربية', 'Shown where the language is Arabic.')),
  },
  { ...CLOSED, ...label('Name', 'الاسم', 'What people call it.') },
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
      include: Type.Optional(listOf(of, label('Only these', 'هذه فقط', 'Nothing else counts.'))),
      exclude: Type.Optional(
        listOf(of, label('Not these', 'ما عدا هذه', 'These never count, even when they are included.')),
      ),
    },
    { ...CLOSED, minProperties: 1, ...annotations },
  )
}

export const ProductsSchema = filterOf(
  textField(128, label('Product', 'المنتج', 'Id or SKU of the product in the POS.')),
  label('Products', 'المنتجات', 'Which goods are meant, by the POS id or the SKU of the product.', 'products'),
)

export const CategoriesSchema = filterOf(
  textField(128, label('Category', 'التصنيف', 'Id of the category in the POS.')),
  label('Categories', 'التصنيفات', 'Which goods are meant, by the POS id of their category.', 'categories'),
)

export const BranchesSchema = listOf(
  Type.String({
    pattern: '^brn_[0-7][0-9a-hjkmnp-tv-z]{25}$',
    'x-form': 'brn_…',
    ...label('Branch', 'الفرع', 'Id of the branch.'),
  }),
  label('Branches', 'الفروع', 'Only at these branches.', 'branches'),
)

export const HoursSchema = listOf(
  Type.Object(
    {
      from: Type.String({
        pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
        'x-form': 'HH:MM',
        ...label('From', 'من', 'First minute.', 'time'),
      }),
      to: Type.String({
        pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$',
        'x-form': 'HH:MM',
        ...label('To', 'إلى', 'First minute that is outside again; earlier than `from` means on the next day.', 'time'),
      }),
    },
    { ...CLOSED, ...label('Hours', 'فترة', 'From one time of the day to another.') },
  ),
  label(
    'Hours',
    'الساعات',
    'Local time of the branch. Hours that pass midnight belong to the weekday on which they began.',
  ),
  24,
)

/** Which goods are meant: by product or by category. */
export interface Filter {
  include?: string[]
  exclude?: string[]
}

export type Hours = Static<typeof HoursSchema>[number]
