// Rejects strings that the database cannot store, whatever the schema of the request allows.

import type { FieldError } from '../../../contract/field-error.ts'
import { isStorableText } from '../../kernel/text.ts'
import type { ApiServer } from '../server.ts'
import { refusal } from './validation.ts'

/**
 * For routes registered in this scope afterwards. A query or JSON body that contains such a string,
 * or is nested too deep, is 422 `invalid_request`. In a path the string matches no resource, so its
 * characters are replaced and the operation answers as for any unknown name.
 */
export function refuseUnstorableText(scope: ApiServer): void {
  scope.addHook('preValidation', (request, _reply, done) => {
    const params = request.params as Record<string, unknown>
    for (const [name, value] of Object.entries(params)) {
      if (typeof value === 'string' && !isStorableText(value))
        params[name] = value.replaceAll('\0', '\ufffd').toWellFormed()
    }
    const error = findUnstorable(request.query, 'query') ?? findUnstorable(request.body)
    done(error ? refusal([error]) : undefined)
  })
}

/** The first value that cannot be stored, as a field error; null when there is none. */
export function findUnstorable(root: unknown, place?: FieldError['in']): FieldError | null {
  // Not recursive: a body of 1 MB can be nested deeper than V8's stack.
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
