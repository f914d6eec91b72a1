// A value of a definition in words, by the labels of its schema.

export interface Text {
  en: string
  ar: string
}

/** An amount of minor units as text: `1.00 SAR`. */
export type MoneyFormat = (minor: number) => Text

/** What the schemas of `contract/program` and `contract/reward` carry for documents and forms. */
export interface Schema {
  title?: string
  'x-title-ar'?: string
  'x-choices'?: Record<string, Text>
  'x-discriminator'?: string
  'x-widget'?: string
  const?: unknown
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  items?: Schema
}

export function labelOf(schema: Schema, fallback: string): Text {
  const en = schema.title ?? fallback
  return { en, ar: schema['x-title-ar'] ?? en }
}

/** The alternative of a union that the value is; undefined where the schema is no such union. */
export function discriminatedBy({ 'x-discriminator': by, anyOf }: Schema, value: unknown): Schema | undefined {
  if (by === undefined || !isRecord(value)) return undefined
  return anyOf?.find(({ properties }) => properties?.[by]?.const === value[by])
}

export function describeValue(schema: Schema, value: unknown, money: MoneyFormat): Text {
  if (value === undefined || value === null) return { en: 'none', ar: 'بدون' }
  if (typeof value === 'boolean') return value ? { en: 'yes', ar: 'نعم' } : { en: 'no', ar: 'لا' }
  if (typeof value === 'number') return numberText(schema, value, money)
  if (typeof value === 'string') return schema['x-choices']?.[value] ?? { en: value, ar: value }
  if (Array.isArray(value)) return listText(value.map((item) => describeValue(schema.items ?? {}, item, money)))
  if (!isRecord(value)) return { en: String(value), ar: String(value) }
  const variant = discriminatedBy(schema, value)
  const fields = fieldsText(variant ?? schema, value, money)
  if (!variant) return fields
  const { en, ar } = labelOf(variant, '')
  return fields.en === '' ? { en, ar } : { en: `${en} (${fields.en})`, ar: `${ar} (${fields.ar})` }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function numberText({ 'x-widget': widget }: Schema, value: number, money: MoneyFormat): Text {
  if (widget === 'money') return money(value)
  const text = widget === 'basis_points' ? `${value / 100}%` : String(value).replace(/\B(?=(\d{3})+$)/g, ',')
  return { en: text, ar: text }
}

/** `Units 1, Amount 1.00 SAR`; a field that names the alternative is left out. */
function fieldsText({ properties = {} }: Schema, value: Record<string, unknown>, money: MoneyFormat): Text {
  const fields = Object.entries(properties).flatMap(([key, field]) => {
    if (value[key] === undefined || field.const !== undefined) return []
    const label = labelOf(field, key)
    const text = describeValue(field, value[key], money)
    return [{ en: `${label.en} ${text.en}`, ar: `${label.ar} ${text.ar}` }]
  })
  return listText(fields)
}

function listText(parts: readonly Text[]): Text {
  return { en: parts.map(({ en }) => en).join(', '), ar: parts.map(({ ar }) => ar).join('، ') }
}
