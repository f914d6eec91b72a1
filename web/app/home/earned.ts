// What an order itself moved, by kind of program.
import type { OrderInFull } from '../../../contract/api/orders.ts'
import type { ProgramType } from '../../../contract/program.ts'

const KINDS: readonly ProgramType[] = ['points', 'stamps', 'cashback', 'subscription']

/** Sums of the movements; kinds that moved nothing are left out. */
export function earnedOf({ movements }: Pick<OrderInFull, 'movements'>): { type: ProgramType; units: number }[] {
  return KINDS.flatMap((type) => {
    const units = movements
      .filter(({ program_type }) => program_type === type)
      .reduce((sum, movement) => sum + movement.units, 0)
    return units === 0 ? [] : [{ type, units }]
  })
}
