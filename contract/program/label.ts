// The texts and hints that a schema carries for documentation and forms.
import { type TUnsafe, Type } from 'typebox'

/** The form control of a field. Without it, the form decides by the type. */
export type Widget = 'money' | 'basis_points' | 'date' | 'time'

/** What an id names. Forms offer a choice of these by their names. */
export type Referent = 'branch' | 'product' | 'category'

/** The annotations of a field. Amounts of `money` are minor units of the business's currency. */
export function label(title: string, titleAr: string, description: string, descriptionAr: string, widget?: Widget) {
  return {
    title,
    'x-title-ar': titleAr,
    description,
    'x-description-ar': descriptionAr,
    ...(widget && { 'x-widget': widget }),
  }
}

/** The annotation of an id. */
export function refersTo(referent: Referent) {
  return { 'x-refers-to': referent }
}

/** A choice between constants, each with its text in English and Arabic. */
export function choice<const Words extends Record<string, readonly [en: string, ar: string]>>(
  words: Words,
  annotations: Record<string, unknown>,
): TUnsafe<keyof Words & string> {
  const texts = Object.fromEntries(Object.entries(words).map(([word, [en, ar]]) => [word, { en, ar }]))
  return Type.Unsafe({ type: 'string', enum: Object.keys(words), 'x-choices': texts, ...annotations })
}

/** Rejects unknown keys, so that a misspelt field is an error. */
export const CLOSED = { additionalProperties: false } as const
