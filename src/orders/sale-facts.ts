// The facts besides the order that decided what a sale earns; stored with the order.
import type { IsoDate } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'
import type { Waiting } from '../programs/ceiling.ts'
import type { FactValues } from '../programs/fact.ts'

/**
 * Pinned when the sale is first assessed for its customer, so that a later return or a verification
 * uses the same facts.
 */
export interface SaleFacts {
  /** IANA zone of the branch, where it was not the business's. */
  timezone?: string
  /** What remains of the sale costs nothing, as of the latest delivery: it is no first order. */
  free?: true
  /** The merchant had blacklisted the customer by then. */
  blacklisted?: true
  /**
   * The birthday that staff or the customer had entered: it counts where the order's own customer
   * names none.
   */
  birthDate?: IsoDate
  /**
   * Program → the units that caps over several orders left for this sale, and which cap left so
   * few.
   */
  room?: Record<Uuid, CapRoom>
  /**
   * Program → the fraction of a unit that came from earlier orders, and the one left for later
   * orders.
   */
  carry?: Record<Uuid, { in: string; out: string }>
  /** The pinned facts that the rules asked for, by name (src/programs/fact.ts). */
  known?: FactValues
  /** Program → the units above its ceiling that wait for a decision of staff. */
  waiting?: Record<Uuid, Waiting>
  /**
   * The customer was erased: program → the units that were posted for the order by then. No later
   * snapshot moves units, and none brings the customer back (erased-orders.ts). Of a return: empty.
   */
  erased?: Record<Uuid, number>
}

/** Units that caps over several orders leave, and the scope of the cap that leaves the least. */
export interface CapRoom {
  units: number
  by: 'day' | 'week' | 'month' | 'budget'
}
