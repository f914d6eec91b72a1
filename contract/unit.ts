// What a program counts in, as both APIs name it.
import type { ProgramType } from './program.ts'

/**
 * `point`, `stamp` or `use`; for cashback the ISO 4217 code of the business's currency, and then
 * one unit is one minor unit of it: 120 in `SAR` is 1.20 SAR.
 */
export function unitOf(type: ProgramType, currency: string): string {
  switch (type) {
    case 'points':
      return 'point'
    case 'stamps':
      return 'stamp'
    case 'subscription':
      return 'use'
    case 'cashback':
      return currency
  }
}
