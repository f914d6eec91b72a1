// When the programs of the simulated shops begin, change and end.
import type { Ms } from './types.ts'

/** In the order in which the programs become effective. */
export interface Calendar {
  /** Before the first order. */
  opens: Ms
  /** In the middle of the days. */
  changes: Ms
  /** Later than that, and before the last order. */
  ends: Ms
  /**
   * Budget for all customers of a program: about half of what their sales would earn.
   */
  budget: number
}
