// When the programs of the simulated shops begin, change and end.
import type { Ms } from './types.ts'

/** When things begin, change and end, in the order in which the programs take force. */
export interface Calendar {
  /** Before the first order. */
  opens: Ms
  /** In the middle of the days. */
  changes: Ms
  /** Later than that, and before the last order. */
  ends: Ms
  /**
   * What a program with a budget gives to all customers: about half of what their sales would earn.
   */
  budget: number
}
