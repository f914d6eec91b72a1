// Messages for people who fill in a form: they name the field as its label does.
import type { Text } from '../errors.ts'
import type { Messages } from './messages.ts'
import { plainMessages } from './plain-messages.ts'
import type { Schema } from './schema.ts'

export const labelledMessages: Messages = {
  followsNullable: true,
  duplicateAt: (list, index) => `${list}/${index}`,
  missing: (field) => {
    const { en, ar } = titleOf(field)
    return { en: `${en} is required`, ar: `الحقل «${ar}» مطلوب` }
  },
  unknownField: { en: 'Unknown field: remove it', ar: 'حقل غير معروف: احذفه' },
  wrongType: (schema) => {
    const { en, ar } = titleOf(schema)
    switch (schema.type) {
      case 'object':
        return { en: `${en}: must be an object`, ar: `الحقل «${ar}» يجب أن يكون كائنًا (object)` }
      case 'array':
        return { en: `${en}: must be a list`, ar: `الحقل «${ar}» يجب أن يكون قائمة` }
      case 'string':
        return { en: `${en}: must be text`, ar: `الحقل «${ar}» يجب أن يكون نصًا` }
      case 'integer':
        return wholeNumber(schema)
      case 'boolean':
        return oneOf([true, false])
      default:
        return named(schema, plainMessages.wrongType(schema))
    }
  },
  notAllowed: oneOf,
  notOneOf: plainMessages.notOneOf,
  tooFewFields: (schema) => {
    const { en, ar } = titleOf(schema)
    return { en: `${en}: set at least one field, or omit it`, ar: `الحقل «${ar}» فارغ: املأه أو احذفه` }
  },
  tooManyFields: (schema) => named(schema, plainMessages.tooManyFields(schema)),
  tooFewItems: (schema) => {
    const { en, ar } = titleOf(schema)
    const { minItems } = schema
    return { en: `${en}: add at least ${minItems}`, ar: `الحد الأدنى لعدد العناصر في «${ar}» هو ${minItems}` }
  },
  tooManyItems: (schema) => {
    const { en, ar } = titleOf(schema)
    const { maxItems } = schema
    return { en: `${en}: at most ${maxItems} allowed`, ar: `الحد الأقصى لعدد العناصر في «${ar}» هو ${maxItems}` }
  },
  duplicate: (schema) => {
    const { en, ar } = titleOf(schema)
    return { en: `${en}: duplicate entry, remove one`, ar: `عنصر مكرر في «${ar}»: احذف أحدهما` }
  },
  tooShort: (schema) => {
    const { en, ar } = titleOf(schema)
    return { en: `${en}: must not be empty`, ar: `الحقل «${ar}» فارغ: أدخل قيمته` }
  },
  tooLong: (schema) => {
    const { en, ar } = titleOf(schema)
    const { maxLength } = schema
    return {
      en: `${en}: too long, at most ${maxLength} characters`,
      ar: `الحقل «${ar}» أطول من المسموح: الحد الأقصى لعدد الأحرف ${maxLength}`,
    }
  },
  wrongPattern: (schema) => {
    const { en, ar } = titleOf(schema)
    const form = schema['x-form'] ?? schema.pattern
    return { en: `${en}: wrong format, expected ${form}`, ar: `الحقل «${ar}» ليس بالصيغة المطلوبة: ${form}` }
  },
  wrongFormat: (schema) => named(schema, plainMessages.wrongFormat(schema)),
  tooLow: wholeNumber,
  tooHigh: wholeNumber,
}

function titleOf({ title, 'x-title-ar': titleAr }: Schema): Text {
  return { en: title ?? 'This field', ar: titleAr ?? 'هذا الحقل' }
}

function named(schema: Schema, { en, ar }: Text): Text {
  const title = titleOf(schema)
  return { en: `${title.en}: ${en}`, ar: `الحقل «${title.ar}» ${ar}` }
}

function wholeNumber(schema: Schema): Text {
  const { en, ar } = titleOf(schema)
  const { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = schema
  return {
    en: `${en}: must be a whole number from ${minimum} to ${maximum}`,
    ar: `الحقل «${ar}» يجب أن يكون عددًا صحيحًا من ${minimum} إلى ${maximum}`,
  }
}

function oneOf(words: unknown[]): Text {
  return words.length === 1
    ? { en: `Must be ${words[0]}`, ar: `القيمة المسموح بها هنا: ${words[0]}` }
    : { en: `Must be one of: ${words.join(', ')}`, ar: `يجب أن تكون القيمة واحدة من: ${words.join('، ')}` }
}
