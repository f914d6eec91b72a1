// What differs between two definitions of a program, as sentences in both languages that follow
// from the labels of the schema.
import { DefinitionSchema } from './definition.ts'
import {
  describeValue,
  discriminatedBy,
  isRecord,
  labelOf,
  type MoneyFormat,
  type Schema,
  type Text,
} from './describe.ts'

/** One difference: `Rule “Hot drinks” · Units: 1 → 2`. */
export interface DefinitionChange extends Text {
  /** JSON pointer into the definition. */
  pointer: string
  kind: 'added' | 'removed' | 'changed'
}

/** Both with their defaults, of the same type. None when they are equal. */
export function changesBetween(before: unknown, after: unknown, money: MoneyFormat): DefinitionChange[] {
  return changes({ schema: DefinitionSchema as Schema, before, after, pointer: '', path: [], money })
}

interface Compared {
  schema: Schema
  before: unknown
  after: unknown
  pointer: string
  /** The labels that lead to it, without that of the whole definition. */
  path: readonly Text[]
  money: MoneyFormat
}

function changes(compared: Compared): DefinitionChange[] {
  const { schema, before, after } = compared
  if (isSame(before, after)) return []
  if (before === undefined || after === undefined) return [sentence(compared)]
  const variant = discriminatedBy(schema, after)
  if (variant) {
    // Another kind of expiry, or of earning: its fields have nothing in common.
    return variant === discriminatedBy(schema, before)
      ? fieldsOf({ ...compared, schema: variant })
      : [sentence(compared)]
  }
  if (schema.properties && isRecord(before) && isRecord(after)) return fieldsOf(compared)
  if (schema.items?.properties?.id && Array.isArray(before) && Array.isArray(after)) return rulesOf(compared)
  return [sentence(compared)]
}

function fieldsOf({ schema, before, after, ...rest }: Compared): DefinitionChange[] {
  const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>]
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) =>
    changes({
      ...rest,
      schema: field,
      before: old[key],
      after: now[key],
      pointer: `${rest.pointer}/${key}`,
      // `Rule “…” · Earns · Units` says no more than `Rule “…” · Units`.
      path:
        TRANSPARENT.has(key) || (field.properties && rest.path.length > 1)
          ? rest.path
          : [...rest.path, labelOf(field, key)],
    }),
  )
}

/** Fields whose own label adds nothing to those of the fields in them. */
const TRANSPARENT = new Set(['when', 'earn', 'plan'])

/** Rules are the same rule while they have the same id. */
function rulesOf({ schema, before, after, ...rest }: Compared): DefinitionChange[] {
  const items = schema.items as Schema
  const [old, now] = [before, after].map((list) => new Map((list as Item[]).map((item) => [item.id, item])))
  const ids = [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])]
  const changed = ids.flatMap((id) => {
    const [was, is] = [old?.get(id), now?.get(id)]
    const position = (after as Item[]).findIndex((item) => item.id === id)
    const pointer = `${rest.pointer}/${position < 0 ? '-' : position}`
    return changes({ ...rest, schema: items, before: was, after: is, pointer, path: [nameOf(items, is ?? was, id)] })
  })
  if (changed.length > 0) return changed
  return [{ pointer: rest.pointer, kind: 'changed', en: 'The sequence of the rules', ar: 'ترتيب القواعد' }]
}

interface Item {
  id: string
  name?: Text
}

function nameOf(schema: Schema, item: Item | undefined, id: string): Text {
  const { en, ar } = labelOf(schema, id)
  return { en: `${en} “${item?.name?.en ?? id}”`, ar: `${ar} «${item?.name?.ar ?? id}»` }
}

function sentence({ schema, before, after, pointer, path, money }: Compared): DefinitionChange {
  const [was, is] = [describeValue(schema, before, money), describeValue(schema, after, money)]
  const en = path.map((part) => part.en).join(' · ')
  const ar = path.map((part) => part.ar).join(' · ')
  if (before === undefined)
    return { pointer, kind: 'added', en: `${en}, added: ${is.en}`, ar: `${ar}، إضافة: ${is.ar}` }
  if (after === undefined) {
    return { pointer, kind: 'removed', en: `${en}, removed (was ${was.en})`, ar: `${ar}، حذف (كان: ${was.ar})` }
  }
  return {
    pointer,
    kind: 'changed',
    en: `${en}: ${is.en} instead of ${was.en}`,
    ar: `${ar}: ${is.ar} بدلًا من ${was.ar}`,
  }
}

/** Whatever the sequence of the keys is. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  )
}
