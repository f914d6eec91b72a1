// One rule for every string that a request carries, whatever its schema says: the database can
// store it.

import type { FieldError } from '../../../contract/field-error.ts'
import { isStorableText } from '../../kernel/text.ts'
import type { ApiServer } from '../server.ts'
import { refusal } from './validation.ts'

/**
 * For routes registered in this scope afterwards. A query or a JSON body with a string that cannot
 * be stored, or nested deeper than anything that LoyaPro reads, is 422 `invalid_request`. In a path
 * such a string names nothing, so a part that no name has takes its place, and the operation
 * answers as to any other unknown name.
 */
export function refuseUnstorableText(scope: ApiServer): void {
  scope.addHook('preValidation', (request, _reply, done) => {
    const params = request.params as Record<string, unknown>
    for (const [name, value] of Object.entries(params)) {
      if (typeof value === 'string' && !isStorableText(value))
        params[name] = value.replaceAll('\0', '\ufffd').toWellFormed()
    }
    const error = unstorableIn(request.query, 'query') ?? unstorableIn(request.body)
    done(error ? refusal([error]) : undefined)
  })
}

/** The first value that cannot be stored, as a mistake to answer; null when there is none. */
export function unstorableIn(root: unknown, place?: FieldError['in']): FieldError | null {
  // A stack of its own: a body of a megabyte can be nested deeper than the engine's stack reaches.
  const rest: { value: unknown; pointer: string; depth: number }[] = [{ value: root, pointer: '', depth: 0 }]
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    const { value, pointer, depth } = node
    if (typeof value === 'string' && !isStorableText(value))
      return { ...BAD_TEXT, ...(place && { in: place }), pointer }
    if (typeof value !== 'object' || value === null) continue
    if (depth === MAX_DEPTH) return { ...TOO_DEEP, ...(place && { in: place }), pointer }
    for (const [name, member] of Object.entries(value)) {
      if (!isStorableText(name)) return { ...BAD_NAME, ...(place && { in: place }), pointer }
      rest.push({
        value: member,
        pointer: `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        depth: depth + 1,
      })
    }
  }
  return null
}

/** The definition of a program, the deepest body, has 9 levels. */
const MAX_DEPTH = 32

const BAD_TEXT = {
  message: 'contains a character that cannot be stored (NUL or half of a surrogate pair); remove it',
  message_ar: 'يحتوي على رمز لا يمكن حفظه (NUL أو نصف زوج بديل)؛ احذفه',
}

const BAD_NAME = {
  message: 'has a field whose name contains a character that cannot be stored; remove it',
  message_ar: 'فيه حقل يحتوي اسمه على رمز لا يمكن حفظه؛ احذفه',
}

const TOO_DEEP = {
  message: `must be nested at most ${MAX_DEPTH} levels deep`,
  message_ar: `يجب ألا يتجاوز عمق التداخل ${MAX_DEPTH} مستوى`,
}
