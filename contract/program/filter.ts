// Which goods or payments are included and excluded, and the check that no id is in both lists.
import { type FieldError, fieldError } from '../field-error.ts'

/** Takes what is in `include` (everything when absent) and not in `exclude`. */
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
