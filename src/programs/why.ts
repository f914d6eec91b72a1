// Explains why a movement has its number, in a sentence that a cashier can read out.

import { SENTENCES, type WhyOf } from './why/sentences.ts'
import type { Why } from './why/types.ts'
import { type Language, type Setting, wordsOf } from './why/words.ts'

export type { ClaimStep, EarnWhy, UndoneBy, Why } from './why/types.ts'
export type { Language, Setting } from './why/words.ts'

/**
 * E.g. `24.00 SAR × 1 point per 1.00 SAR = 24 points`. `setting` is that of the program and
 * business of the movement.
 */
export function explain(why: Why, language: Language, setting: Setting): string {
  return sentence(why.t, why, language, setting)
}

// The kind beside its own numbers lets the compiler see that the two belong together.
function sentence<T extends Why['t']>(t: T, why: WhyOf[T], language: Language, setting: Setting): string {
  return SENTENCES[t][language](why, wordsOf(language, setting))
}
