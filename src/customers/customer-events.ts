// The events of one customer whom somebody enrols or changes.
import type { BusinessLock } from '../db/business-lock.ts'
import type { WriteTransaction } from '../db/database.ts'
import { recordEvents } from '../events/record.ts'
import type { EpochMs } from '../kernel/clock.ts'
import type { Uuid } from '../kernel/ids.ts'

export function recordCustomerEvent(
  tx: WriteTransaction,
  lock: BusinessLock,
  type: 'customer.created' | 'customer.updated',
  { businessId, customerId }: { businessId: Uuid; customerId: Uuid },
  now: EpochMs,
): void {
  recordEvents(tx, lock, [{ businessId }], () => ({ type, at: now, actor: tx.actor, subject: customerId, data: {} }))
}
