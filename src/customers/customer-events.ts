// The events of one customer whom somebody enrols or changes.
import type { BusinessLock } from '../db/business-lock.ts'
import type { WriteTransaction } from '../db/database.ts'
import { recordEvents } from '../events/record.ts'
import type { EpochMs } from '../kernel/clock.ts'
import { formatId, type Uuid } from '../kernel/ids.ts'

export function recordCustomerEvent(
  tx: WriteTransaction,
  lock: BusinessLock,
  type: 'customer.created' | 'customer.updated',
  { businessId, customerId }: { businessId: Uuid; customerId: Uuid },
  now: EpochMs,
): void {
  const subject = formatId('customer', customerId)
  recordEvents(tx, lock, [{ businessId }], () => ({ businessId, type, at: now, actor: tx.actor, subject, data: {} }))
}
