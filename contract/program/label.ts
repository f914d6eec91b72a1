// Words and hints that a schema carries for the documentation and for the form that is drawn from
// it.
import { type TUnsafe, Type } from 'typebox'

/** How a form shows a field; what is not named is drawn from the type alone. */
export type Widget = 'money' | 'basis_points' | 'branches' | 'products' | 'categories' | 'date' | 'time'

/** Annotations of one field. Amounts of `money` are minor units of the business's currency. */
export function label(title: string, titleAr: string, description: string, descriptionAr: string, widget?: Widget) {
  return {
    title,
    'x-title-ar': titleAr,
    description,
    'x-description-ar': descriptionAr,
    ...(widget && { 'x-widget': widget }),
  }
}

/** One of a few words, each with the text that a form shows for it in English and Arabic. */
export function choice<const Words extends Record<string, readonly [en: string, ar: string]>>(
  words: Words,
  annotations: Record<string, unknown>,
): TUnsafe<keyof Words & string> {
  const texts = Object.fromEntries(Object.entries(words).map(([word, [en, ar]]) => [word, { en, ar }]))
  return Type.Unsafe({ type: 'string', enum: Object.keys(words), 'x-choices': texts, ...annotations })
}

/**
 * Refuses keys that the schema does not name, so that a misspelt field is an error and never a
 * silent nothing.
 */
export const CLOSED = { additionalProperties: false } as const
