// Filters of products, categories and payments, and the check that no id is both included and
// excluded.
import { type FieldError, fieldError } from '../field-error.ts'

/** Selects what is in `include` (everything if absent) and not in `exclude`. */
export interface Filter {
  include?: string[]
  exclude?: string[]
}

export function checkFilter(filter: Filter | undefined, at: string): FieldError[] {
  const excluded = new Set(filter?.exclude)
  return (filter?.include ?? []).flatMap((id, index) =>
    excluded.has(id)
      ? [
          fieldError(
            `${at}/include/${index}`,
            `“${id}” is both included and excluded: keep it in one list`,
            `«${id}» موجود في قائمة المشمول وقائمة المستثنى: أبقه في قائمة واحدة فقط`,
          ),
        ]
      : [],
  )
}
