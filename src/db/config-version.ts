// The row of `business_locks`: created with its business; its version rises when the configuration
// changes.
import type { Uuid } from '../kernel/ids.ts'
import type { Statement, Transaction } from './database.ts'

/**
 * Raises the version by which processes see that the programs and settings they hold in memory are
 * old. Locks the business, so call it before other writes: then two changes wait for each other
 * here and cannot deadlock.
 */
export async function raiseConfigVersion(tx: Transaction, businessId: Uuid): Promise<void> {
  await tx.query(RAISE, [businessId])
}

const RAISE: Statement = {
  name: 'raise_config_version',
  text: 'update business_locks set config_version = config_version + 1 where business_id = $1',
}

export async function createBusinessLock(tx: Transaction, businessId: Uuid): Promise<void> {
  await tx.query('insert into business_locks (business_id) values ($1)', [businessId])
}
