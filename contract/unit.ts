// The unit of a program, as both APIs name it.
import type { ProgramType } from './program.ts'

/**
 * `point`, `stamp` or `use`. For cashback, the ISO 4217 code of the business's currency; one unit
 * is one minor unit: 120 in `SAR` is 1.20 SAR.
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
